import type { ApprovalRequest } from '@countersign/shared/approval';
import type { Source, StaleSource } from '@countersign/shared/queue';
import { formatAge } from '@countersign/shared/text';
import * as z from 'zod';
import { type RequestSummary, requestSummary } from './request.ts';

export const sourceState = z.object({
  account: z.string(),
  state: z.string(),
  at: z.string().optional(),
  error: z.object({ kind: z.string(), message: z.string() }).optional(),
  notes: z.array(z.string()).optional(),
});

export function sourceOf(source: Source): z.output<typeof sourceState> {
  const { account, state } = source;
  const error =
    'error' in source && source.error !== null
      ? { error: { kind: source.error.kind, message: source.error.message } }
      : {};
  if (!('requests' in source)) return { account, state, ...error };
  const notes = source.notes.length > 0 ? { notes: [...source.notes] } : {};
  return { account, state, at: source.at, ...error, ...notes };
}

/** A row of a queue. */
export const queueRow = z.object({
  ...requestSummary.shape,
  asOf: z
    .string()
    .optional()
    .describe('Only where this stems from an older reading: when that was; it may have been decided since.'),
});
export type QueueRow = z.output<typeof queueRow>;

/** Says on a request of a stale source, wherever it stands, how old it is. */
export function rowOf(summary: RequestSummary, sources: readonly Source[]): QueueRow {
  const source = staleSource(summary.account, sources);
  return source ? { ...summary, asOf: source.at } : summary;
}

export function isStale({ account }: ApprovalRequest, sources: readonly Source[]): boolean {
  return staleSource(account, sources) !== undefined;
}

function staleSource(account: string, sources: readonly Source[]): StaleSource | undefined {
  return sources.find((source): source is StaleSource => source.state === 'stale' && source.account === account);
}

/** How long ago the oldest of the readings was made that are not stale, in milliseconds. */
function readAgo(sources: readonly Source[], now: number): number {
  return Math.max(0, ...sources.flatMap((source) => (source.state === 'ready' ? [now - Date.parse(source.at)] : [])));
}

/** ", as read 40 s ago", where that is worth telling. */
export function asReadText(sources: readonly Source[], now: number): string {
  const seconds = Math.round(readAgo(sources, now) / 1000);
  return seconds < 2 ? '' : `, as read ${seconds} s ago`;
}

/** How old a reading is: "as of 14 min ago". */
export function asOf(at: string, now: number): string {
  return `as of ${formatAge(now - Date.parse(at))} ago`;
}

/** A stale queue in words that fit neither one that was read nor one that is empty. */
export function staleText({ at, requests, error }: StaleSource, now: number): string {
  const reason = error ? `could not be read now: ${error.message}` : 'was not read again yet.';
  return `is stale: ${requests.length} waited ${asOf(at, now)}; it ${reason}`;
}

/** What can't be seen in the list itself: queues that failed, rows that are old, and what a vendor would not tell. */
export function sourceWarnings(sources: readonly Source[], now: number): readonly string[] {
  return sources.flatMap((source) => {
    const { account } = source;
    switch (source.state) {
      case 'ready':
        return notesOf(source);
      case 'stale':
        return [
          `${account} ${staleText(source, now)} What it holds is not what waits now: some may be decided since, and others have come.`,
          ...notesOf(source),
        ];
      case 'failed':
      case 'signed-out':
        return [`${account} could not be read, so its requests are missing here: ${source.error.message}`];
      default:
        return source satisfies never;
    }
  });
}

function notesOf({ account, notes }: Exclude<Source, { readonly state: 'failed' | 'signed-out' }>): readonly string[] {
  return notes.map((note) => `${account}: ${note}`);
}

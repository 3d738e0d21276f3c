import { type ApprovalRequest, type Finding, isHandled } from '@countersign/shared/approval';
import type { PullEvent } from '@countersign/shared/queue';
import { contactOf, portalFactsOf, summaryOf } from './request.ts';

/** What stands out in a request; left out where nobody asked for it, since looking takes longer than all the rest. */
export type FindingsOf = ((request: ApprovalRequest) => readonly Finding[]) | undefined;

/**
 * What a receiver gets of an event, as JSON in one line; the outbox gives it its number.
 * @param at when it was read, ISO 8601 UTC
 */
export function pulledLine(event: PullEvent, at: string, findingsOf: FindingsOf): string {
  return JSON.stringify(event.event === 'gone' ? goneOf(event, at) : toldOf(event, at, findingsOf));
}

function goneOf({ event, reference, provider }: PullEvent & { readonly event: 'gone' }, at: string) {
  return { request: reference, event, at, account: reference.slice(0, reference.indexOf('/')), provider };
}

function toldOf(
  { event, request }: Exclude<PullEvent, { readonly event: 'gone' }>,
  at: string,
  findingsOf: FindingsOf,
) {
  const isLookedAt = findingsOf !== undefined && !isHandled(request.status);
  const { request: reference, findings, ...summary } = summaryOf(request, isLookedAt ? findingsOf(request) : null);
  return {
    request: reference,
    event,
    at,
    ...summary,
    ...(isLookedAt ? { findings } : {}),
    ...portalFactsOf(request),
    contact: contactOf(request),
  };
}

/** A line with its number, which is what it is acknowledged by. */
export function numbered(line: string, seq: number): string {
  return `{"seq":${seq},${line.slice(1)}`;
}

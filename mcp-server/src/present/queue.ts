import { ageOf } from '@countersign/shared/queue';
import { cleanLine, shortLine } from '@countersign/shared/text';
import * as z from 'zod';
import { finding } from './findings.ts';
import { asOf, type QueueRow, queueRow } from './source.ts';
import { UNTRUSTED } from './text.ts';

// A hundred of these stand in a model's context at once, so each says what is needed to choose which to look at.

/** Facts and sentences of findings stand in get_request: here they made half of all. */
export const briefRow = z.object({
  ...queueRow.shape,
  findings: z.array(finding.pick({ id: true, severity: true })),
});
type BriefRow = z.output<typeof briefRow>;

export function briefRowOf(row: QueueRow): BriefRow {
  return {
    ...row,
    reason: row.reason === null ? null : cleanLine(row.reason, 120),
    findings: row.findings.map(({ id, severity }) => ({ id, severity })),
  };
}

const HEAD = `reference|kind, if not to run a file|file|computer|organization|requester|waits|reason, shortened|what speaks against it`;

export function queueText(
  requests: readonly BriefRow[],
  context: {
    readonly total: number;
    /** How many of them stem from an older reading. */
    readonly stale: number;
    readonly warnings: readonly string[];
    /** How long ago the readings were made, in words; empty where that was just now. */
    readonly asRead: string;
    readonly hasMore: boolean;
    readonly now: number;
  },
): string {
  const { total, stale, warnings, asRead, hasMore, now } = context;
  const older = stale === 0 ? '' : ` (${stale} of them by an older reading)`;
  const empty = warnings.length > 0 ? `Nothing else waits in what could be read${asRead}.` : `Nothing waits${asRead}.`;
  const head =
    total === 0
      ? [empty]
      : [
          `${total} ${total === 1 ? 'request waits' : 'requests wait'}${older}, ${requests.length} shown${asRead}. ${UNTRUSTED} get_request has the whole of one.`,
          HEAD,
        ];
  return [
    ...warnings,
    ...head,
    ...requests.map((request) => requestLine(request, now)),
    ...(hasMore ? ['There are more: call again with nextCursor.'] : []),
  ].join('\n');
}

const REASON_MAX = 36;
const RUNS_A_FILE: ReadonlySet<string> = new Set(['application', 'run-as-admin']);

function requestLine(request: BriefRow, now: number): string {
  const { kind, status, subject, computer, organization, requester, assignee, reason, asOf: at } = request;
  const marks = [
    ...(at === undefined ? [] : [asOf(at, now)]),
    ...(RUNS_A_FILE.has(kind) ? [] : [kind]),
    ...(status === 'pending' ? [] : [status]),
    ...(assignee === undefined ? [] : [`taken by ${assignee}`]),
  ];
  const others = [subject.name, computer ?? '?', organization, requester ?? '?'];
  return [
    request.request,
    cell(marks.join(', ')),
    ...others.map((text) => cell(text ?? '')),
    ageOf(request, now).replace('under ', '<').replace('about ', '~'),
    cell(shortLine(reason ?? '', REASON_MAX)),
    worriesIn(request),
  ].join('|');
}

/** Nothing in it can pass for the next cell. */
function cell(text: string): string {
  return text.replaceAll('|', '¦');
}

/** "STOP masquerade; unsigned": what is for information alone stands in get_request. */
function worriesIn({ findings }: BriefRow): string {
  const idsOf = (severity: string) => findings.filter((found) => found.severity === severity).map(({ id }) => id);
  const [stops, cautions] = [idsOf('stop'), idsOf('caution')];
  return [
    ...(stops.length === 0 ? [] : [`STOP ${stops.join(' ')}`]),
    ...(cautions.length === 0 ? [] : [cautions.join(' ')]),
  ].join('; ');
}

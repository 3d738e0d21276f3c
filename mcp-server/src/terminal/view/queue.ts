import { ageOf } from '@countersign/shared/queue';
import { findingsLine } from '../../present/findings.ts';
import { asOf, type QueueRow } from '../../present/source.ts';
import { shortened, widthOf } from '../layout.ts';
import { type Output, painted } from '../output.ts';
import { type Column, type Row, table } from '../table.ts';

const COLUMNS: readonly Column[] = [
  { title: 'ASKED', min: 8, max: 17 },
  { title: 'KIND', min: 11, max: 14 },
  { title: 'FILE', min: 14, max: 40 },
  { title: 'COMPUTER · ORGANIZATION', min: 16, max: 50 },
];
const REQUESTER: Column = { title: 'REQUESTER', min: 12, max: 40 };
/** On less, names would be cut beyond recognition, so the requester gets a line of its own with the reason. */
const WIDE = 110;
const INDENT = '  ';
const GAP = '  ';
/** Columns that stay empty on the right. */
const EDGE = 2;
const MIN_REASON = 8;

export interface QueueGroup {
  /** `null` where the queue is not grouped. */
  readonly heading: string | null;
  readonly requests: readonly QueueRow[];
}

/**
 * A few lines a request: its facts, and under them the reason and the reference to name it by.
 *
 * @param news references of those that are new to whoever looks
 */
export function queueTable(
  output: Output,
  groups: readonly QueueGroup[],
  now: number,
  news: ReadonlySet<string> = NONE,
): string {
  const isWide = widthOf(output) >= WIDE;
  return table(
    output,
    isWide ? [...COLUMNS, REQUESTER] : COLUMNS,
    groups.flatMap(({ heading, requests }) => [
      ...(heading === null ? [] : [{ heading: painted(output, 'bold', heading) }]),
      ...requests.map((request) => (isWide ? wideRow : narrowRow)(output, request, { now, news })),
    ]),
  );
}

interface Seen {
  readonly now: number;
  readonly news: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

function wideRow(output: Output, request: QueueRow, seen: Seen): Row {
  const room = widthOf(output) - INDENT.length - request.request.length - GAP.length - EDGE;
  const below = `${reference(output, request)}${GAP}${reasonIn(room, marks(request, seen) && `${marks(request, seen)}, `, request)}`;
  return {
    cells: [...cells(request, seen.now), requesterOf(request)],
    below: [below, ...findingLines(output, request)],
  };
}

function narrowRow(output: Output, request: QueueRow, seen: Seen): Row {
  const room = widthOf(output) - INDENT.length - EDGE;
  const reason = INDENT + reasonIn(room, `${shortened(requesterOf(request), Math.floor(room / 2))}: `, request);
  const mark = shortened(marks(request, seen), room - request.request.length - GAP.length);
  return {
    cells: cells(request, seen.now),
    below: [reason, `${reference(output, request)}${GAP}${mark}`.trimEnd(), ...findingLines(output, request)],
  };
}

function cells(request: QueueRow, now: number): readonly string[] {
  return [
    ageOf(request, now),
    request.kind,
    request.subject.name ?? request.subject.path ?? '–',
    [request.computer ?? 'unknown computer', request.organization].filter(Boolean).join(' · '),
  ];
}

function requesterOf({ requester }: QueueRow): string {
  return requester ?? 'unknown';
}

function reference(output: Output, { request }: QueueRow): string {
  return INDENT + painted(output, 'cyan', request);
}

/** What a person should know of a request that isn't just pending. */
function marks({ request, status, assignee, asOf: at }: QueueRow, { now, news }: Seen): string {
  return [
    ...(news.has(request) ? ['NEW'] : []),
    ...(at === undefined ? [] : [asOf(at, now)]),
    ...(status === 'pending' ? [] : [status]),
    ...(assignee === undefined ? [] : [`taken by ${assignee}`]),
  ].join(', ');
}

/** What speaks against it; what is for information alone stands in `show`. */
function findingLines(output: Output, { findings }: QueueRow): readonly string[] {
  const worrying = findings.filter(({ severity }) => severity !== 'info');
  if (worrying.length === 0) return [];
  const style = worrying.some(({ severity }) => severity === 'stop') ? 'red' : 'yellow';
  const room = widthOf(output) - INDENT.length - EDGE;
  return [INDENT + painted(output, style, shortened(findingsLine(worrying), room))];
}

function reasonIn(room: number, before: string, { reason }: QueueRow): string {
  const forReason = Math.max(MIN_REASON, room - [...before].length - '""'.length);
  return shortened(before + (reason === null ? 'no reason given' : `"${shortened(reason, forReason)}"`), room);
}

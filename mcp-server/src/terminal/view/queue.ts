import { ageOf } from '../../present/age.ts';
import type { RequestSummary } from '../../present/request.ts';
import { shortened, widthOf } from '../layout.ts';
import { type Output, painted } from '../output.ts';
import { type Column, type Row, table } from '../table.ts';

const COLUMNS: readonly Column[] = [
  { title: 'ASKED', min: 8, max: 17 },
  { title: 'KIND', min: 11, max: 14 },
  { title: 'FILE', min: 14, max: 40 },
  { title: 'COMPUTER · ORGANIZATION', min: 16, max: 50 },
  { title: 'REQUESTER', min: 12, max: 40 },
];
const INDENT = '  ';
const GAP = '  ';
/** Columns that stay empty on the right. */
const EDGE = 2;
const MIN_REASON = 8;

export interface QueueGroup {
  /** `null` where the queue is not grouped. */
  readonly heading: string | null;
  readonly requests: readonly RequestSummary[];
}

/** Two lines a request: its facts, and under them the reference to name it by, with the reason. */
export function queueTable(output: Output, groups: readonly QueueGroup[], now: number): string {
  return table(
    output,
    COLUMNS,
    groups.flatMap(({ heading, requests }) => [
      ...(heading === null ? [] : [{ heading: painted(output, 'bold', heading) }]),
      ...requests.map((request) => row(output, request, now)),
    ]),
  );
}

function row(output: Output, request: RequestSummary, now: number): Row {
  return {
    cells: [
      ageOf(request, now),
      request.kind,
      request.subject.name ?? request.subject.path ?? '–',
      [request.computer ?? 'unknown computer', request.organization].filter(Boolean).join(' · '),
      request.requester ?? 'unknown',
    ],
    below: secondLine(output, request),
  };
}

function secondLine(output: Output, request: RequestSummary): string {
  const marks = [
    ...(request.status === 'pending' ? [] : [request.status]),
    ...(request.assignee === undefined ? [] : [`taken by ${request.assignee}`]),
  ].map((mark) => `${mark}, `);
  const room = widthOf(output) - INDENT.length - request.request.length - GAP.length - EDGE;
  const forReason = Math.max(MIN_REASON, room - marks.join('').length - '""'.length);
  const reason = request.reason === null ? 'no reason given' : `"${shortened(request.reason, forReason)}"`;
  const text = shortened(marks.join('') + reason, room);
  return `${INDENT}${painted(output, 'cyan', request.request)}${GAP}${text}`;
}

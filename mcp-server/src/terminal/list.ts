import type { ApprovalRequest } from '@countersign/shared/approval';
import type { AccountEntry } from '@countersign/shared/provider';
import {
  type Grouping,
  groupRequests,
  matches,
  type QueueFilter,
  type QueueTriage,
  readSources,
  requestsIn,
  type Sorting,
  type Source,
  sortRequests,
} from '@countersign/shared/queue';
import { cleanLine } from '@countersign/shared/text';
import { summaryOf } from '../present/request.ts';
import { rowOf, sourceOf } from '../present/source.ts';
import type { Runtime } from '../runtime.ts';
import { type ExitCode, FAILED, SHOWN } from './exit-code.ts';
import { type Output, write } from './output.ts';
import { unknownAccount } from './unknown-account.ts';
import { type QueueGroup, queueTable } from './view/queue.ts';
import { sourceLines } from './view/source.ts';
import { queueSummary } from './view/summary.ts';

type Findings = ReturnType<QueueTriage['findings']>;

export interface ListOptions extends QueueFilter {
  readonly groupBy?: Grouping;
  readonly sort: Sorting;
  readonly limit: number;
  readonly json?: boolean;
}

export async function list(
  options: ListOptions,
  { book, snapshots, triage, now, close }: Runtime,
  output: Output,
): Promise<ExitCode> {
  const { entries, settings } = await book.now();
  const asked = entries.filter(({ account }) => options.account === undefined || account.id === options.account);
  if (asked.length === 0) throw unknownAccount(options.account ?? '', entries);
  try {
    const sources = await readSources(asked, now, { snapshots: snapshots() });
    const findings = triage.findings(requestsIn(sources), { now: now(), settings });
    if (options.json) output.out(JSON.stringify(asJson(options, sources, findings), null, 2));
    else write(output, queueLines(options, asked, { sources, findings }, output, now()));
    return sources.every(({ state }) => state === 'ready') ? SHOWN : FAILED;
  } finally {
    close();
  }
}

function found(options: ListOptions, sources: readonly Source[]) {
  return sortRequests(
    requestsIn(sources).filter((request) => matches(request, options)),
    options.sort,
  );
}

function asJson(options: ListOptions, sources: readonly Source[], findings: Findings) {
  const all = found(options, sources);
  const groups =
    options.groupBy &&
    groupRequests(all, options.groupBy).map(({ by, key, label, requests }) => ({
      by,
      key: cleanLine(key, 200),
      label: cleanLine(label),
      count: requests.length,
      requests,
    }));
  return {
    total: all.length,
    requests: all
      .slice(0, options.limit)
      .map((request) => rowOf(summaryOf(request, findings.get(request.reference)), sources)),
    ...(groups ? { groups } : {}),
    sources: sources.map(sourceOf),
  };
}

/** The queues as a person reads them, whatever the command that shows them. */
export function queueLines(
  options: ListOptions,
  entries: readonly AccountEntry[],
  { sources, findings }: { readonly sources: readonly Source[]; readonly findings: Findings },
  output: Output,
  now: number,
): readonly string[] {
  const all = found(options, sources);
  const shown = all.slice(0, options.limit);
  const lines = [
    ...sourceLines(output, entries, sources, now),
    '',
    queueSummary(all, shown.length, options.sort, sources),
  ];
  if (shown.length === 0) return lines;
  return [...lines, '', queueTable(output, grouped(shown, options.groupBy, sources, findings), now)];
}

function grouped(
  requests: readonly ApprovalRequest[],
  by: Grouping | undefined,
  sources: readonly Source[],
  findings: Findings,
): readonly QueueGroup[] {
  const row = (request: ApprovalRequest) => rowOf(summaryOf(request, findings.get(request.reference)), sources);
  if (by === undefined) return [{ heading: null, requests: requests.map(row) }];
  return groupRequests(requests, by).map(({ label, requests: members }) => ({
    heading: `${cleanLine(label, 100)} (${members.length})`,
    requests: requests.filter(({ reference }) => members.includes(reference)).map(row),
  }));
}

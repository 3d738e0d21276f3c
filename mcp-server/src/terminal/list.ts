import type { Settings } from '@countersign/shared/account';
import type { ApprovalRequest } from '@countersign/shared/approval';
import type { AccountEntry } from '@countersign/shared/provider';
import {
  type Findings,
  type Grouping,
  groupRequests,
  matches,
  type QueueFilter,
  readSources,
  requestsIn,
  type Sorting,
  type Source,
  sortRequests,
} from '@countersign/shared/queue';
import { groupOf, groupText } from '../present/group.ts';
import { summaryOf } from '../present/request.ts';
import { rowOf, sourceOf } from '../present/source.ts';
import type { Runtime } from '../runtime.ts';
import { type ExitCode, FAILED, SHOWN } from './exit-code.ts';
import { type Output, write } from './output.ts';
import { unknownAccount } from './unknown-account.ts';
import { type QueueGroup, queueTable } from './view/queue.ts';
import { sourceLines } from './view/source.ts';
import { queueSummary } from './view/summary.ts';

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
    const queue = { sources, findings, settings, now: now() };
    if (options.json) output.out(JSON.stringify(asJson(options, queue), null, 2));
    else write(output, queueLines(options, asked, queue, output));
    return sources.every(({ state }) => state === 'ready') ? SHOWN : FAILED;
  } finally {
    close();
  }
}

/** What was read, and what stands out in it. */
export interface TriagedQueue {
  readonly sources: readonly Source[];
  readonly findings: Findings;
  readonly settings: Settings;
  readonly now: number;
}

function found(options: ListOptions, { sources, settings }: TriagedQueue) {
  return sortRequests(
    requestsIn(sources).filter((request) => matches(request, options, settings)),
    options.sort,
  );
}

function asJson(options: ListOptions, queue: TriagedQueue) {
  const { sources, findings } = queue;
  const all = found(options, queue);
  const groups =
    options.groupBy &&
    groupRequests(all, options.groupBy, queue).map((group) => ({ ...groupOf(group), requests: group.requests }));
  return {
    total: all.length,
    requests: all
      .slice(0, options.limit)
      .map((request) => rowOf(summaryOf(request, findings(request.reference)), sources)),
    ...(groups ? { groups } : {}),
    sources: sources.map(sourceOf),
  };
}

/** The queues as a person reads them, whatever the command that shows them. */
export function queueLines(
  options: ListOptions,
  entries: readonly AccountEntry[],
  queue: TriagedQueue,
  output: Output,
): readonly string[] {
  const { sources, now } = queue;
  const all = found(options, queue);
  const shown = all.slice(0, options.limit);
  const lines = [
    ...sourceLines(output, entries, sources, now),
    '',
    queueSummary(all, shown.length, options.sort, sources),
  ];
  if (shown.length === 0) return lines;
  return [...lines, '', queueTable(output, grouped(shown, options.groupBy, queue), now)];
}

function grouped(
  requests: readonly ApprovalRequest[],
  by: Grouping | undefined,
  queue: TriagedQueue,
): readonly QueueGroup[] {
  const { sources, findings } = queue;
  const row = (request: ApprovalRequest) => rowOf(summaryOf(request, findings(request.reference)), sources);
  if (by === undefined) return [{ heading: null, requests: requests.map(row) }];
  const rows = new Map(requests.map((request) => [request.reference, row(request)]));
  return groupRequests(requests, by, queue).map((group) => ({
    heading: groupText(groupOf(group)),
    requests: group.requests.flatMap((reference) => rows.get(reference) ?? []),
  }));
}

import type { AccountBook, AccountEntry } from '@countersign/shared/provider';
import { groupRequests, readSources, requestsIn } from '@countersign/shared/queue';
import { groupOf } from '../present/group.ts';
import { summaryOf } from '../present/request.ts';
import { rowOf, sourceOf } from '../present/source.ts';
import type { Runtime } from '../runtime.ts';
import { type ExitCode, FAILED, SHOWN } from './exit-code.ts';
import { type Output, write } from './output.ts';
import { whileWorking } from './progress.ts';
import { found, grouped, type QueueOptions, type TriagedQueue } from './triaged-queue.ts';
import { unknownAccount } from './unknown-account.ts';
import { queueTable } from './view/queue.ts';
import { sourceLines } from './view/source.ts';
import { queueSummary } from './view/summary.ts';

export interface ListOptions extends QueueOptions {
  readonly json?: boolean;
}

export async function list(
  options: ListOptions,
  { book, snapshots, triage, now, close }: Runtime,
  output: Output,
): Promise<ExitCode> {
  const { asked, settings } = await accountsAsked(options, book);
  try {
    const reading = readSources(asked, now, { snapshots: snapshots() });
    const sources = await whileWorking(output, 'Reading what waits', reading);
    const findings = triage.findings(requestsIn(sources), { now: now(), settings });
    const queue = { sources, findings, settings, now: now() };
    if (options.json) output.out(JSON.stringify(asJson(options, queue), null, 2));
    else write(output, queueLines(options, asked, queue, output));
    return sources.every(({ state }) => state === 'ready') ? SHOWN : FAILED;
  } finally {
    close();
  }
}

/** The accounts whose queues are wanted. @throws UsageError, SettingsError */
export async function accountsAsked({ account: named }: Pick<QueueOptions, 'account'>, book: AccountBook) {
  const { entries, settings } = await book.now();
  const asked = entries.filter(({ account }) => named === undefined || account.id === named);
  if (asked.length === 0) throw unknownAccount(named ?? '', entries);
  return { asked, settings };
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
  options: QueueOptions,
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

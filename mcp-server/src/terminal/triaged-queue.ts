import type { Settings } from '@countersign/shared/account';
import type { ApprovalRequest } from '@countersign/shared/approval';
import {
  type Findings,
  type Grouping,
  groupRequests,
  matches,
  type QueueFilter,
  requestsIn,
  type Sorting,
  type Source,
  sortRequests,
} from '@countersign/shared/queue';
import { groupOf, groupText } from '../present/group.ts';
import { summaryOf } from '../present/request.ts';
import { rowOf } from '../present/source.ts';
import type { QueueGroup } from './view/queue.ts';

/** What of the queues is wanted, and in which order. */
export interface QueueOptions extends QueueFilter {
  readonly groupBy?: Grouping;
  readonly sort: Sorting;
  readonly limit: number;
}

/** What was read, and what stands out in it. */
export interface TriagedQueue {
  readonly sources: readonly Source[];
  readonly findings: Findings;
  readonly settings: Settings;
  readonly now: number;
}

/** What fits, in its order. */
export function found(options: QueueOptions, { sources, settings }: TriagedQueue) {
  return sortRequests(
    requestsIn(sources).filter((request) => matches(request, options, settings)),
    options.sort,
  );
}

/** As rows of tables. */
export function grouped(
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

import { KINDS } from '@countersign/shared/approval';
import {
  ASSIGNED,
  GROUPINGS,
  groupRequests,
  matches,
  pageOf,
  requestsIn,
  SORTINGS,
  sortRequests,
  WAITING,
} from '@countersign/shared/queue';
import * as z from 'zod';
import { group, groupOf, groupText } from '../present/group.ts';
import { briefRow, briefRowOf, queueText } from '../present/queue.ts';
import { summaryOf } from '../present/request.ts';
import { asReadText, isStale, rowOf, sourceOf, sourceState, sourceWarnings } from '../present/source.ts';
import { defineTool, ToolRefusal } from './tool.ts';

const MOST_GROUPS = 100;

export const listPending = defineTool({
  name: 'list_pending',
  title: 'List pending requests',
  description:
    'Lists the approval requests that wait. Use it to find references; get_request shows one whole. `sources` says which queues were read: one that failed is missing, not empty; one that is stale is old, by `asOf` on each request.',
  input: z.strictObject({
    account: z.string().max(32).optional().describe('Its id.'),
    organization: z.string().max(200).optional().describe('Part of its name, or its id.'),
    kind: z.enum(KINDS).optional().describe('Only this kind.'),
    status: z.enum(WAITING).optional().describe('Only this status.'),
    assigned: z.enum(ASSIGNED).optional().describe('Only what the approver of the settings, or nobody, has.'),
    text: z.string().max(200).optional().describe('Part of file, path, hash, computer, requester or reason.'),
    groupBy: z.enum(GROUPINGS).optional().describe('Also counts by this.'),
    sort: z.enum(SORTINGS).default('oldest').describe('Order by time.'),
    limit: z.int().min(1).max(100).default(25).describe('At most this many.'),
    cursor: z.string().max(1000).optional().describe('nextCursor of an earlier answer.'),
  }),
  output: z.object({
    total: z.number(),
    requests: z.array(briefRow),
    groups: z.array(group).optional(),
    groupsTotal: z.number().optional(),
    nextCursor: z.string().optional(),
    sources: z.array(sourceState),
  }),
  writes: 'nothing',
  handle: async ({ groupBy, sort, limit, cursor, ...filter }, { accounts, runtime, signal }) => {
    const entries = accounts.entries.filter(
      ({ account }) => filter.account === undefined || account.id === filter.account,
    );
    if (entries.length === 0) throw new ToolRefusal('There is no such account. list_accounts shows those there are.');
    const sources = await runtime.queues.read(entries, signal);
    const found = sortRequests(
      requestsIn(sources).filter((request) => matches(request, filter, accounts.settings)),
      sort,
    );
    const page = pageOf(found, sort, limit, cursor);
    if (!page)
      throw new ToolRefusal('That cursor is not from this list, or from another order. Call again without cursor.');
    const findings = runtime.triage.findings(requestsIn(sources), { now: runtime.now(), settings: accounts.settings });
    const requests = page.requests.map((request) =>
      briefRowOf(rowOf(summaryOf(request, findings(request.reference)), sources)),
    );
    const all = groupBy ? groupRequests(found, groupBy, { now: runtime.now(), findings }) : [];
    const groups = all.slice(0, MOST_GROUPS).map(groupOf);
    const context = {
      total: found.length,
      stale: found.filter((request) => isStale(request, sources)).length,
      warnings: sourceWarnings(sources, runtime.now()),
      asRead: asReadText(sources, runtime.now()),
      hasMore: page.nextCursor !== null,
      now: runtime.now(),
    };
    return {
      structured: {
        total: found.length,
        requests,
        ...(groupBy ? { groups, groupsTotal: all.length } : {}),
        ...(page.nextCursor === null ? {} : { nextCursor: page.nextCursor }),
        sources: sources.map(sourceOf),
      },
      text: [
        queueText(requests, context),
        ...groups.map((one) => `- ${groupBy}: ${groupText(one)}`),
        ...(all.length > groups.length ? [`${groups.length} of ${all.length} groups are shown; narrow the list.`] : []),
      ].join('\n'),
    };
  },
});

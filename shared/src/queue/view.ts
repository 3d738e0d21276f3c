import type { Settings } from '../account/index.ts';
import type { ApprovalRequest, Kind } from '../approval/index.ts';
import { isApprover } from '../triage/index.ts';
import { approverOf } from './approver.ts';

export const SORTINGS = ['oldest', 'newest'] as const;
export type Sorting = (typeof SORTINGS)[number];

/** What a queue shows. */
export const WAITING = ['pending', 'escalated', 'quarantined'] as const;

export const ASSIGNED = ['me', 'nobody'] as const;

export interface QueueFilter {
  readonly account?: string | undefined;
  /** Part of the organization's name, or its id. */
  readonly organization?: string | undefined;
  readonly kind?: Kind | undefined;
  readonly status?: (typeof WAITING)[number] | undefined;
  /** `me`: the settings' approver. */
  readonly assigned?: (typeof ASSIGNED)[number] | undefined;
  /** Found in file, path, hash, computer, requester or reason. */
  readonly text?: string | undefined;
}

/** @param settings tell who "me" is */
export function matches(
  request: ApprovalRequest,
  filter: QueueFilter,
  settings: Pick<Settings, 'approver' | 'accounts'>,
): boolean {
  const { account, organization, kind, status, assigned, text } = filter;
  return (
    (account === undefined || request.account === account) &&
    (kind === undefined || request.kind === kind) &&
    (status === undefined || request.status === status) &&
    (assigned === undefined || isAssigned(request, assigned, settings)) &&
    (organization === undefined || holds([request.organization.name, request.organization.id], organization)) &&
    (text === undefined || holds(searched(request), text))
  );
}

function isAssigned(
  { account, assignee }: ApprovalRequest,
  to: (typeof ASSIGNED)[number],
  settings: Pick<Settings, 'approver' | 'accounts'>,
): boolean {
  return to === 'nobody' ? assignee === null : assignee !== null && isApprover(assignee, approverOf(account, settings));
}

function searched({ subject, computer, requester, reason, reference }: ApprovalRequest): readonly (string | null)[] {
  return [
    subject.name,
    subject.path,
    subject.product,
    subject.sha256,
    computer.name,
    requester.account,
    requester.name,
    reason,
    reference,
  ];
}

function holds(values: readonly (string | null)[], part: string): boolean {
  const wanted = part.toLowerCase();
  return values.some((value) => value?.toLowerCase().includes(wanted));
}

/** Oldest first, or newest; what has no time comes last. Ties go by reference, so that the order never wavers. */
export function sortRequests(requests: readonly ApprovalRequest[], sorting: Sorting): readonly ApprovalRequest[] {
  return [...requests].sort((a, b) => compareKeys(sortKey(a), sortKey(b), sorting));
}

export type SortKey = readonly [time: string | null, reference: string];

export function sortKey(request: ApprovalRequest): SortKey {
  return [request.requestedAt, request.reference];
}

export function compareKeys(a: SortKey, b: SortKey, sorting: Sorting): number {
  if (a[0] === null || b[0] === null) {
    if (a[0] !== b[0]) return a[0] === null ? 1 : -1;
  } else if (a[0] !== b[0]) {
    return a[0] < b[0] === (sorting === 'oldest') ? -1 : 1;
  }
  return a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0;
}

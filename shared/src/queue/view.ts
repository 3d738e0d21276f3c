import type { ApprovalRequest, Kind, RequestReference } from '../approval/index.ts';
import { fileKey } from './source.ts';

export const GROUPINGS = ['file', 'organization', 'computer', 'requester', 'account', 'kind'] as const;
export type Grouping = (typeof GROUPINGS)[number];
export const SORTINGS = ['oldest', 'newest'] as const;
export type Sorting = (typeof SORTINGS)[number];

/** What a queue shows. */
export const WAITING = ['pending', 'escalated', 'quarantined'] as const;

export interface QueueFilter {
  readonly account?: string | undefined;
  /** Part of the organization's name, or its id. */
  readonly organization?: string | undefined;
  readonly kind?: Kind | undefined;
  readonly status?: (typeof WAITING)[number] | undefined;
  /** Found in file, path, hash, computer, requester or reason. */
  readonly text?: string | undefined;
}

export interface Group {
  readonly by: Grouping;
  readonly key: string;
  readonly label: string;
  readonly requests: readonly RequestReference[];
}

export function matches(request: ApprovalRequest, filter: QueueFilter): boolean {
  const { account, organization, kind, status, text } = filter;
  return (
    (account === undefined || request.account === account) &&
    (kind === undefined || request.kind === kind) &&
    (status === undefined || request.status === status) &&
    (organization === undefined || holds([request.organization.name, request.organization.id], organization)) &&
    (text === undefined || holds(searched(request), text))
  );
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
  return values.some((value) => value?.toLowerCase().includes(part.toLowerCase()));
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

/** Groups in the order of their first member; keys come from the vendor's ids where it gives any. */
export function groupRequests(requests: readonly ApprovalRequest[], by: Grouping): readonly Group[] {
  const groups = new Map<string, { label: string; requests: RequestReference[] }>();
  for (const request of requests) {
    const { key, label } = groupOf(request, by);
    const group = groups.get(key) ?? { label, requests: [] };
    group.requests.push(request.reference);
    groups.set(key, group);
  }
  return [...groups].map(([key, group]) => ({ by, key, ...group }));
}

function groupOf(request: ApprovalRequest, by: Grouping): { readonly key: string; readonly label: string } {
  const { subject, organization, computer, requester, account, kind } = request;
  const named = (id: string | null, name: string | null) => ({
    key: `${by}:${id ?? name ?? 'unknown'}`,
    label: name ?? id ?? 'unknown',
  });
  switch (by) {
    case 'file': {
      const key = fileKey(request);
      const label = subject.name ?? subject.path;
      if (key !== null) return { key: `file:${key}`, label: label ?? 'unnamed file' };
      return subject.path === null
        ? { key: 'file:none', label: 'no file' }
        : { key: `file:path:${subject.path}`, label: `${label} (by path)` };
    }
    case 'organization':
      return named(organization.id, organization.name);
    case 'computer':
      return named(computer.id, computer.name);
    case 'requester':
      return named(requester.account, requester.name ?? requester.account);
    case 'account':
      return named(account, account);
    case 'kind':
      return named(kind, kind);
    default:
      return by satisfies never;
  }
}

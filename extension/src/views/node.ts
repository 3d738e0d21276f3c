import type { AccountId, ApprovalRequest } from '@countersign/shared/approval';

/** A row of the pending view that stands for a request; commands are given it. */
interface RequestNode {
  readonly kind: 'request';
  readonly id: string;
  readonly request: ApprovalRequest;
}

/** A row that stands for an account: its state, or the group of what waits there. */
interface AccountNode {
  readonly id: string;
  readonly account: AccountId;
}

/** The requests that a command was called on: those that are selected if the clicked one is among them, else that one. */
export function requestsOf(clicked: unknown, selected: unknown): readonly ApprovalRequest[] {
  const nodes = Array.isArray(selected) && selected.includes(clicked) ? selected : [clicked];
  return nodes.filter(isRequestNode).map(({ request }) => request);
}

/** The account whose row a command was called on; `null`: the row stands for none. */
export function accountOf(clicked: unknown): AccountId | null {
  return isAccountNode(clicked) ? clicked.account : null;
}

function isRequestNode(value: unknown): value is RequestNode {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'request';
}

function isAccountNode(value: unknown): value is AccountNode {
  return typeof value === 'object' && value !== null && 'account' in value && typeof value.account === 'string';
}

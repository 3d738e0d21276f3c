import type { ApprovalRequest } from '@countersign/shared/approval';

/** A row of the pending view that stands for a request; commands are given it. */
export interface RequestNode {
  readonly kind: 'request';
  readonly id: string;
  readonly request: ApprovalRequest;
}

/** The requests that a command was called on: those that are selected if the clicked one is among them, else that one. */
export function requestsOf(clicked: unknown, selected: unknown): readonly ApprovalRequest[] {
  const nodes = Array.isArray(selected) && selected.includes(clicked) ? selected : [clicked];
  return nodes.filter(isRequestNode).map(({ request }) => request);
}

function isRequestNode(value: unknown): value is RequestNode {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'request';
}

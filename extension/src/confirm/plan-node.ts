import type { DecisionRecord } from '@countersign/shared/ledger';

/** A row that stands for a plan which waits for an answer; commands are given it. */
export interface PlanNode {
  readonly kind: 'plan';
  readonly id: string;
  readonly record: DecisionRecord;
}

/** The plan of the row that a command was called on. */
export function planIn(clicked: unknown): DecisionRecord | null {
  return isPlanNode(clicked) ? clicked.record : null;
}

function isPlanNode(value: unknown): value is PlanNode {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'plan' && 'record' in value;
}

import type { DecisionRecord } from '@countersign/shared/ledger';

/** A row that stands for a decision of the journal; commands are given it. */
export interface DecisionNode {
  readonly kind: 'decision';
  readonly id: string;
  readonly record: DecisionRecord;
}

/** The decision of the row that a command was called on. */
export function decisionIn(clicked: unknown): DecisionRecord | null {
  return isDecisionNode(clicked) ? clicked.record : null;
}

function isDecisionNode(value: unknown): value is DecisionNode {
  return (
    typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'decision' && 'record' in value
  );
}

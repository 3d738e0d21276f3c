import type { DecisionStatus } from '../approval/index.ts';
import type { TargetOutcome } from './ledger.ts';

/** One word for several targets: their common one, or `partial`. */
export function overallStatus(outcomes: readonly TargetOutcome[]): DecisionStatus {
  const statuses = new Set(outcomes.map((outcome) => outcome.status));
  const [only] = statuses;
  return only !== undefined && statuses.size === 1 ? only : 'partial';
}

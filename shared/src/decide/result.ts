import type { ApproveOptions, DecisionId, DecisionStatus, Reach, RequestReference } from '../approval/index.ts';
import { overallStatus, type TargetOutcome } from '../ledger/index.ts';

export interface TargetChoice {
  readonly request: RequestReference;
  readonly label: string;
  readonly options: ApproveOptions;
  readonly reach: Reach;
}

/** Where a decision stands, for every face. */
export interface DecisionResult {
  /** `null` when nothing was planned. */
  readonly decision: DecisionId | null;
  readonly status: DecisionStatus;
  /** Who refused, where somebody did. */
  readonly by?: 'guardrail' | 'vendor' | 'client';
  readonly message: string;
  readonly targets: readonly TargetOutcome[];
  readonly choices?: readonly TargetChoice[];
}

export function endedAs(
  decision: DecisionId | null,
  targets: readonly TargetOutcome[],
  message?: string,
): DecisionResult {
  const status = overallStatus(targets);
  const by = status === 'refused' ? targets.find((target) => target.by)?.by : undefined;
  return { decision, status, ...(by ? { by } : {}), message: message ?? messageFor(targets), targets };
}

function messageFor(targets: readonly TargetOutcome[]): string {
  const [only, ...others] = targets;
  if (only && others.length === 0) return only.message;
  const applied = targets.filter((target) => target.status === 'applied').length;
  return `${applied} of ${targets.length} were carried out.`;
}

import type { DecisionResult } from '@countersign/shared/decide';

export const SHOWN = 0;
export const FAILED = 1;
export const USAGE = 2;
const NOT_DECIDED = 3;
export const UNCLEAR = 4;

export type ExitCode = 0 | 1 | 2 | 3 | 4;

export function exitCodeOf({ status, targets }: Pick<DecisionResult, 'status' | 'targets'>): ExitCode {
  switch (status) {
    case 'applied':
      return SHOWN;
    case 'not-applied':
      return targets.some(({ mayStillApply }) => mayStillApply) ? UNCLEAR : FAILED;
    case 'refused':
    case 'declined':
    case 'expired':
    case 'needs-choice':
    case 'already-handled':
    case 'awaiting-confirmation':
      return NOT_DECIDED;
    case 'unknown':
    case 'partial':
      return UNCLEAR;
    default:
      return status satisfies never;
  }
}

/** From the least to the worst: of several, the one that a job has to look at first. */
const GRAVITY: readonly ExitCode[] = [SHOWN, NOT_DECIDED, USAGE, FAILED, UNCLEAR];

export function worse(one: ExitCode, other: ExitCode): ExitCode {
  return GRAVITY.indexOf(one) > GRAVITY.indexOf(other) ? one : other;
}

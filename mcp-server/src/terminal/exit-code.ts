import type { DecisionStatus } from '@countersign/shared/approval';

export const SHOWN = 0;
export const FAILED = 1;
export const USAGE = 2;
const NOT_DECIDED = 3;
const UNCLEAR = 4;

export type ExitCode = 0 | 1 | 2 | 3 | 4;

export function exitCodeOf(status: DecisionStatus): ExitCode {
  switch (status) {
    case 'applied':
      return SHOWN;
    case 'not-applied':
      return FAILED;
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

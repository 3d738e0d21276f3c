import type { DecisionResult } from '@countersign/shared/decide';
import { decisionResultOf } from '../present/decision.ts';

/**
 * As assistants are answered; and which decision has carried out the same for the same ticket before, and whether the request
 * still waits all the same, for another approver.
 */
export function unattendedAnswer(result: DecisionResult) {
  const { carriedOut, targets } = result;
  return {
    ...decisionResultOf(result),
    ...(carriedOut === undefined ? {} : { carriedOut }),
    ...(targets.some(({ stillWaits }) => stillWaits) ? { stillWaits: true } : {}),
  };
}

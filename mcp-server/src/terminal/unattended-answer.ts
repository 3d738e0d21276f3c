import type { DecisionResult } from '@countersign/shared/decide';
import { decisionResultOf } from '../present/decision.ts';

/** As assistants are answered; and which decision has carried out the same for the same ticket before. */
export function unattendedAnswer(result: DecisionResult) {
  const { carriedOut } = result;
  return { ...decisionResultOf(result), ...(carriedOut === undefined ? {} : { carriedOut }) };
}

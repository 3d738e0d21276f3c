import { userInfo } from 'node:os';
import type { DecisionResult, Decisions, PersonsAnswer, PlannedDecision } from '@countersign/shared/decide';
import { cleanLine } from '@countersign/shared/text';

/** Takes what the person at this terminal answered, and carries the decision out here if it confirms. */
export async function answerHere(
  decisions: Decisions,
  { plan, digest }: PlannedDecision,
  answer: PersonsAnswer,
): Promise<DecisionResult> {
  return await decisions.answer(plan.decision, digest, answer, {
    channel: 'terminal',
    who: personHere(),
  });
}

/** Who sits here, as far as the system tells. */
export function personHere(): string {
  return `${userName()}, at a terminal`;
}

function userName(): string {
  try {
    return cleanLine(userInfo().username, 60);
  } catch {
    // In a container the user may have a number and no name.
    return process.getuid ? `user ${process.getuid()}` : 'a person';
  }
}

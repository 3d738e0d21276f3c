import type { DecisionResult, Decisions, PersonsAnswer, PlannedDecision } from '@countersign/shared/decide';
import { answerHere } from './answer.ts';
import { wrapped } from './layout.ts';
import { write } from './output.ts';
import type { Prompt } from './prompt.ts';

const UNDER_WAY = 'It is under way and can not be taken back. What became of it is told in a moment.';

/** Takes what was answered, and carries out here what it confirms. Whoever leaves meanwhile is told that it goes on. */
export async function carryOut(
  decisions: Decisions,
  planned: PlannedDecision,
  answer: PersonsAnswer,
  prompt: Prompt,
): Promise<DecisionResult> {
  const { output } = prompt;
  if (answer.kind === 'typed') {
    write(output, ['', ...wrapped(output, 'Carrying it out, and reading afterwards what became of it …')]);
  }
  let isOver = false;
  void prompt.closed.then(() => {
    if (!isOver) write(output, wrapped(output, UNDER_WAY));
  });
  try {
    return await answerHere(decisions, planned, answer);
  } finally {
    isOver = true;
  }
}

/** What ended a plan before its answer came; `null`: nothing that would say more than that it was not heard. */
export async function endedBefore(
  decisions: Decisions,
  { plan }: PlannedDecision,
  { status, targets }: DecisionResult,
): Promise<DecisionResult | null> {
  if (status !== 'refused' || targets.length > 0) return null;
  const standing = await decisions.outcome(plan.decision, AbortSignal.abort());
  return standing.status === 'awaiting-confirmation' || standing.status === 'unknown' ? null : standing;
}

import type { DecisionResult, Decisions, PlannedDecision } from '@countersign/shared/decide';
import { cleanLine } from '@countersign/shared/text';
import { answerHere } from './answer.ts';
import { wrapped } from './layout.ts';
import { type Output, write } from './output.ts';
import type { Prompt } from './prompt.ts';
import { effectLines } from './view/decision.ts';

const MESSAGE_MAX = 1_000;

/** Shows what a plan would do and takes the person's answer. How it ended; `null` where no person confirmed it. */
export async function countersign(
  decisions: Decisions,
  planned: PlannedDecision,
  output: Output,
  prompt: Prompt | null,
): Promise<DecisionResult | null> {
  const { confirmText } = planned.plan;
  write(output, ['', 'This is what would be done:', '', ...effectLines(output, planned), '']);
  const toType = `type "${confirmText}"; anything else changes nothing.`;
  write(output, wrapped(output, prompt ? `To confirm, ${toType}` : `At a terminal, a person would now ${toType}`));
  const answer = prompt && (await prompt.ask('> '));
  const result = await answerHere(
    decisions,
    planned,
    answer === null ? { kind: 'cancelled' } : { kind: 'typed', text: answer },
  );
  if (prompt) write(output, ['', ...wrapped(output, cleanLine(result.message, MESSAGE_MAX))]);
  return answer?.trim() === confirmText ? result : null;
}

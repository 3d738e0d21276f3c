import type { DecisionStatus } from '@countersign/shared/approval';
import type { DecisionResult, Decisions, PlannedDecision, TargetChoice } from '@countersign/shared/decide';
import { cleanLine } from '@countersign/shared/text';
import { answerHere } from './answer.ts';
import { wrapped } from './layout.ts';
import { type Output, write } from './output.ts';
import type { Prompt } from './prompt.ts';
import { choiceLines, effectLines } from './view/decision.ts';

const MESSAGE_MAX = 1_000;

/** Shows the choices and lets the person take one; without a person, the first, which is the narrowest. `null`: none was taken. */
export async function choose(
  { targets }: DecisionResult,
  choices: readonly TargetChoice[],
  output: Output,
  prompt: Prompt | null,
): Promise<TargetChoice | null> {
  write(output, [
    ...targets.flatMap(({ message }) => wrapped(output, cleanLine(message, MESSAGE_MAX))),
    '',
    ...choiceLines(output, choices),
    '',
  ]);
  if (prompt === null) {
    write(
      output,
      wrapped(output, 'This is no terminal, so nobody is asked to choose. Here is what the first would do.'),
    );
    return choices[0] ?? null;
  }
  output.out('Which one? Type its number, or press Enter to leave it.');
  for (;;) {
    const answer = (await prompt.ask('> '))?.trim();
    if (!answer) return null;
    const chosen = /^\d+$/.test(answer) ? choices[Number(answer) - 1] : undefined;
    if (chosen) return chosen;
    output.out(`There are the numbers 1 to ${choices.length}.`);
  }
}

/** Shows what a plan would do and takes the person's answer. How it ended; `null` where no person confirmed it. */
export async function countersign(
  decisions: Decisions,
  planned: PlannedDecision,
  output: Output,
  prompt: Prompt | null,
): Promise<DecisionStatus | null> {
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
  return answer?.trim() === confirmText ? result.status : null;
}

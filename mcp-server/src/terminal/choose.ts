import type { DecisionResult, TargetChoice } from '@countersign/shared/decide';
import { cleanLine } from '@countersign/shared/text';
import { wrapped } from './layout.ts';
import { type Output, write } from './output.ts';
import type { Prompt } from './prompt.ts';
import { choiceLines } from './view/decision.ts';

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

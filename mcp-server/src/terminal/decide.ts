import type { Decision } from '@countersign/shared/approval';
import type { Runtime } from '../runtime.ts';
import { noTerminal } from './confirm.ts';
import type { ExitCode } from './exit-code.ts';
import { locate } from './locate.ts';
import { decideHere, NOT_PLANNED } from './own-decision.ts';
import type { Prompt } from './prompt.ts';
import type { Surroundings } from './surroundings.ts';
import { tell } from './tell.ts';
import { UsageError } from './usage-error.ts';
import { endLines } from './view/end.ts';

const MOST = 100;

/**
 * Decides requests as the person at this terminal wants it; without a person nothing is planned.
 *
 * @param completed the decision, for which the person may be asked what the options leave out; `null`: they left
 */
export async function decide(
  references: readonly string[],
  completed: (prompt: Prompt) => Promise<Decision | null>,
  { json = false }: { readonly json?: boolean },
  { output, openPrompt }: Surroundings,
  runtime: Runtime,
): Promise<ExitCode> {
  let prompt: Prompt | null = null;
  try {
    if (references.length > MOST) throw new UsageError(`One decision covers ${MOST} requests at most.`);
    // A slip of the finger is told before anybody is asked anything.
    for (const reference of references) await locate(runtime.book, reference);
    prompt = openPrompt();
    if (prompt === null) return await noTerminal(json, output);
    const decision = await completed(prompt);
    const result = decision === null ? NOT_PLANNED : await decideHere(prompt, references, decision, runtime);
    prompt.output.out('');
    return await tell({ result, lines: endLines(output, result) }, json, output);
  } finally {
    prompt?.close();
    runtime.close();
  }
}

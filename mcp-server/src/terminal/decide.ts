import type { Decision } from '@countersign/shared/approval';
import type { DecisionResult } from '@countersign/shared/decide';
import { decisionResultOf } from '../present/decision.ts';
import type { Runtime } from '../runtime.ts';
import { NO_TERMINAL } from './confirm.ts';
import { type ExitCode, exitCodeOf } from './exit-code.ts';
import { locate } from './locate.ts';
import { type Output, write } from './output.ts';
import { decideHere, NOT_PLANNED } from './own-decision.ts';
import type { Prompt } from './prompt.ts';
import type { Surroundings } from './surroundings.ts';
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
    if (prompt === null) {
      if (json) tell(nothingDone(NO_TERMINAL), json, output);
      else output.err(NO_TERMINAL);
      return exitCodeOf('refused');
    }
    const decision = await completed(prompt);
    const result = decision === null ? NOT_PLANNED : await decideHere(prompt, references, decision, runtime);
    prompt.output.out('');
    tell(result, json, output);
    return exitCodeOf(result.status);
  } finally {
    prompt?.close();
    runtime.close();
  }
}

function tell(result: DecisionResult, json: boolean, output: Output): void {
  if (json) output.out(JSON.stringify(decisionResultOf(result), null, 2));
  else write(output, endLines(output, result));
}

function nothingDone(message: string): DecisionResult {
  return { decision: null, status: 'refused', by: 'client', message, targets: [] };
}

import type { DecisionId } from '@countersign/shared/approval';
import { awaiting, type PersonsAnswer, type PlannedDecision } from '@countersign/shared/decide';
import { hasLedger } from '../open-user-ledger.ts';
import type { Runtime } from '../runtime.ts';
import { askPerson } from './ask-person.ts';
import { carryOut, endedBefore } from './carry-out.ts';
import { type ExitCode, exitCodeOf } from './exit-code.ts';
import { closeAbandoned, withLedger } from './journal-source.ts';
import { wrapped } from './layout.ts';
import { noSuchDecision, notOpen } from './not-open.ts';
import { type Output, write } from './output.ts';
import type { Prompt } from './prompt.ts';
import type { Surroundings } from './surroundings.ts';
import { type Told, tell } from './tell.ts';
import { endLines } from './view/end.ts';
import { questionLines } from './view/question.ts';
import { untilText } from './view/until.ts';

const NO_TERMINAL =
  'Only a person at a terminal can confirm a decision, and this command was started without one. Nothing was sent.';

/**
 * Shows an open plan to the person at this terminal, and carries it out in this process if they type its text. Nothing else
 * confirms: no option, no variable, no pipe.
 */
export async function confirm(
  decision: string,
  { json = false }: { readonly json?: boolean },
  { output, openPrompt }: Surroundings,
  runtime: Runtime,
): Promise<ExitCode> {
  const prompt = openPrompt();
  if (prompt === null) return await noTerminal(json, output);
  try {
    // Looking makes no ledger.
    if (!hasLedger()) throw noSuchDecision(decision);
    return await tell(await confirmWith(prompt, decision as DecisionId, output, runtime), json, output);
  } finally {
    prompt.close();
  }
}

/** There is nobody to ask, so that nothing is read or sent. */
export async function noTerminal(json: boolean, output: Output): Promise<ExitCode> {
  const result = { decision: null, status: 'refused', by: 'client', message: NO_TERMINAL, targets: [] } as const;
  if (json) return await tell({ result, lines: [] }, json, output);
  output.err(NO_TERMINAL);
  return exitCodeOf(result);
}

/** @param prompt opened before the question is shown: what is typed ahead of it is dropped, and answers nothing */
export async function confirmWith(
  prompt: Prompt,
  decision: DecisionId,
  output: Output,
  runtime: Runtime,
): Promise<Told> {
  const { decisions, now } = runtime;
  const screen = prompt.output;
  screen.out('Reading the request again …');
  const review = await decisions.review(decision, 'terminal');
  if (!review.open) return await notOpen(decision, review.result, runtime, output, prompt);
  const { plan } = review.decision;
  write(screen, ['', ...questionLines(screen, review.decision, review.proposer, now()), '']);
  const said = await askPerson(decisions, review.decision, { isTheirs: false }, prompt);
  switch (said.kind) {
    case 'left':
      screen.out('');
      return {
        result: awaiting(plan, 'terminal'),
        lines: [
          `Nothing was sent. It stays open until ${untilText(plan.expiresAt, now())}:`,
          `  countersign confirm ${decision}`,
        ],
      };
    case 'elsewhere':
      write(screen, ['', '', ...wrapped(screen, 'It ended meanwhile, without an answer from here.')]);
      return await notOpen(decision, said.result, runtime, output, prompt);
    case 'typed':
    case 'declined':
      return await answered(review.decision, said, runtime, output, prompt);
    default:
      return said satisfies never;
  }
}

async function answered(
  planned: PlannedDecision,
  answer: PersonsAnswer,
  runtime: Runtime,
  output: Output,
  prompt: Prompt,
): Promise<Told> {
  const { decisions } = runtime;
  await withLedger(closeAbandoned);
  const result = await carryOut(decisions, planned, answer, prompt);
  prompt.output.out('');
  const before = await endedBefore(decisions, planned, result);
  if (before) return await notOpen(planned.plan.decision, before, runtime, output, prompt);
  const declined = result.status === 'declined' ? wrapped(output, 'What was asked for still waits in the queue.') : [];
  return { result, lines: [...declined, ...endLines(output, result)] };
}

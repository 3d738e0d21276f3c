import type { DecisionId } from '@countersign/shared/approval';
import {
  type DecisionResult,
  type Decisions,
  despiteText,
  type PersonsAnswer,
  type PlannedDecision,
  stopsIn,
} from '@countersign/shared/decide';
import { hasLedger } from '../open-user-ledger.ts';
import type { Runtime } from '../runtime.ts';
import { answerHere } from './answer.ts';
import { type ExitCode, exitCodeOf } from './exit-code.ts';
import { closeAbandoned, withLedger } from './journal-source.ts';
import { facts, wrapped } from './layout.ts';
import { noSuchDecision, notOpen } from './not-open.ts';
import { type Output, write } from './output.ts';
import type { Prompt } from './prompt.ts';
import type { Surroundings } from './surroundings.ts';
import { endLines } from './view/end.ts';
import { questionLines } from './view/question.ts';
import { untilText } from './view/until.ts';

const NO_TERMINAL =
  'Only a person at a terminal can confirm a decision, and this is none: standard input and standard output both have to be one. Nothing was sent.';
const DECLINE = 'decline';

/**
 * Shows an open plan to the person at this terminal, and carries it out in this process if they type its text. Nothing else
 * confirms: no option, no variable, no pipe.
 */
export async function confirm(
  decision: string,
  { output, openPrompt }: Surroundings,
  runtime: Runtime,
): Promise<ExitCode> {
  if (openPrompt === null) {
    output.err(NO_TERMINAL);
    return exitCodeOf('refused');
  }
  // Looking makes no ledger.
  if (!hasLedger()) throw noSuchDecision(decision);
  const prompt = openPrompt();
  try {
    return await confirmWith(prompt, decision as DecisionId, output, runtime);
  } finally {
    prompt.close();
  }
}

/** @param prompt opened before the question is shown: what is typed ahead of it is dropped, and answers nothing */
export async function confirmWith(
  prompt: Prompt,
  decision: DecisionId,
  output: Output,
  runtime: Runtime,
): Promise<ExitCode> {
  const { decisions, now } = runtime;
  output.out('Reading the request again …');
  const review = await decisions.review(decision, 'terminal');
  if (!review.open) return await notOpen(decision, review.result, runtime, output, prompt);
  const { plan } = review.decision;
  write(output, ['', ...questionLines(output, review.decision, review.proposer, now()), '']);
  const said = await ask(decisions, review.decision, output, prompt);
  switch (said.kind) {
    case 'left':
      write(output, ['', `Nothing was sent. It stays open until ${untilText(plan.expiresAt, now())}:`]);
      write(output, [`  countersign confirm ${decision}`]);
      return exitCodeOf('awaiting-confirmation');
    case 'elsewhere':
      write(output, ['', '', ...wrapped(output, 'It ended meanwhile, without an answer from here.')]);
      return await notOpen(decision, said.result, runtime, output, prompt);
    case 'typed':
    case 'declined':
      return await carryOut(review.decision, said, runtime, output, prompt);
    default:
      return said satisfies never;
  }
}

async function carryOut(
  planned: PlannedDecision,
  answer: PersonsAnswer,
  runtime: Runtime,
  output: Output,
  prompt: Prompt,
): Promise<ExitCode> {
  const { decisions } = runtime;
  const { decision } = planned.plan;
  await withLedger(closeAbandoned);
  if (answer.kind === 'typed') {
    write(output, ['', ...wrapped(output, 'Carrying it out, and reading afterwards what became of it …')]);
  }
  output.out('');
  const result = await answerHere(decisions, planned, answer);
  if (result.status === 'refused' && result.targets.length === 0) {
    // It was not heard; what ended the plan before it says more.
    const standing = await decisions.outcome(decision, AbortSignal.abort());
    if (standing.status === 'awaiting-confirmation' || standing.status === 'unknown') {
      write(output, wrapped(output, result.message));
      return exitCodeOf(result.status);
    }
    return await notOpen(decision, standing, runtime, output, prompt);
  }
  if (result.status === 'declined') {
    write(output, wrapped(output, 'Turned down. What was asked for still waits in the queue.'));
  }
  write(output, endLines(output, result));
  return exitCodeOf(result.status);
}

type Said =
  | Exclude<PersonsAnswer, { readonly kind: 'cancelled' }>
  | { readonly kind: 'left' }
  | { readonly kind: 'elsewhere'; readonly result: DecisionResult };

/** Asks until the person answers or leaves, or until the plan ends without them. A slip of the finger ends nothing. */
async function ask(decisions: Decisions, planned: PlannedDecision, output: Output, prompt: Prompt): Promise<Said> {
  const { plan, findings } = planned;
  const stops = new Map(stopsIn(plan.verdict, findings).map((stop) => [stop.id, stop]));
  const despite = despiteText([...stops.values()]);
  let isTyped = false;
  const elsewhere = decisions.outcome(plan.decision, new AbortController().signal);
  write(output, [
    'Type',
    ...facts(output, [
      { label: plan.confirmText, text: 'to confirm it' },
      { label: DECLINE, text: 'to turn the proposal down' },
    ]),
    'or press Enter to leave it open.',
  ]);
  for (;;) {
    const heard = await Promise.race([prompt.ask('> '), elsewhere]);
    if (heard !== null && typeof heard !== 'string') return { kind: 'elsewhere', result: heard };
    const text = heard?.trim();
    if (!text) return { kind: 'left' };
    if (text === DECLINE) return { kind: 'declined' };
    const wanted = isTyped ? despite : plan.confirmText;
    if (text !== wanted) {
      write(output, wrapped(output, `Nothing was done: that is neither "${wanted}" nor "${DECLINE}".`));
    } else if (isTyped || stops.size === 0) {
      return { kind: 'typed', text: plan.confirmText };
    } else {
      isTyped = true;
      write(output, [
        '',
        ...[...stops.values()].flatMap(({ message }) => wrapped(output, message)),
        ...wrapped(output, `To confirm it all the same, type "${despite}".`),
      ]);
    }
  }
}

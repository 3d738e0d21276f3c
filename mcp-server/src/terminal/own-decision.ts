import { randomUUID } from 'node:crypto';
import type { Decision } from '@countersign/shared/approval';
import {
  channelHere,
  type DecisionResult,
  type PlannedDecision,
  type Planning,
  type TargetChoice,
} from '@countersign/shared/decide';
import type { Runtime } from '../runtime.ts';
import { personHere } from './answer.ts';
import { askPerson } from './ask-person.ts';
import { carryOut, endedBefore } from './carry-out.ts';
import { choose } from './choose.ts';
import { wrapped } from './layout.ts';
import { type Output, write } from './output.ts';
import type { Prompt } from './prompt.ts';
import { choiceLines } from './view/decision.ts';
import { questionLines } from './view/question.ts';

/**
 * Makes a decision exact, shows exactly that to the person at this terminal, and carries it out if they type its text. Whatever
 * else they do closes the plan, and nothing is sent.
 */
export async function decideHere(
  prompt: Prompt,
  requests: readonly string[],
  decision: Decision,
  runtime: Runtime,
): Promise<DecisionResult> {
  const screen = prompt.output;
  screen.out(requests.length === 1 ? 'Reading the request …' : `Reading ${requests.length} requests …`);
  const planning = await planned(prompt, requests, decision, runtime);
  if (planning.planned) return await ask(prompt, planning.decision, runtime);
  const { result } = planning;
  if (decision.verdict !== 'approve' || !result.choices) return result;
  screen.out('');
  if (requests.length > 1) {
    write(screen, severalLines(screen, result.choices));
    return result;
  }
  const chosen = await choose(result, result.choices, screen, prompt);
  if (chosen === null) return result;
  return await decideHere(prompt, requests, { verdict: 'approve', options: chosen.options }, runtime);
}

async function planned(
  prompt: Prompt,
  requests: readonly string[],
  decision: Decision,
  { decisions }: Runtime,
): Promise<Planning> {
  const leaving = new AbortController();
  void prompt.closed.then(() => leaving.abort());
  const planning = await decisions.plan({
    requests,
    decision,
    proposer: { client: `terminal ${randomUUID()}`, name: personHere() },
    mayDecide: () => true,
    // Before anybody is asked in vain.
    route: channelHere('terminal'),
    signal: leaving.signal,
  });
  if (!leaving.signal.aborted) return planning;
  const result = planning.planned ? await decisions.close(planning.decision.plan.decision, LEFT) : NOT_PLANNED;
  return { planned: false, result };
}

async function ask(prompt: Prompt, planned: PlannedDecision, runtime: Runtime): Promise<DecisionResult> {
  const { decisions, now } = runtime;
  const { decision } = planned.plan;
  const screen = prompt.output;
  write(screen, ['', ...questionLines(screen, planned, null, now()), '']);
  const said = await askPerson(decisions, planned, { isTheirs: true }, prompt);
  switch (said.kind) {
    case 'left':
      return await decisions.close(decision, LEFT);
    case 'elsewhere':
      write(screen, ['', '', ...wrapped(screen, 'It ended meanwhile, without an answer from here.')]);
      return said.result;
    case 'typed':
    case 'declined': {
      const result = await carryOut(decisions, planned, said, prompt);
      return (await endedBefore(decisions, planned, result)) ?? result;
    }
    default:
      return said satisfies never;
  }
}

/** Nobody is asked for each of them: what is confirmed once has to mean the same for all. */
function severalLines(output: Output, choices: readonly TargetChoice[]): readonly string[] {
  return [
    ...[...Map.groupBy(choices, ({ request }) => request)].flatMap(([request, own]) => [
      request,
      ...choiceLines(output, own),
      '',
    ]),
    ...wrapped(
      output,
      'Several can be approved together with a new application for each (add "--new") and one elevation for all (add "--elevation"). Otherwise decide these singly.',
    ),
  ];
}

const LEFT = 'The question was left without an answer.';
/** The person left before there was anything to close. */
export const NOT_PLANNED: DecisionResult = {
  decision: null,
  status: 'refused',
  by: 'client',
  message: `${LEFT} Nothing was sent.`,
  targets: [],
};

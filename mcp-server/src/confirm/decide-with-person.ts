import { canonicalJson, type Decision, sha256Hex } from '@countersign/shared/approval';
import {
  awaiting,
  chooseChannel,
  type DecisionResult,
  type PlannedDecision,
  type Route,
  stopsIn,
} from '@countersign/shared/decide';
import { quoted } from '@countersign/shared/text';
import type { InputRequiredResult } from '@modelcontextprotocol/server';
import type * as z from 'zod';
import { type decisionResult, decisionResultOf } from '../present/decision.ts';
import { decisionText } from '../present/text.ts';
import type { Answer, ToolCall } from '../tools/tool.ts';
import { askInClient, through } from './ask-in-client.ts';
import { TAKEN_BACK, waitFor } from './wait.ts';

type DecisionAnswer = Answer<z.output<typeof decisionResult>>;

/** Plans the decision, has a person countersign it, and carries it out; or takes the answer to an earlier question. */
export async function decideWithPerson(
  requests: readonly string[],
  decision: Decision,
  call: ToolCall,
): Promise<DecisionAnswer | InputRequiredResult> {
  const { person } = call;
  const { decisions } = call.runtime;
  const thisCall = sha256Hex(canonicalJson({ requests, decision }));
  if (person.returned) {
    const { open, answer } = person.returned;
    // An answer counts for the call that asked, not for one with other targets or options.
    const counted = open.call === thisCall ? answer : ({ kind: 'cancelled' } as const);
    return answerOf(await decisions.answer(open.decision, open.digest, counted, through(person)));
  }
  const unknown = requests.find((reference) => call.accounts.of(reference) === null);
  if (unknown !== undefined) return answerOf(unknownRequest(unknown));
  const planning = await decisions.plan({
    requests,
    decision,
    proposer: person.proposer,
    mayDecide: ({ account }) => account.assistants === 'propose',
    route: (planned, { settings }, isExtensionListening) =>
      unfitForAssistants(planned) ??
      chooseChannel(planned, settings, { isExtensionListening, canElicit: person.canBeAsked }),
    signal: call.signal,
  });
  if (!planning.planned) return answerOf(planning.result);
  const { plan } = planning.decision;
  // Taken back while it was planned: nobody waits for it, and nobody is to be asked.
  if (call.signal.aborted) return answerOf(await decisions.close(plan.decision, TAKEN_BACK));
  switch (planning.channel) {
    case 'elicitation': {
      const asked = await askInClient(planning.decision, thisCall, call);
      return 'waiting' in asked ? asked.waiting : answerOf(asked.result);
    }
    case 'extension':
      return answerOf(await waitFor(plan.decision, 'extension', decisions.outcome(plan.decision, call.signal), call));
    case 'terminal': {
      const waiting = awaiting(plan, 'terminal');
      return answerOf({ ...waiting, message: `${planning.because ?? ''} ${waiting.message}`.trim() });
    }
    default:
      return planning.channel satisfies never;
  }
}

/** The same words for an account that is not there and for one that is closed to assistants. */
function unknownRequest(reference: string): DecisionResult {
  return {
    decision: null,
    status: 'refused',
    by: 'client',
    message: `${quoted(reference, 100)} names no request of a known account. A reference looks like account/id; list_pending shows them. Nothing was sent.`,
    targets: [],
  };
}

/** By SHA-256, else by the vendor's hash; what has neither is no file that could be shared. */
function shareOneFile(targets: PlannedDecision['plan']['targets']): boolean {
  if (targets.length < 2) return true;
  const files = new Set(targets.map(({ facts }) => facts.sha256 ?? facts.vendorHash));
  return files.size === 1 && !files.has(null);
}

/** Why no assistant may propose this, however a person would be asked. */
function unfitForAssistants({ plan, findings }: PlannedDecision): Route | null {
  const [stop] = stopsIn(plan.verdict, findings);
  if (stop && plan.targets.length > 1) {
    return { refusedBy: 'guardrail', message: `${stop.message} Propose such a request singly.` };
  }
  if (plan.verdict !== 'approve' || shareOneFile(plan.targets)) return null;
  return {
    refusedBy: 'guardrail',
    message:
      'An assistant may propose several approvals at once only for one and the same file. Propose those of different files singly.',
  };
}

/** An error exactly when nothing was planned: then no person was asked, and asking again differently may help. */
function answerOf(result: DecisionResult): DecisionAnswer {
  const structured = decisionResultOf(result);
  return { structured, text: decisionText(structured), isError: result.decision === null };
}

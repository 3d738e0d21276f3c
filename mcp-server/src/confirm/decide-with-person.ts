import { canonicalJson, type Decision, isWider, sha256Hex } from '@countersign/shared/approval';
import type { DecisionResult, PlannedDecision } from '@countersign/shared/decide';
import { quoted } from '@countersign/shared/text';
import type { InputRequiredResult } from '@modelcontextprotocol/server';
import type * as z from 'zod';
import { type decisionResult, decisionResultOf } from '../present/decision.ts';
import { decisionText } from '../present/text.ts';
import type { Answer, ToolCall } from '../tools/tool.ts';
import { questionText } from './message.ts';

type DecisionAnswer = Answer<z.output<typeof decisionResult>>;

/** Plans the decision, has a person countersign it, and carries it out; or takes the answer to an earlier question. */
export async function decideWithPerson(
  requests: readonly string[],
  decision: Decision,
  call: ToolCall,
): Promise<DecisionAnswer | InputRequiredResult> {
  const { runtime, person } = call;
  const { decisions } = runtime;
  const thisCall = sha256Hex(canonicalJson({ requests, decision }));
  if (person.returned) {
    const { open, answer } = person.returned;
    // An answer counts for the call that asked, not for one with other targets or options.
    const counted = open.call === thisCall ? answer : ({ kind: 'cancelled' } as const);
    return answerOf(await decisions.answer(open.decision, open.digest, counted, 'elicitation'));
  }
  const unknown = requests.find((reference) => call.accounts.of(reference) === null);
  if (unknown !== undefined) return answerOf(unknownRequest(unknown));
  const planning = await decisions.plan({
    requests,
    decision,
    proposer: person.proposer,
    mayDecide: ({ account }) => account.assistants === 'propose',
    signal: call.signal,
  });
  if (!planning.planned) return answerOf(planning.result);
  const planned = planning.decision;
  const obstacle = obstacleTo(planned, call);
  if (obstacle) return answerOf(await decisions.refuse(planned, obstacle.by, obstacle.message));
  const asked = await person.ask({
    message: questionText(planned, person.proposer.name),
    confirmText: planned.confirmText,
    open: { decision: planned.plan.decision, digest: planned.digest, call: thisCall },
    expiresAt: planned.plan.expiresAt,
  });
  if ('waiting' in asked) return asked.waiting;
  return answerOf(await decisions.answer(planned.plan.decision, planned.digest, asked.answered, 'elicitation'));
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

interface Obstacle {
  readonly by: 'guardrail' | 'client';
  readonly message: string;
}

/** By SHA-256, else by the vendor's hash; what has neither is no file that could be shared. */
function shareOneFile(targets: PlannedDecision['plan']['targets']): boolean {
  if (targets.length < 2) return true;
  const files = new Set(targets.map(({ facts }) => facts.sha256 ?? facts.vendorHash));
  return files.size === 1 && !files.has(null);
}

/** Why the person behind this client can't be asked about this plan. */
function obstacleTo(
  { accounts, reach, plan }: PlannedDecision,
  { person, accounts: { settings } }: ToolCall,
): Obstacle | null {
  if (!person.canBeAsked) {
    return {
      by: 'client',
      message:
        "This client can not show a person a form to confirm in, so nobody was asked. Use a client with elicitation, or decide in the vendor's portal.",
    };
  }
  if (plan.verdict === 'approve' && plan.targets.some(({ facts }) => facts.scan.verdict === 'malicious')) {
    return {
      by: 'guardrail',
      message:
        "A scanner calls this file malicious, so no approval of it is taken through an assistant's client. It can be denied here.",
    };
  }
  if (plan.verdict === 'approve' && !shareOneFile(plan.targets)) {
    return {
      by: 'guardrail',
      message:
        'An assistant may propose several approvals at once only for one and the same file. Propose those of different files singly.',
    };
  }
  if (settings.confirmation.approverKeys.length > 0) {
    return {
      by: 'guardrail',
      message:
        'The accounts file names approver keys, so only a signed answer counts, and none can be given through this client.',
    };
  }
  for (const { account } of accounts) {
    if (!account.channels.includes('elicitation')) {
      return {
        by: 'guardrail',
        message: `The account "${account.id}" takes no confirmation through an assistant's client.`,
      };
    }
    if (account.elicitationReach !== 'any' && isWider(reach, account.elicitationReach)) {
      return {
        by: 'guardrail',
        message: `This reaches further than "${account.elicitationReach}", and the account "${account.id}" lets no more than that be confirmed through an assistant's client. Choose a narrower option, or decide it in the vendor's portal.`,
      };
    }
  }
  return null;
}

/** An error exactly when nothing was planned: then no person was asked, and asking again differently may help. */
function answerOf(result: DecisionResult): DecisionAnswer {
  const structured = decisionResultOf(result);
  return { structured, text: decisionText(structured), isError: result.decision === null };
}

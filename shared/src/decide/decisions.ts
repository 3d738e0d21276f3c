import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type DecisionId, type PlanDigest, planDigest } from '../approval/index.ts';
import type { Channel, Ledger, TargetOutcome } from '../ledger/index.ts';
import type { AccountBook } from '../provider/index.ts';
import { type ExecutionDependencies, executeTarget } from './execute.ts';
import { type DecisionOrder, type PlannedDecision, type Planning, planDecision } from './plan-decision.ts';
import { type DecisionResult, endedAs } from './result.ts';
import { VERIFY_DELAYS_MS } from './verify.ts';

/** What came back when a person was asked. Only `typed` can confirm. */
export type PersonsAnswer =
  | { readonly kind: 'typed'; readonly text: string }
  | { readonly kind: 'declined' }
  | { readonly kind: 'cancelled' };

export interface Decisions {
  /** Makes a decision exact and records the plan; writes nothing. @throws SettingsError */
  plan(order: DecisionOrder): Promise<Planning>;
  /** Takes a person's answer on exactly one digest, and carries the decision out if it confirms. @throws SettingsError */
  answer(decision: DecisionId, digest: PlanDigest, answer: PersonsAnswer, channel: Channel): Promise<DecisionResult>;
  /** Closes a plan that nobody may be asked about, or can be. */
  refuse(planned: PlannedDecision, by: 'guardrail' | 'client', message: string): Promise<DecisionResult>;
}

export interface DecisionsOptions {
  readonly book: AccountBook;
  readonly ledger: Ledger;
  readonly now?: () => number;
  readonly verifyDelays?: readonly number[];
}

/** Four letters that spell nothing and can't be mistaken for one another. */
const LETTERS = 'bcdfghjkmnpqrtvwxyz';

export function createDecisions({
  book,
  ledger,
  now = Date.now,
  verifyDelays = VERIFY_DELAYS_MS,
}: DecisionsOptions): Decisions {
  const execution: ExecutionDependencies = { book, ledger, now, verifyDelays, wait: async (ms) => await wait(ms) };
  const planning = {
    book,
    ledger,
    now,
    newDecisionId: () => randomBytes(16).toString('base64url') as DecisionId,
    randomWord: () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join(''),
  };

  return {
    plan: (order) => planDecision(order, planning),

    answer: async (decision, digest, answer, channel) => {
      const record = await ledger.read(decision);
      if (!record || record.digest !== digest || planDigest(record.plan) !== digest)
        return nothingDone(decision, 'refused', 'There is no such decision to confirm.');
      if (record.phase !== 'planned')
        return nothingDone(decision, 'refused', 'This decision was answered before, and an answer counts once.');
      const time = now();
      if (time >= Date.parse(record.plan.expiresAt)) {
        await ledger.answer(decision, 'expired', channel);
        return nothingDone(decision, 'expired', 'The answer came too late.');
      }
      if (time < Date.parse(record.plan.plannedAt)) {
        await ledger.answer(decision, 'refused', channel);
        return nothingDone(
          decision,
          'refused',
          "This computer's clock went back behind the planning. Set it right and ask again.",
        );
      }
      if (answer.kind === 'declined') {
        await ledger.answer(decision, 'declined', channel);
        return nothingDone(decision, 'declined', 'It was declined.');
      }
      if (answer.kind === 'cancelled') {
        // Nobody said no, so nobody is kept from asking again.
        await ledger.answer(decision, 'refused', channel);
        return nothingDone(decision, 'refused', 'The question was closed without an answer.');
      }
      if (answer.text.trim() !== record.confirmText) {
        await ledger.answer(decision, 'refused', channel);
        return nothingDone(
          decision,
          'refused',
          'What was typed is not the text that was asked for, so it counts as no confirmation.',
        );
      }
      if (!(await ledger.answer(decision, 'confirmed', channel))) {
        return nothingDone(decision, 'refused', 'This decision was answered before, and an answer counts once.');
      }
      const outcomes: TargetOutcome[] = [];
      for (const target of record.plan.targets) outcomes.push(await executeTarget(record.plan, target, execution));
      return endedAs(decision, outcomes);
    },

    refuse: async ({ plan }, by, message) => {
      await ledger.answer(plan.decision, 'refused', 'elicitation');
      return {
        decision: plan.decision,
        status: 'refused',
        by,
        message: `${message} Nothing was sent.`,
        targets: [],
      };
    },
  };
}

function nothingDone(
  decision: DecisionId,
  status: 'refused' | 'declined' | 'expired',
  message: string,
): DecisionResult {
  const by = status === 'refused' ? ({ by: 'client' } as const) : {};
  return { decision, status, ...by, message: `${message} Nothing was sent.`, targets: [] };
}

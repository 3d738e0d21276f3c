import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type DecisionId, type PlanDigest, type PlanTarget, planDigest } from '../approval/index.ts';
import { type Channel, type DecisionRecord, type Ledger, LedgerError, type TargetOutcome } from '../ledger/index.ts';
import type { AccountBook } from '../provider/index.ts';
import { CLOCK_WENT_BACK, type ExecutionDependencies, executeTarget } from './execute.ts';
import { type DecisionOrder, type PlannedDecision, type Planning, planDecision } from './plan-decision.ts';
import { reconcileWrite } from './reconcile.ts';
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
  /** Finds out what became of writes whose process ended before it could say; sends nothing. @throws LedgerError, SettingsError */
  reconcile(): Promise<readonly TargetOutcome[]>;
  /** Closes a plan that nobody may be asked about, or can be. */
  refuse(planned: PlannedDecision, by: 'guardrail' | 'client', message: string): Promise<DecisionResult>;
}

export interface DecisionsOptions {
  readonly book: AccountBook;
  /** Opened when the first decision is planned. @throws LedgerError when it can't be; then nothing is decided. */
  readonly openLedger: () => Ledger;
  readonly now?: () => number;
  readonly verifyDelays?: readonly number[];
}

/** Four letters that spell nothing and can't be mistaken for one another. */
const LETTERS = 'bcdfghjkmnpqrtvwxyz';

export function createDecisions(options: DecisionsOptions): Decisions {
  const { book, openLedger, now = Date.now, verifyDelays = VERIFY_DELAYS_MS } = options;
  const executionWith = (ledger: Ledger): ExecutionDependencies => ({
    book,
    ledger,
    now,
    verifyDelays,
    wait: async (ms) => await wait(ms),
  });
  const newDecisionId = () => randomBytes(16).toString('base64url') as DecisionId;
  const randomWord = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('');

  async function take(ledger: Ledger, given: Answered): Promise<DecisionResult> {
    const { decision, digest, answer, channel } = given;
    const record = await ledger.read(decision);
    if (!record || record.digest !== digest || planDigest(record.plan) !== digest) {
      return nothingDone(decision, 'refused', 'There is no such decision to confirm.');
    }
    if (record.phase !== 'planned') return nothingDone(decision, 'refused', ANSWERED);
    const verdict = judge(record, answer, now());
    if (!(await ledger.answer(decision, verdict.answer, channel))) return nothingDone(decision, 'refused', ANSWERED);
    if (verdict.answer !== 'confirmed')
      return nothingDone(decision, verdict.answer, verdict.message, record.plan.targets);
    const outcomes: TargetOutcome[] = [];
    for (const target of record.plan.targets) {
      outcomes.push(await executeTarget(record.plan, target, executionWith(ledger)));
    }
    return endedAs(decision, outcomes);
  }

  async function reconcile(delays: readonly number[]): Promise<readonly TargetOutcome[]> {
    const ledger = openLedger();
    const execution = { ...executionWith(ledger), verifyDelays: delays };
    return await Promise.all((await ledger.takeOver()).map((write) => reconcileWrite(write, execution)));
  }

  return {
    plan: async (order) => {
      try {
        // What a process left behind would block its requests for ever.
        await reconcile(NO_DELAYS);
        return await planDecision(order, { book, ledger: openLedger(), now, newDecisionId, randomWord });
      } catch (error) {
        return { planned: false, result: ledgerRefusal(null, error) };
      }
    },

    answer: async (decision, digest, answer, channel) => {
      try {
        return await take(openLedger(), { decision, digest, answer, channel });
      } catch (error) {
        return ledgerRefusal(decision, error);
      }
    },

    refuse: async ({ plan }, by, message) => {
      try {
        await openLedger().answer(plan.decision, 'refused', 'elicitation');
      } catch (error) {
        return ledgerRefusal(plan.decision, error);
      }
      return { decision: plan.decision, status: 'refused', by, message: `${message} Nothing was sent.`, targets: [] };
    },

    reconcile: () => reconcile(verifyDelays),
  };
}

interface Answered {
  readonly decision: DecisionId;
  readonly digest: PlanDigest;
  readonly answer: PersonsAnswer;
  readonly channel: Channel;
}

const NO_DELAYS = [0] as const;
const ANSWERED = 'This decision was answered before, and an answer counts once.';

type Judgement =
  | { readonly answer: 'confirmed' }
  | { readonly answer: 'declined' | 'refused' | 'expired'; readonly message: string };

/** What a person's answer comes to: only the very text, in time, confirms. */
function judge({ plan, confirmText }: DecisionRecord, answer: PersonsAnswer, time: number): Judgement {
  if (time >= Date.parse(plan.expiresAt)) return { answer: 'expired', message: 'The answer came too late.' };
  if (time < Date.parse(plan.plannedAt)) return { answer: 'refused', message: CLOCK_WENT_BACK };
  if (answer.kind === 'declined') return { answer: 'declined', message: 'It was declined.' };
  // Nobody said no, so nobody is kept from asking again.
  if (answer.kind === 'cancelled') return { answer: 'refused', message: 'The question was closed without an answer.' };
  return answer.text.trim() === confirmText
    ? { answer: 'confirmed' }
    : {
        answer: 'refused',
        message: 'What was typed is not the text that was asked for, so it counts as no confirmation.',
      };
}

/** Nothing is sent that can't be put on record first. */
function ledgerRefusal(decision: DecisionId | null, error: unknown): DecisionResult {
  if (!(error instanceof LedgerError)) throw error;
  return { decision, status: 'refused', by: 'guardrail', message: `${error.message} Nothing was sent.`, targets: [] };
}

function nothingDone(
  decision: DecisionId,
  status: 'refused' | 'declined' | 'expired',
  reason: string,
  targets: readonly PlanTarget[] = [],
): DecisionResult {
  const by = status === 'refused' ? ({ by: 'client' } as const) : {};
  const message = `${reason} Nothing was sent.`;
  return {
    decision,
    status,
    ...by,
    message,
    targets: targets.map(({ request }) => ({ request, status, ...by, message })),
  };
}

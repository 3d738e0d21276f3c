import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import {
  type Account,
  type AnswerChannel,
  type Channel,
  type Secret,
  SettingsError,
  unattendedSecret as secretOfAccount,
} from '../account/index.ts';
import { type ApproverKey, type DecisionId, type PlanDigest, parseApproverKey } from '../approval/index.ts';
import {
  type Answered,
  type DecisionRecord,
  headText,
  type Ledger,
  LedgerError,
  type TargetOutcome,
} from '../ledger/index.ts';
import type { AccountBook, AccountsNow } from '../provider/index.ts';
import { decisionIdOf } from './decision-id.ts';
import { asSettingsError, type ExecutionDependencies, executePlan } from './execute.ts';
import { asLedgerError, follow } from './follow.ts';
import { type Judgement, judge, judgeSigned, judgeUnattended, type PersonsAnswer } from './judge.ts';
import { createLeftBehind } from './left-behind.ts';
import { type DecisionOrder, type Planning, planDecision } from './plan-decision.ts';
import {
  awaiting,
  type DecisionResult,
  endedAs,
  NO_SUCH_DECISION,
  notClosed,
  nothingDone,
  notTold,
  refusedHere,
} from './result.ts';
import { type Review, reviewPlan } from './review.ts';
import { decideUnattended, type UnattendedOrder } from './unattended.ts';
import { VERIFY_DELAYS_MS } from './verify.ts';

export interface Decisions {
  /** Makes a decision exact and records the plan; writes nothing. @throws SettingsError */
  plan<Way extends AnswerChannel = Channel>(order: DecisionOrder<Way>): Promise<Planning<Way>>;
  /** Takes a person's answer on exactly one digest, and carries the decision out if it confirms. @throws SettingsError */
  answer(
    decision: DecisionId,
    digest: PlanDigest,
    answer: PersonsAnswer,
    from: { readonly channel: 'elicitation' | 'terminal'; readonly who: string },
  ): Promise<DecisionResult>;
  /** Carries out what a person decided in a ticket system, if the account's settings let a job carry it back. @throws SettingsError */
  unattended(order: UnattendedOrder): Promise<DecisionResult>;
  /**
   * Waits until the decision has ended, whoever ends it; `until` ends the waiting for a person, not a decision that is being
   * carried out. A signed answer to a plan of this process is taken meanwhile, also when nobody waits here.
   */
  outcome(decision: DecisionId, until: AbortSignal): Promise<DecisionResult>;
  /** Reads an open plan again for a person who is to answer it. @throws SettingsError */
  review(decision: DecisionId, channel: Channel): Promise<Review>;
  /** Closes a plan that its client no longer wants, if nobody has answered it. */
  close(decision: DecisionId, because: string): Promise<DecisionResult>;
  /** Closes every open plan of a client. @param because where it isn't that the client is gone */
  withdraw(client: string, because?: string): Promise<void>;
  /** Finds out what became of writes whose process ended before it could say; sends nothing. @throws LedgerError, SettingsError */
  reconcile(): Promise<readonly TargetOutcome[]>;
}

export interface DecisionsOptions {
  readonly book: AccountBook;
  /** Opened when the first decision is planned. @throws LedgerError when it can't be; then nothing is decided. */
  readonly openLedger: () => Ledger;
  /** Keys that may countersign besides those that the settings name. */
  readonly approverKeys?: () => readonly string[];
  /** The secret with which a job's decisions on an account are countersigned. @throws SecretError */
  readonly unattendedSecret?: (account: Account) => Promise<Secret>;
  /** Called when a decision that was planned here has ended, whoever ended it. */
  readonly onEnded?: () => void;
  readonly now?: () => number;
  readonly verifyDelays?: readonly number[];
}

/** Four letters that spell nothing and can't be mistaken for one another. */
const LETTERS = 'bcdfghjkmnpqrtvwxyz';
export function createDecisions(options: DecisionsOptions): Decisions {
  const {
    book,
    openLedger,
    approverKeys = () => [],
    unattendedSecret = secretOfAccount,
    onEnded = () => undefined,
    now = Date.now,
    verifyDelays = VERIFY_DELAYS_MS,
  } = options;
  const executionWith = (ledger: Ledger): ExecutionDependencies => ({
    book,
    ledger,
    now,
    verifyDelays,
    wait: async (ms) => await wait(ms),
  });
  const leftBehind = createLeftBehind(openLedger, executionWith);
  const newDecisionId = () => decisionIdOf(randomBytes(16));
  /** Under which name this process carries decisions back. */
  const client = `unattended ${decisionIdOf(randomBytes(16))}`;
  const randomWord = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  const trusted = ({ settings }: AccountsNow): readonly ApproverKey[] =>
    [...settings.confirmation.approverKeys, ...approverKeys()].flatMap((text) => parseApproverKey(text) ?? []);

  /** Takes an answer, once, and carries out what it confirms. @returns `null` when another one came first */
  async function take(
    ledger: Ledger,
    record: DecisionRecord,
    judgement: Judgement,
    answered: Answered,
  ): Promise<DecisionResult | null> {
    const { plan } = record;
    if (judgement.answer === 'confirmed') {
      if (!(await ledger.answer(plan.decision, 'confirmed', answered))) return null;
      const { outcomes, stopped } = await executePlan(plan, executionWith(ledger));
      leftBehind.lookLaterIf(outcomes);
      return { ...endedAs(plan.decision, outcomes), ...(stopped ? { concernsAll: true } : {}) };
    }
    const { answer, message } = judgement;
    const taken =
      answer === 'expired'
        ? await ledger.closePlan(plan.decision, 'expired', message)
        : await ledger.answer(plan.decision, answer, answered, message);
    return taken ? nothingDone(plan, judgement) : null;
  }

  async function answeredBefore(ledger: Ledger, decision: DecisionId): Promise<DecisionResult> {
    const record = await ledger.read(decision);
    const stands = record ? ` It is ${record.phase} now.` : '';
    const message = `This decision was answered before, and an answer counts once.${stands} Nothing was sent by this one.`;
    return { decision, status: 'refused', by: 'client', message, targets: [] };
  }

  /** Takes a signed answer that somebody left for this process. */
  async function takeLeft(ledger: Ledger, record: DecisionRecord): Promise<DecisionResult | null> {
    const judgement = await judged(record, 'extension', (keys) => judgeSigned(record, keys, now()));
    const { left } = record;
    const who = `a person with the key ${left?.key}`;
    const answered = { channel: 'extension', who, ...(left ? { countersignature: left } : {}) } as const;
    return await take(ledger, record, judgement, answered);
  }

  /** What an answer comes to by the settings as they are now. */
  async function judged(
    record: DecisionRecord,
    channel: AnswerChannel,
    judgement: (keys: readonly ApproverKey[]) => Judgement,
  ): Promise<Judgement> {
    const accounts = await book.now().catch(asSettingsError);
    if (accounts instanceof SettingsError) {
      return {
        answer: 'refused',
        by: 'guardrail',
        message: `The settings can't be read any more: ${accounts.message}`,
      };
    }
    return allows(accounts, record, channel) ? judgement(trusted(accounts)) : CHANNEL_CLOSED;
  }

  let hasPlanned = false;
  const pursuits = new Map<DecisionId, Promise<DecisionResult>>();

  /** Follows a decision to its end. */
  function pursue(decision: DecisionId): Promise<DecisionResult> {
    const known = pursuits.get(decision);
    if (known !== undefined) return known;
    const pursuit = follow(decision, { ledger: openLedger(), now, takeLeft, lookAtNew: leftBehind.lookAtNew }).finally(
      () => {
        pursuits.delete(decision);
        onEnded();
      },
    );
    pursuits.set(decision, pursuit);
    return pursuit;
  }

  /** With the journal's head, where the ledger can still tell it. */
  async function withHead(result: DecisionResult): Promise<DecisionResult> {
    if (result.decision === null) return result;
    const head = await openLedger().head().catch(asLedgerError);
    return head instanceof LedgerError ? result : { ...result, journal: headText(head) };
  }

  /** Once nothing that a process left behind blocks its requests. @throws LedgerError, SettingsError */
  async function planHere<Way extends AnswerChannel>(order: DecisionOrder<Way>): Promise<Planning<Way>> {
    const ledger = openLedger();
    const isExtensionListening = async (accounts: AccountsNow) => {
      const listening = new Set(await ledger.listening());
      return trusted(accounts).some(({ id }) => listening.has(id));
    };
    const planning = await planDecision(order, {
      book,
      ledger,
      now,
      newDecisionId,
      randomWord,
      isExtensionListening,
    });
    if (planning.planned) {
      hasPlanned = true;
      // From now on, whether or not somebody waits here.
      pursue(planning.decision.plan.decision).catch(() => undefined);
    }
    return planning;
  }

  async function unclosed(decision: DecisionId, failure: LedgerError): Promise<DecisionResult> {
    try {
      // A disk that is full can still be read.
      const record = await openLedger().read(decision);
      const isOpen = record?.phase === 'planned' && record.left === null;
      return isOpen ? notClosed(record, failure) : notTold(decision, failure);
    } catch (error) {
      return notTold(decision, asLedgerError(error));
    }
  }

  return {
    plan: async (order) => {
      try {
        await leftBehind.clearTheWay(order.requests);
        return await planHere(order);
      } catch (error) {
        return { planned: false, result: refusedHere(null, asLedgerError(error).message, 'guardrail') };
      }
    },

    unattended: async (order) => {
      try {
        await leftBehind.clearTheWay([order.request]);
        const ledger = openLedger();
        const result = await decideUnattended(order, {
          book,
          ledger,
          now,
          plan: planHere,
          client,
          secretOf: unattendedSecret,
          answer: async (decision, answered, secret) => {
            const record = await ledger.read(decision);
            if (record === null) return refusedHere(decision, NO_SUCH_DECISION, 'guardrail');
            const { countersignature } = answered;
            const judgement = await judged(record, 'unattended', () =>
              judgeUnattended(record, countersignature, secret, now()),
            );
            return (await take(ledger, record, judgement, answered)) ?? (await answeredBefore(ledger, decision));
          },
        });
        return await withHead(result);
      } catch (error) {
        return refusedHere(null, asLedgerError(error).message, 'guardrail');
      }
    },

    answer: async (decision, digest, answer, from) => {
      try {
        const ledger = openLedger();
        const record = await ledger.read(decision);
        if (record?.digest !== digest) return refusedHere(decision, NO_SUCH_DECISION, 'client');
        if (record.phase !== 'planned') return await withHead(await answeredBefore(ledger, decision));
        const isRouted = from.channel === 'terminal' || record.channel === from.channel;
        const judgement = isRouted
          ? await judged(record, from.channel, () => judge(record, answer, now()))
          : CHANNEL_CLOSED;
        const taken = await take(ledger, record, judgement, from);
        return await withHead(taken ?? (await answeredBefore(ledger, decision)));
      } catch (error) {
        // What fails after the answer was taken is told with its target.
        return refusedHere(decision, asLedgerError(error).message, 'guardrail');
      }
    },

    outcome: async (decision, until) => {
      try {
        const pursuit = pursue(decision);
        const first = await Promise.race([pursuit, aborted(until)]);
        if (first) return await withHead(first);
        const record = await openLedger().read(decision);
        return await withHead(record?.phase === 'planned' ? awaiting(record.plan, record.channel) : await pursuit);
      } catch (error) {
        return notTold(decision, asLedgerError(error));
      }
    },

    review: async (decision, channel) => {
      try {
        const ledger = openLedger();
        const record = await ledger.read(decision);
        await leftBehind.clearTheWay(record?.plan.targets.map(({ request }) => request) ?? []);
        return await reviewPlan(decision, channel, { book, ledger, now });
      } catch (error) {
        return { open: false, result: notTold(decision, asLedgerError(error)) };
      }
    },

    close: async (decision, because) => {
      try {
        const ledger = openLedger();
        await ledger.closePlan(decision, 'refused', because);
        return await withHead(await pursue(decision));
      } catch (error) {
        return await unclosed(decision, asLedgerError(error));
      }
    },

    withdraw: async (client, because = 'The client that proposed it is gone.') => {
      if (!hasPlanned) return;
      await openLedger().withdraw(client, because);
    },

    reconcile: async () => await leftBehind.settle(),
  };
}

const CHANNEL_CLOSED: Judgement = {
  answer: 'refused',
  by: 'guardrail',
  message: 'An answer through this channel does not count for this decision.',
};

/** Whether every account that the plan touches, and that is still there, takes answers through this channel. */
function allows(accounts: AccountsNow, { plan }: DecisionRecord, channel: AnswerChannel): boolean {
  return plan.targets.every(({ request }) => {
    const account = accounts.of(request)?.account;
    if (!account) return true;
    return channel === 'unattended' ? account.unattended !== undefined : account.channels.includes(channel);
  });
}

/** `null` once it is. */
export function aborted(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener('abort', () => resolve(null), { once: true });
  });
}

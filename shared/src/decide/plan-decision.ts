import type { AnswerChannel, Channel } from '../account/index.ts';
import {
  type ApprovalRequest,
  type Decision,
  type DecisionId,
  type Effect,
  type Plan,
  type PlanDigest,
  parseReference,
  planDigest,
  type ReachLevel,
  type RequestReference,
  widest,
} from '../approval/index.ts';
import { VendorError } from '../http/index.ts';
import type { Ledger, Proposer } from '../ledger/index.ts';
import type { AccountBook, AccountEntry, AccountsNow, Preparation } from '../provider/index.ts';
import { quoted } from '../text/index.ts';
import type { Route } from './channel.ts';
import { confirmText } from './confirm-text.ts';
import { concernsAll } from './execute.ts';
import { type TargetFindings, targetFindings } from './findings.ts';
import { forbiddenIn, type Prepared, stoppedAt } from './not-planned.ts';
import { isOwn } from './own-name.ts';
import type { DecisionResult } from './result.ts';

export interface PlanningDependencies {
  readonly book: AccountBook;
  readonly ledger: Ledger;
  readonly now: () => number;
  readonly newDecisionId: () => DecisionId;
  readonly randomWord: () => string;
  readonly isExtensionListening: (accounts: AccountsNow) => Promise<boolean>;
}

export interface DecisionOrder<Way extends AnswerChannel = Channel> {
  readonly requests: readonly string[];
  readonly decision: Decision;
  readonly proposer: Proposer;
  /** Accounts that this face may decide for. */
  readonly mayDecide: (entry: AccountEntry) => boolean;
  /** How a person is asked about the plan, or why nobody is. */
  readonly route: (
    planned: PlannedDecision,
    accounts: AccountsNow,
    isExtensionListening: boolean,
    requests: readonly ApprovalRequest[],
  ) => Route<Way>;
  readonly signal?: AbortSignal;
}

/** A plan that waits for a person's countersignature. */
export interface PlannedDecision {
  readonly plan: Plan;
  readonly digest: PlanDigest;
  readonly effects: readonly {
    readonly request: RequestReference;
    readonly effect: Effect;
    readonly sandbox: boolean;
  }[];
  readonly findings: readonly TargetFindings[];
  readonly reach: ReachLevel;
  /** The accounts that it touches. */
  readonly accounts: readonly AccountEntry[];
}

export type Planning<Way extends AnswerChannel = Channel> =
  | {
      readonly planned: true;
      readonly decision: PlannedDecision;
      readonly channel: Way;
      /** Why it isn't the first channel that there is; `null` where it is. */
      readonly because: string | null;
    }
  | {
      readonly planned: false;
      readonly result: DecisionResult;
      /** A job is at the same request just now. */
      readonly isCarried?: true;
    };

/** Makes a decision exact, or says why it can't be; asks nobody and writes nothing. @throws SettingsError */
export async function planDecision<Way extends AnswerChannel>(
  order: DecisionOrder<Way>,
  dependencies: PlanningDependencies,
): Promise<Planning<Way>> {
  const { book, ledger, now } = dependencies;
  const accounts = await book.now();
  const references = [...new Set(order.requests)];
  const entries: { reference: RequestReference; entry: AccountEntry }[] = [];
  for (const reference of references) {
    const entry = accounts.of(reference);
    if (!entry)
      return refused(
        `${quoted(reference, 120)} names no request of a known account. A reference looks like account/id, as the queue shows it.`,
      );
    if (!order.mayDecide(entry))
      return refused(`The account "${entry.account.id}" is set so that nothing may be decided from here.`);
    entries.push({ reference: reference as RequestReference, entry });
  }
  if (new Set(entries.map(({ entry }) => entry.provider.name)).size > 1) {
    return refused('One decision covers requests of one vendor. Decide for each vendor on its own.');
  }
  const unfit = unfitForSeveral(order);
  if (unfit !== null) return refused(unfit);
  const id = dependencies.newDecisionId();
  const prepared: Prepared[] = [];
  for (const { reference, entry } of entries) {
    const parsed = parseReference(reference);
    if (!parsed) return refused('A reference looks like account/id, as the queue shows it.');
    try {
      const preparation = await entry.provider.prepare(parsed.vendorId, order.decision, id, order.signal);
      prepared.push({ reference, entry, preparation: await unlessOwn(ledger, preparation) });
    } catch (error) {
      if (!(error instanceof VendorError)) throw error;
      const one = references.length < 2 ? '' : `${reference}: `;
      return {
        planned: false,
        result: {
          decision: null,
          status: 'not-applied',
          message: `${one}${error.message} Nothing was planned, and nothing was sent.`,
          targets: [{ request: reference, status: 'not-applied', message: error.message }],
          ...(concernsAll(error) ? { concernsAll: true } : {}),
        },
      };
    }
  }
  if (new Set(prepared.map(({ preparation }) => preparation.request.reference)).size < prepared.length) {
    return refused('The same request is named twice.');
  }
  const stopped = stoppedAt(prepared);
  if (stopped) return { planned: false, result: stopped };

  const ready = prepared.flatMap(({ preparation, entry }) =>
    preparation.outcome === 'ready' ? [{ ...preparation, entry }] : [],
  );
  const plannedAt = now();
  const [first] = ready;
  if (!first) return refused('There is nothing to decide.');
  const plan: Plan = {
    version: 1,
    decision: id,
    verdict: order.decision.verdict,
    provider: first.entry.provider.name,
    targets: ready.map(({ target }) => target),
    confirmText: confirmText(
      order.decision.verdict,
      ready.map(({ request }) => request),
      dependencies.randomWord,
    ),
    settings: accounts.digest,
    plannedAt: new Date(plannedAt).toISOString(),
    expiresAt: new Date(plannedAt + accounts.settings.confirmation.expiresMinutes * 60_000).toISOString(),
  };
  const findings = ready.map(({ request, target }) =>
    targetFindings(request, target.facts, accounts.settings, plannedAt),
  );
  const forbidden = forbiddenIn(
    ready.map(({ request }) => request),
    plan.verdict,
    findings,
  );
  if (forbidden) return { planned: false, result: forbidden };
  const planned = plannedDecision(
    plan,
    ready.map(({ entry }) => entry),
    findings,
  );
  const route = order.route(
    planned,
    accounts,
    await dependencies.isExtensionListening(accounts),
    ready.map(({ request }) => request),
  );
  if (!('channel' in route)) return refused(route.message, route.refusedBy);
  if (order.signal?.aborted) return refused('The client took its call back.');
  const opened = await ledger.open(plan, planned.digest, order.proposer, route.channel);
  if (!opened.opened) {
    return { ...refused(opened.because), ...(opened.isCarried ? { isCarried: true } : {}) };
  }
  return { planned: true, decision: planned, ...route };
}

/** What is ours already needs nobody's answer. */
async function unlessOwn(ledger: Ledger, preparation: Preparation): Promise<Preparation> {
  if (preparation.outcome !== 'ready') return preparation;
  const { request, target } = preparation;
  const { assignee } = request;
  if (target.write.verdict !== 'take-ownership' || assignee === null) return preparation;
  if (!(await isOwn(ledger, target, assignee))) return preparation;
  const message = `This request is assigned to ${quoted(assignee, 100)} already, by the record this account's own user.`;
  return { outcome: 'already-handled', request, message };
}

/** A plan with what it would do, told from its writes. @param entries the accounts of its targets, in their order */
export function plannedDecision(
  plan: Plan,
  entries: readonly AccountEntry[],
  findings: readonly TargetFindings[],
): PlannedDecision {
  const effects = plan.targets.flatMap((target, index) => {
    const entry = entries[index];
    return entry
      ? [{ request: target.request, effect: entry.provider.describe(target), sandbox: entry.account.sandbox }]
      : [];
  });
  return {
    plan,
    digest: planDigest(plan),
    effects,
    findings,
    reach: widest(effects.map(({ effect }) => effect.reach.level)),
    accounts: [...new Set(entries)],
  };
}

function refused(message: string, by: 'guardrail' | 'client' = 'guardrail'): Planning<never> {
  return {
    planned: false,
    result: {
      decision: null,
      status: 'refused',
      by,
      message: `${message} Nothing was sent.`,
      targets: [],
    },
  };
}

/** One confirmation for several requests is for choices that mean the same for each of them. */
function unfitForSeveral({ requests, decision }: Pick<DecisionOrder, 'requests' | 'decision'>): string | null {
  if (new Set(requests).size < 2 || decision.verdict !== 'approve') return null;
  const { application, scope } = decision.options;
  if (application !== undefined && application.use !== 'new') {
    return 'Several requests can be approved together only with a new application for each; decide those with an existing or matching one singly.';
  }
  return typeof scope === 'object'
    ? 'Several requests can be approved together only for their computers or organizations, not for a group.'
    : null;
}

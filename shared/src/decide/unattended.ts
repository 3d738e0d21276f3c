import { type Account, type AnswerChannel, type Secret, SecretError } from '../account/index.ts';
import {
  type ApprovalRequest,
  type Attribution,
  countersignUnattended,
  type Decision,
  type DecisionId,
  isDecidable,
  isWider,
  parseReference,
  type RequestReference,
  type UnattendedCountersignature,
  type VendorId,
} from '../approval/index.ts';
import { VendorError } from '../http/index.ts';
import type { Answered, DecisionRecord, Ledger, TargetOutcome } from '../ledger/index.ts';
import type { AccountBook, AccountEntry } from '../provider/index.ts';
import { examineLine, quoted } from '../text/index.ts';
import { isApprover, requesterAs } from '../triage/index.ts';
import type { Route } from './channel.ts';
import { concernsAll } from './execute.ts';
import { stopsIn } from './findings.ts';
import type { DecisionOrder, PlannedDecision, Planning } from './plan-decision.ts';
import { LATE_MS } from './reconcile.ts';
import { type DecisionResult, endedAs, refusedHere } from './result.ts';

type Carried = Exclude<Decision, { readonly verdict: 'take-ownership' }>;

/** What a person decided in a ticket system, as a job carries it back. */
export interface UnattendedOrder {
  readonly request: string;
  readonly decision: Carried;
  /** The person, as the ticket system names them. */
  readonly countersignedBy: string;
  /** In which ticket. */
  readonly ticket: string;
  /** Of the file that the ticket showed them, where it is to be that one and no other. */
  readonly sha256?: string;
}

/** Characters of a name and of a ticket's id; the latter is as long as ThreatLocker takes one. */
export const ATTESTED_MAX = { countersignedBy: 100, ticket: 64 } as const;

export interface UnattendedDesk {
  readonly book: AccountBook;
  readonly ledger: Ledger;
  readonly now: () => number;
  /** Under which a plan is proposed. */
  readonly client: string;
  readonly secretOf: (account: Account) => Promise<Secret>;
  readonly plan: <Way extends AnswerChannel>(order: DecisionOrder<Way>) => Promise<Planning<Way>>;
  /** Takes the answer, and carries out what it confirms. */
  readonly answer: (decision: DecisionId, answered: AnsweredElsewhere, secret: Secret) => Promise<DecisionResult>;
}

type AnsweredElsewhere = Answered & { readonly countersignature: UnattendedCountersignature };

/**
 * Plans what a person decided elsewhere, countersigns it with the account's own secret, and carries it out. Nothing widens what
 * may be carried back: no approval that a `stop` speaks against, that the requester gave, that opens a server, or that reaches
 * further than the requesting computer.
 *
 * @throws SettingsError, LedgerError
 */
export async function decideUnattended(order: UnattendedOrder, desk: UnattendedDesk): Promise<DecisionResult> {
  const by = attested(order);
  if (typeof by === 'string') return refusedHere(null, by, 'client');
  const entry = (await desk.book.now()).of(order.request);
  const secret = entry && (await secretFor(entry.account, desk));
  if (secret instanceof SecretError) return { ...withoutSecret(order, secret, entry), concernsAll: true };
  const before = entry && (await deliveredBefore(order, by, entry, desk));
  if (before) return before;
  const planning = await desk.plan({
    requests: [order.request],
    decision: entry ? withTicket(order.decision, by.ticket, entry) : order.decision,
    proposer: { client: desk.client, name: `a job, for ticket ${by.ticket}` },
    mayDecide: ({ account }) => account.unattended !== undefined,
    route: (planned, _accounts, _isExtensionListening, requests) =>
      whyNotUnattended(planned, requests, { who: by.who, sha256: order.sha256?.toLowerCase() }) ?? {
        channel: 'unattended',
        because: null,
      },
  });
  if (!planning.planned) return planning.isCarried ? tryAgain(order) : planning.result;
  const { plan, digest } = planning.decision;
  // While it is planned no other job can be at the request, so that what one of them did since the first look shows now.
  const meanwhile = entry && (await deliveredBefore(order, by, entry, desk));
  if (meanwhile) {
    await desk.ledger.closePlan(plan.decision, 'refused', meanwhile.message);
    return meanwhile;
  }
  // An account that planning knows was known before; so was its secret.
  if (secret === null) return refusedHere(plan.decision, 'The account came to be known only just now.', 'guardrail');
  const countersignature = countersignUnattended(secret.reveal(), plan, digest, order.decision.verdict);
  return await desk.answer(plan.decision, { channel: 'unattended', ...by, countersignature }, secret);
}

/** Who decided and in which ticket, cleaned; or why that does not do, in a sentence. */
function attested(order: UnattendedOrder): { readonly who: string; readonly ticket: string } | string {
  const who = oneLine(order.countersignedBy, ATTESTED_MAX.countersignedBy);
  if (who === null) return wanted('the name of the person who decided', ATTESTED_MAX.countersignedBy);
  const ticket = oneLine(order.ticket, ATTESTED_MAX.ticket);
  return ticket === null ? wanted('the id of the ticket', ATTESTED_MAX.ticket) : { who, ticket };
}

/** What is cut would name another ticket, so it is not cut. */
function oneLine(text: string, max: number): string | null {
  if (/[\n\v\f\r\u0085\u2028\u2029]/u.test(text.trim())) return null;
  const { text: cleaned, cut } = examineLine(text, max);
  return cleaned === '' || cut > 0 ? null : cleaned;
}

function wanted(what: string, max: number): string {
  return `An unattended decision needs ${what}, in one line of at most ${max} characters.`;
}

async function secretFor(account: Account, { secretOf }: UnattendedDesk): Promise<Secret | SecretError> {
  try {
    return await secretOf(account);
  } catch (error) {
    if (error instanceof SecretError) return error;
    throw error;
  }
}

/** What can't be fetched now may be there next time; an account that takes none, or a secret that won't do, refuses. */
function withoutSecret({ request }: UnattendedOrder, error: SecretError, entry: AccountEntry | null): DecisionResult {
  if (entry?.account.unattended === undefined || error.kind === 'malformed') {
    return refusedHere(null, error.message, 'guardrail');
  }
  const message = `${error.message} Nothing was sent.`;
  return endedAs(null, [{ request: request as RequestReference, status: 'not-applied', message }]);
}

/** What the other job's decision comes to is not known here, and it may be this very one. */
function tryAgain({ request }: UnattendedOrder): DecisionResult {
  const message =
    'A decision on this request is being carried out by another job just now; try again. Nothing was sent by this one.';
  return endedAs(null, [{ request: request as RequestReference, status: 'unknown', message }]);
}

/** The vendor's record then names the ticket, too, where it has a place for it. */
function withTicket(decision: Carried, ticket: string, { provider }: AccountEntry): Carried {
  return decision.verdict === 'approve' && provider.capabilities.ticket
    ? { verdict: 'approve', options: { ...decision.options, ticket } }
    : decision;
}

type Refusal = Extract<Route, { readonly refusedBy: unknown }>;

/** Why no job may carry this back. Nothing ever restricts a denial. */
function whyNotUnattended(
  { plan, findings, reach, effects }: PlannedDecision,
  requests: readonly ApprovalRequest[],
  { who, sha256 }: { readonly who: string; readonly sha256: string | undefined },
): Refusal | null {
  const refused = (because: string): Refusal => ({
    refusedBy: 'guardrail',
    message: `${because} Such an approval is never carried out unattended: a person decides it in VS Code or at a terminal.`,
  });
  if (plan.verdict !== 'approve') return null;
  const [stop] = stopsIn(plan.verdict, findings);
  if (stop) return refused(stop.message);
  // That finding knows the settings' approver alone.
  const decider = { name: who, emails: [who] };
  if (requests.some(({ requester }) => requesterAs(requester, decider) !== null)) {
    return refused(`By the vendor's record ${quoted(who, ATTESTED_MAX.countersignedBy)} is the one who asked.`);
  }
  if (sha256 !== undefined && requests.some(({ subject }) => subject.sha256 !== sha256)) {
    return refused('This is not the file that was decided on in the ticket, by its SHA-256.');
  }
  if (requests.some(mayOpenServer)) {
    return refused('It would open an administrator session on a server, or on what may be a server.');
  }
  if (!isWider(reach, 'computer')) return null;
  const wide = effects.find(({ effect }) => effect.reach.level === reach);
  return refused(`${wide ? `${wide.effect.reach.sentence} ` : ''}That reaches further than the requesting computer.`);
}

/** What is done in such a session reaches everybody whom the server serves. */
function mayOpenServer({ kind, computer }: ApprovalRequest): boolean {
  return kind === 'server-session' || (kind === 'admin-session' && computer.isServer !== false);
}

/** A job delivers at least once, and nothing is written twice: what it delivered before, or may have, is not planned anew. */
async function deliveredBefore(
  { request, decision: { verdict } }: UnattendedOrder,
  { who, ticket }: { readonly who: string; readonly ticket: string },
  { provider }: AccountEntry,
  { ledger, now }: UnattendedDesk,
): Promise<DecisionResult | null> {
  const parsed = parseReference(request);
  if (parsed === null) return null;
  const tenant = await provider.fingerprint().catch((error: unknown) => {
    if (error instanceof VendorError) return error;
    throw error;
  });
  const same: DecisionRecord[] = [];
  for (const decision of await ledger.confirmedFor(ticket)) {
    const record = await ledger.read(decision);
    if (record === null) return refusedHere(null, notAsJournaled(decision, ticket), 'guardrail');
    // What is unclear is told by its text alone where the vendor tells no tenant.
    const isSame = record.plan.targets.some((target) =>
      tenant instanceof VendorError
        ? target.request === request
        : target.fingerprint === tenant && isOfId(target.request, parsed.vendorId),
    );
    if (isSame && record.plan.verdict === verdict) same.push(record);
  }
  const unclear = same.find((record) => record.outcomes.some((outcome) => isOpenYet(outcome, record, now())));
  if (unclear) {
    const message = `This was sent for this ticket before, by decision ${unclear.plan.decision}, and what became of it is not clear yet. Nothing was sent by this one.`;
    return endedAs(null, [{ request: request as RequestReference, status: 'unknown', message }]);
  }
  if (tenant instanceof VendorError) return notRead(request, tenant);
  // Whoever decides after them in the same ticket is heard, too: the vendor may want several approvers.
  const done = same.find(
    ({ answered, outcomes }) =>
      isApprover(answered?.who ?? '', { name: who, emails: [] }) && outcomes.some(({ status }) => status === 'applied'),
  );
  if (!done) return null;
  try {
    const { request: now } = await provider.get(parsed.vendorId);
    const attribution: Attribution = provider.attribute(now, done.plan.decision);
    // Who decided is told by the vendor alone, and then it was not this.
    if (attribution === 'other') return null;
    const by = now.decided?.by ?? null;
    const message = `This was carried out for this ticket before, by decision ${done.plan.decision}; the request is ${now.status} now. Nothing was sent by this one.`;
    return {
      ...endedAs(null, [
        {
          request: now.reference,
          status: 'already-handled',
          attribution,
          message,
          ...(by ? { decidedBy: by } : {}),
          ...(isDecidable(now) ? { stillWaits: true } : {}),
        },
      ]),
      carriedOut: done.plan.decision,
    };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    return notRead(request, error);
  }
}

function notRead(request: string, error: VendorError): DecisionResult {
  const message = `${error.message} Nothing was sent.`;
  const result = endedAs(null, [{ request: request as RequestReference, status: 'not-applied', message }]);
  return { ...result, ...(concernsAll(error) ? { concernsAll: true } : {}) };
}

/** GUIDs don't tell upper from lower case. */
function isOfId(request: RequestReference, vendorId: VendorId): boolean {
  return parseReference(request)?.vendorId.toLowerCase() === vendorId.toLowerCase();
}

function notAsJournaled(decision: DecisionId, ticket: string): string {
  return `Decision ${decision} was confirmed for ticket ${quoted(ticket, ATTESTED_MAX.ticket)} before, and the ledger's tables no longer say of it what its journal says: they were changed by hand. So it is not told whether this was carried out, and nothing was sent. Read what the journal says (countersign journal export); then a person decides it in VS Code or at a terminal.`;
}

/** What was read since would have settled it, unless it can't be read, or is late. */
function isOpenYet({ status, mayStillApply }: TargetOutcome, { plan }: DecisionRecord, time: number): boolean {
  return status === 'unknown' || (mayStillApply === true && time < Date.parse(plan.plannedAt) + 2 * LATE_MS);
}

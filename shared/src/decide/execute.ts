import { SettingsError } from '../account/index.ts';
import {
  type ApprovalRequest,
  changedFacts,
  type DecisionStatus,
  isDecidable,
  isHandled,
  type Plan,
  type PlanTarget,
} from '../approval/index.ts';
import { VendorError } from '../http/index.ts';
import { type Ledger, LedgerError, type TargetOutcome } from '../ledger/index.ts';
import type { AccountBook, Provider } from '../provider/index.ts';
import { cleanLine } from '../text/index.ts';
import { ownName } from './own-name.ts';
import { isUnclear } from './result.ts';
import type { Sent } from './verification.ts';
import { verify } from './verify.ts';

export interface ExecutionDependencies {
  readonly book: AccountBook;
  readonly ledger: Ledger;
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
  readonly verifyDelays: readonly number[];
}

export interface Executed {
  readonly outcomes: readonly TargetOutcome[];
  /** What failed in a way that concerns every decision on the account; `null`: nothing did. */
  readonly stopped: VendorError | null;
}

/** Whether a call failed in a way in which all of the account's would: its secret is refused, or its quota used up. */
export function concernsAll({ kind }: VendorError): boolean {
  return kind === 'auth' || kind === 'rate-limited';
}

/**
 * Carries out a confirmed plan, one target after the other. One that fails doesn't stop the others, unless it would fail
 * them all.
 */
export async function executePlan(plan: Plan, dependencies: ExecutionDependencies): Promise<Executed> {
  const outcomes: TargetOutcome[] = [];
  let stopped: VendorError | null = null;
  const onFailure = (error: VendorError) => {
    if (concernsAll(error)) stopped = error;
  };
  for (const target of plan.targets) {
    outcomes.push(
      stopped === null
        ? await executeTarget(plan, target, { ...dependencies, onFailure })
        : await recorded(dependencies.ledger, plan, notBegun(target, stopped)),
    );
  }
  return { outcomes, stopped };
}

function notBegun(target: PlanTarget, { message }: VendorError): TargetOutcome {
  return nothingSent(target, 'not-applied', whyNotBegun(message));
}

/** Said of what comes after a call that failed in a way that concerns all. */
export function whyNotBegun(failure: string): string {
  return `Not begun, because an earlier one failed in a way that concerns all: ${failure}`;
}

interface TargetDependencies extends ExecutionDependencies {
  /** Told of each call that failed. */
  readonly onFailure: (error: VendorError) => void;
}

/**
 * Carries out one target of a confirmed plan: everything is read and compared again, the intent is recorded, the write is
 * sent once as it was planned, and what became of it is read from the vendor.
 */
async function executeTarget(plan: Plan, target: PlanTarget, dependencies: TargetDependencies): Promise<TargetOutcome> {
  const { ledger } = dependencies;
  try {
    return await ledger.exclusively(target.fingerprint, target.request, async () => {
      const outcome = await attempt(plan, target, dependencies);
      return await recorded(ledger, plan, outcome);
    });
  } catch (error) {
    // Thrown before the write, by whatever has to be on record before it. Recorded if that works again, lest it stand open.
    if (error instanceof LedgerError)
      return await recorded(ledger, plan, nothingSent(target, 'refused', error.message));
    throw error;
  }
}

function mayHaveArrived(outcome: TargetOutcome): boolean {
  return outcome.status === 'applied' || isUnclear(outcome);
}

/** What happened has happened, so it is told even if it can't be recorded. */
async function recorded(ledger: Ledger, plan: Plan, outcome: TargetOutcome): Promise<TargetOutcome> {
  try {
    await ledger.finish(plan.decision, outcome);
    return outcome;
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    const again = mayHaveArrived(outcome)
      ? ' Do not decide it again for that: it is looked up once this is mended.'
      : '';
    return {
      ...outcome,
      message: `${outcome.message} The journal could not take this outcome: ${error.message}${again}`,
    };
  }
}

async function attempt(plan: Plan, target: PlanTarget, dependencies: TargetDependencies): Promise<TargetOutcome> {
  const { book, ledger, now, wait, verifyDelays, onFailure } = dependencies;
  const checked = await preflight(plan, target, book);
  if ('outcome' in checked) {
    if (checked.error) onFailure(checked.error);
    return checked.outcome;
  }
  const { provider, before } = checked;
  const tooLate = outOfTime(plan, target, now());
  if (tooLate) return tooLate;
  if (!(await ledger.begin(plan.decision, target.request))) {
    return nothingSent(target, 'refused', 'This decision was begun before, and none is carried out twice.');
  }
  let late: TargetOutcome | null = null;
  // Asked last of all, when the call has its turn and its secret, because both may have taken time.
  const beforeItLeaves = () => {
    late = outOfTime(plan, target, now());
    if (late) throw new VendorError('cancelled', late.message, { neverSent: true });
  };
  const sent = await provider.send(target.write, beforeItLeaves).then(
    (): Sent => ({ accepted: true }),
    (error: unknown): Sent => ({ accepted: false, error: asVendorError(error) }),
  );
  if (late) return late;
  if (!sent.accepted) onFailure(sent.error);
  return await verify({
    provider,
    id: before.vendorId,
    target,
    decision: plan.decision,
    verdict: plan.verdict,
    before,
    sent,
    ownName: () => ownName(ledger, target),
    wait,
    delays: verifyDelays,
  });
}

/** Said of a plan that lies in the future: its time can't be relied on. */
export const CLOCK_WENT_BACK = "This computer's clock went back behind the planning. Set it right, and decide it anew.";

/** Why the plan's time doesn't allow it to be carried out now. */
function outOfTime(plan: Plan, target: PlanTarget, time: number): TargetOutcome | null {
  if (time >= Date.parse(plan.expiresAt)) {
    return nothingSent(target, 'expired', 'The confirmation came, but the plan has run out meanwhile.');
  }
  if (time >= Date.parse(plan.plannedAt)) return null;
  return nothingSent(target, 'refused', CLOCK_WENT_BACK);
}

type Preflight =
  | { readonly provider: Provider; readonly before: ApprovalRequest }
  | { readonly outcome: TargetOutcome; readonly error?: VendorError };

/** Reads everything again that the decision rests on; sends nothing. */
export async function preflight(plan: Plan, target: PlanTarget, book: AccountBook): Promise<Preflight> {
  const stop = (status: DecisionStatus, message: string): Preflight => ({
    outcome: nothingSent(target, status, message),
  });
  // What a person confirms is told by the plan's verdict, and what is sent is the write.
  if (target.write.verdict !== plan.verdict) {
    return stop('refused', 'What it would send is not what it says that it is. It was not planned here.');
  }
  const accounts = await book.now().catch(asSettingsError);
  if (accounts instanceof SettingsError)
    return stop('refused', `The settings can't be read any more: ${accounts.message}`);
  const entry = accounts.of(target.request);
  if (!entry) return stop('refused', 'The account is no longer in the accounts file.');
  if (accounts.digest !== plan.settings)
    return stop('refused', 'The settings changed since this was planned. Decide it anew.');
  const { provider } = entry;
  if (!provider.makes(target)) {
    return stop(
      'refused',
      'What it would send is none that Countersign makes for this request. It was not planned here.',
    );
  }
  try {
    if ((await provider.fingerprint()) !== target.fingerprint) {
      return stop('refused', 'The account points at another tenant now than when this was planned. Decide it anew.');
    }
    const { request: before, facts } = await provider.recheck(target);
    if (isHandled(before.status)) return { outcome: handledMeanwhile(target, before) };
    if (!isDecidable(before))
      return stop('refused', `Its status is now ${before.status}, which is not known to be open.`);
    const changed = changedFacts(target.facts, facts);
    if (changed.length > 0) {
      return stop('refused', `Since this was planned, ${changed.join(' and ')} changed. Look at the request again.`);
    }
    return { provider, before };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    const message = `The request could not be read again before the decision: ${error.message}`;
    return { outcome: nothingSent(target, 'not-applied', message), error };
  }
}

function nothingSent(target: PlanTarget, status: DecisionStatus, message: string): TargetOutcome {
  const by = status === 'refused' ? ({ by: 'guardrail' } as const) : {};
  return { request: target.request, status, ...by, message: `${message} Nothing was sent.` };
}

function handledMeanwhile(target: PlanTarget, before: ApprovalRequest): TargetOutcome {
  const by = before.decided?.by ? cleanLine(before.decided.by, 100) : null;
  return {
    ...nothingSent(target, 'already-handled', `It is ${before.status} already${by ? `, by ${by}` : ''}.`),
    ...(by ? { decidedBy: by } : {}),
    attribution: 'other',
  };
}

export function asSettingsError(error: unknown): SettingsError {
  if (error instanceof SettingsError) return error;
  throw error;
}

/** Whatever went wrong while sending, the write may have left, so the request has to be read again. */
function asVendorError(error: unknown): VendorError {
  return error instanceof VendorError
    ? error
    : new VendorError('network', 'The call failed in a way that was not foreseen.', { cause: error });
}

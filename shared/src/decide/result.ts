import type { AnswerChannel } from '../account/index.ts';
import type { ApproveOptions, DecisionId, DecisionStatus, Plan, Reach, RequestReference } from '../approval/index.ts';
import { type DecisionRecord, type LedgerError, overallStatus, type TargetOutcome } from '../ledger/index.ts';
import type { Judgement } from './judge.ts';

export interface TargetChoice {
  readonly request: RequestReference;
  readonly label: string;
  readonly options: ApproveOptions;
  readonly reach: Reach;
}

/** Where a decision stands, for every face. */
export interface DecisionResult {
  /** `null` when nothing was planned. */
  readonly decision: DecisionId | null;
  readonly status: DecisionStatus;
  /** Who refused, where somebody did. */
  readonly by?: 'guardrail' | 'vendor' | 'client';
  readonly message: string;
  readonly targets: readonly TargetOutcome[];
  readonly choices?: readonly TargetChoice[];
  /** The journal's head after it, as `headText` writes it: kept elsewhere, it proves later that nothing was cut off. */
  readonly journal?: string;
  /** It failed in a way in which every decision on its account would. */
  readonly concernsAll?: true;
  /** The decision that carried the very same out for the same ticket before. */
  readonly carriedOut?: DecisionId;
}

export const NO_SUCH_DECISION = 'There is no such decision in this ledger.';

export function endedAs(
  decision: DecisionId | null,
  targets: readonly TargetOutcome[],
  message?: string,
): DecisionResult {
  const status = overallStatus(targets);
  const by = status === 'refused' ? targets.find((target) => target.by)?.by : undefined;
  return { decision, status, ...(by ? { by } : {}), message: message ?? messageFor(targets), targets };
}

function messageFor(targets: readonly TargetOutcome[]): string {
  const [only, ...others] = targets;
  if (only && others.length === 0) return only.message;
  const unclear = targets.filter(isUnclear).length;
  const handled = countOf(targets, 'already-handled');
  return [
    `${countOf(targets, 'applied')} of ${targets.length} were carried out.`,
    ...(unclear > 0 ? [`Unclear: ${unclear}; look at ${unclear === 1 ? 'it' : 'them'} in the portal.`] : []),
    ...(handled > 0 ? [`Handled already: ${handled}.`] : []),
  ].join(' ');
}

function countOf(targets: readonly TargetOutcome[], status: DecisionStatus): number {
  return targets.filter((target) => target.status === status).length;
}

/** Whether the write may have taken effect, or may yet, and nothing tells. */
export function isUnclear({ status, mayStillApply }: Pick<TargetOutcome, 'status' | 'mayStillApply'>): boolean {
  return status === 'unknown' || mayStillApply === true;
}

/** Nothing was planned, or nothing came of it: a sentence says why. */
export function refusedHere(decision: DecisionId | null, reason: string, by: 'guardrail' | 'client'): DecisionResult {
  return { decision, status: 'refused', by, message: `${reason} Nothing was sent.`, targets: [] };
}

/** An answer that confirmed nothing. */
export function nothingDone(
  plan: Plan,
  { answer, by, message: reason }: Exclude<Judgement, { readonly answer: 'confirmed' }>,
): DecisionResult {
  return endedWithout(plan, answer, reason, by);
}

function endedWithout(
  { decision, targets }: Plan,
  status: 'refused' | 'declined' | 'expired',
  reason: string,
  by: 'guardrail' | 'client',
): DecisionResult {
  const refusedBy = status === 'refused' ? { by } : {};
  const message = `${reason} Nothing was sent.`;
  return {
    decision,
    status,
    ...refusedBy,
    message,
    targets: targets.map(({ request }) => ({ request, status, ...refusedBy, message })),
  };
}

/** How a decision ended, as the ledger has it; `null` while it has not. */
export function standingOf({ plan, phase, outcomes, closedBecause, answered }: DecisionRecord): DecisionResult | null {
  if (outcomes.length === plan.targets.length) return endedAs(plan.decision, outcomes);
  switch (phase) {
    case 'declined':
      return endedWithout(
        plan,
        phase,
        `The proposal was rejected${answered ? ` by ${answered.who}` : ''}; the request is neither approved nor denied by it.`,
        'client',
      );
    case 'refused':
    case 'expired':
      return endedWithout(plan, phase, closedBecause ?? 'It came to nothing.', answered ? 'guardrail' : 'client');
    default:
      return null;
  }
}

/** A plan that a person has not answered yet. */
export function awaiting({ decision, targets, expiresAt }: Plan, channel: AnswerChannel): DecisionResult {
  const status = 'awaiting-confirmation';
  const where: Readonly<Record<AnswerChannel, string>> = {
    extension: 'in the editor, where the question is shown',
    // Some clients drop their form when the call that asked has ended.
    elicitation: `in the assistant's client, where the question is shown, or at a terminal, with: countersign confirm ${decision}`,
    terminal: `at a terminal, with: countersign confirm ${decision}`,
    unattended: 'in the ticket system, from where a job carries the answer back',
  };
  const message = `Nothing was sent yet. A person has to answer it ${where[channel]}. It can be answered until ${expiresAt}.`;
  return {
    decision,
    status,
    message,
    targets: targets.map(({ request }) => ({ request, status, message: 'It waits for a person.' })),
  };
}

/** Nobody has answered it, and the ledger takes no word that nobody is to. */
export function notClosed({ plan, channel }: DecisionRecord, { message }: LedgerError): DecisionResult {
  return {
    ...awaiting(plan, channel),
    message: `${message} Nothing was sent; the plan could not be closed, and ends by itself at ${plan.expiresAt}.`,
  };
}

/** The ledger can't be read, so nothing can be said of the decision. */
export function notTold(decision: DecisionId, { message }: LedgerError): DecisionResult {
  return {
    decision,
    status: 'unknown',
    message: `${message} So it is not known where this decision stands. Do not decide it again for that; look it up once this is mended.`,
    targets: [],
  };
}

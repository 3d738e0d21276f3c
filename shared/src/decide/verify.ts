import { type ApprovalRequest, type Attribution, isDecidable, isHandled, type Verdict } from '../approval/index.ts';
import { VendorError } from '../http/index.ts';
import type { TargetOutcome } from '../ledger/index.ts';
import { cleanLine } from '../text/index.ts';
import { outcome, type Verification } from './verification.ts';
import { ownershipOutcome, stillAssigned } from './verify-ownership.ts';

/** Milliseconds before each reading: a change may show late, and a broken connection may come back. */
export const VERIFY_DELAYS_MS = [0, 1000, 3000] as const;

const DONE: Readonly<Record<Verdict, string>> = { approve: 'approved', deny: 'denied', 'take-ownership': 'taken over' };

/** Reads the request again and says what became of it. Only the vendor's record counts, not its answer to the write. */
export async function verify(verification: Verification): Promise<TargetOutcome> {
  let after: ApprovalRequest | null = null;
  for (const delay of verification.delays) {
    if (delay > 0) await verification.wait(delay);
    try {
      after = (await verification.provider.get(verification.id)).request;
    } catch (error) {
      if (!(error instanceof VendorError)) throw error;
      continue;
    }
    const found =
      verification.verdict === 'take-ownership'
        ? await ownershipOutcome(verification, after)
        : settled(verification, after);
    if (found) return found;
    // What the vendor refused outright won't show later.
    if (!verification.sent.accepted && verification.sent.error.isDefiniteRefusal) break;
  }
  return after === null ? unreadable(verification) : stillWaiting(verification, after);
}

function settled(verification: Verification, after: ApprovalRequest): TargetOutcome | null {
  const { verdict, sent } = verification;
  const wanted = verdict === 'approve' ? 'approved' : 'denied';
  if (after.status === wanted) {
    const attribution = attributionOf(verification, after);
    if (attribution === 'other') {
      return outcome(verification, 'already-handled', `Somebody else ${DONE[verdict]} it first.`, after, attribution);
    }
    // Nothing says that the write arrived, and nothing that it was this one; so it is not claimed.
    return attribution === 'unproven' && !sent.accepted
      ? outcome(verification, 'already-handled', unclaimedMessage(verification), after, attribution)
      : outcome(verification, 'applied', appliedMessage(verification, attribution), after, attribution);
  }
  if (after.status === 'expired') {
    const message = `It has expired at the vendor. ${changedBefore(verification)}`;
    return outcome(verification, 'already-handled', message, after);
  }
  if (isHandled(after.status)) {
    return outcome(
      verification,
      'already-handled',
      `It is ${after.status} now, by another decision. ${changedBefore(verification)}`,
      after,
      'other',
    );
  }
  if (isRecordedForTier(verification, after)) {
    const message = `Recorded for this tier; the request now waits for approval tier ${after.tiers?.pending ?? 'after it'}.`;
    return { ...outcome(verification, 'applied', message, after), stillWaits: true };
  }
  return null;
}

/** An approval may have taken effect and been undone since, or have run out; nothing in the record would tell. */
function changedBefore({ sent }: Verification): string {
  return !sent.accepted && (sent.error.isDefiniteRefusal || sent.error.neverSent)
    ? 'This one changed nothing.'
    : 'Whether this one took effect before that is not known; look in the portal.';
}

/** Approved, but not by enough people: it still waits, with our mark on it or with one tier more than before. */
function isRecordedForTier(
  { provider, decision, verdict, sent, before }: Verification,
  after: ApprovalRequest,
): boolean {
  if (verdict !== 'approve') return false;
  if (provider.attribute(after, decision) === 'ours') return true;
  return sent.accepted && (after.tiers?.approved ?? 0) > (before?.tiers?.approved ?? Number.POSITIVE_INFINITY);
}

/** What the vendor refused outright was done by somebody else, if it was done. */
function attributionOf({ provider, decision, sent }: Verification, after: ApprovalRequest): Attribution {
  const attribution = provider.attribute(after, decision);
  if (sent.accepted || !sent.error.isDefiniteRefusal) return attribution;
  // The same person may have decided in the portal a moment before: only a mark would say that it was this decision.
  return attribution === 'ours' && provider.capabilities.mark ? 'ours' : 'other';
}

function appliedMessage({ verdict }: Verification, attribution: Attribution): string {
  return attribution === 'ours'
    ? `The request is ${DONE[verdict]}.`
    : `The request is ${DONE[verdict]}. The vendor's record does not prove by whom.`;
}

function unclaimedMessage({ verdict, sent }: Verification): string {
  const why = sent.accepted ? '' : `${sent.error.message} `;
  return `${why}The request is ${DONE[verdict]} now, and the vendor's record does not show that this decision did it.`;
}

function stillWaiting(verification: Verification, after: ApprovalRequest): TargetOutcome {
  const { sent, verdict } = verification;
  if (!isDecidable(after)) {
    const status = cleanLine(after.status, 40);
    return outcome(
      verification,
      'unknown',
      `The vendor now calls its status ${status}, which is not known to mean approved, denied or open. Look in the portal; it is not sent a second time.`,
      after,
    );
  }
  if (!sent.accepted && sent.error.isDefiniteRefusal) {
    return { ...outcome(verification, 'refused', `${sent.error.message} Nothing was changed.`, after), by: 'vendor' };
  }
  const why = sent.accepted ? 'The vendor took the call, yet' : `${sent.error.message} When read again,`;
  const stands = verdict === 'take-ownership' ? stillAssigned(after) : 'the request still waits';
  if (verification.isLate)
    return outcome(verification, 'not-applied', `${why} ${stands}. It was sent once only.`, after);
  const message = `${why} ${stands}. It was not sent a second time, and may still take effect: look at the request again in a few minutes, before anything else is decided on it.`;
  return { ...outcome(verification, 'not-applied', message, after), mayStillApply: true };
}

function unreadable({ target, sent, verdict }: Verification): TargetOutcome {
  if (!sent.accepted && sent.error.neverSent) {
    return { request: target.request, status: 'not-applied', message: `${sent.error.message} Nothing was sent.` };
  }
  const how = sent.accepted ? 'The vendor took the call.' : sent.error.message;
  return {
    request: target.request,
    status: 'unknown',
    message: `${how} The request could not be read again, so it is unknown whether it was ${verdict === 'take-ownership' ? DONE[verdict] : 'decided'}. Look at it in the portal; it is not sent a second time.`,
  };
}

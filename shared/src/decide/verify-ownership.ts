import { type ApprovalRequest, isHandled } from '../approval/index.ts';
import type { TargetOutcome } from '../ledger/index.ts';
import { quoted } from '../text/index.ts';
import { isSameName } from './own-name.ts';
import { outcome, type Verification } from './verification.ts';

/**
 * What became of a taking of ownership, by who has the request now; `null` while it shows nothing. No vendor tells who calls,
 * so that a name proves something only beside a decision's mark, or where such a mark was found with it before.
 */
export async function ownershipOutcome(
  verification: Verification,
  after: ApprovalRequest,
): Promise<TargetOutcome | null> {
  const { provider, decision, target, sent } = verification;
  if (isHandled(after.status)) {
    return outcome(verification, 'already-handled', `It is ${after.status} now, so nothing is left to take.`, after);
  }
  const { assignee } = after;
  const isTaken = assignee !== null && (after.assigneeId ?? assignee) !== target.facts.assignee;
  if (provider.attribute(after, decision) === 'ours') {
    const who = assignee === null ? 'nobody' : quoted(assignee, 100);
    const message = `The request was taken over; it is assigned to ${who} now.`;
    return outcome(verification, 'applied', message, after, 'ours', assignee);
  }
  // What the vendor refused outright changed nothing, whoever has it now.
  if (!isTaken || (!sent.accepted && sent.error.isDefiniteRefusal)) return null;
  const who = quoted(assignee, 100);
  if (isSameName(assignee, await verification.ownName())) {
    const message = `The request is assigned to ${who} now, the name of this account's own user in the vendor's record.`;
    return outcome(verification, 'applied', message, after, 'ours', assignee);
  }
  if (sent.accepted) {
    const message = `The vendor took the call, and the request is assigned to ${who} now. Its record does not prove that this is the account's own user.`;
    return outcome(verification, 'applied', message, after, 'unproven', assignee);
  }
  const message = `${sent.error.message} The request is assigned to ${who} now, and the vendor's record does not show whether this decision did it. Look in the portal; it is not sent a second time.`;
  // A write that is late may yet take it from whoever took it first.
  return { ...outcome(verification, 'already-handled', message, after, 'unproven', assignee), mayStillApply: true };
}

/** Whose it still is, for a sentence. */
export function stillAssigned({ assignee }: ApprovalRequest): string {
  return assignee === null ? 'nobody has the request' : `the request is still assigned to ${quoted(assignee, 100)}`;
}

import { type Aftermath, Status, type StoredThreatLockerRequest } from './model.ts';
import { type ThreatLockerState, wireTime } from './state.ts';

/** One tier's approval. True when it was the last tier: only then the request leaves the queue. */
export function approve(state: ThreatLockerState, request: StoredThreatLockerRequest, by: string): boolean {
  request.approvals.push(by);
  if (request.approvals.length < request.tiersNeeded) return false;
  request.statusId = Status.approved; // seen live: 1 → 4
  request.approvedBy = by;
  request.actionDate = wireTime(state.now());
  return true;
}

/** Status 10 is "Ignored/Rejected" (KB); who rejected stands where an approver would. */
export function reject(
  state: ThreatLockerState,
  request: StoredThreatLockerRequest,
  by: string,
  aftermath: Aftermath | null,
): void {
  request.statusId = Status.rejected;
  request.approvedBy = by;
  request.actionDate = wireTime(state.now());
  request.aftermath = aftermath;
}

import type { DecisionId, VendorWrite, Verdict } from '../../approval/index.ts';

/** The only addresses that anything is ever written to, by verdict. `AuthorizeForPermitById` approves too, and is not among them. */
export const WRITE_PATHS: Readonly<Record<Verdict, string>> = {
  approve: '/portalapi/ApprovalRequest/ApprovalRequestPermitApplication',
  deny: '/portalapi/ApprovalRequest/ApprovalRequestUpdateForReject',
  'take-ownership': '/portalapi/ApprovalRequest/ApprovalRequestUpdateForTakeOwnership',
};

/** Ends every comment that we leave with a request, so that the vendor's own record proves whose decision it was. */
export function markOf(decision: DecisionId): string {
  return `[countersign ${decision}]`;
}

export function isOwnAddress(write: VendorWrite): boolean {
  return write.method === 'POST' && write.path === WRITE_PATHS[write.verdict];
}

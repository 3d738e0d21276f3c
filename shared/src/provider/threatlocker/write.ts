import {
  type DecisionId,
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type VendorWrite,
  type Verdict,
} from '../../approval/index.ts';

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

/** A comment without the mark that ends it. */
export function withoutMark(comment: string): string {
  return comment.replace(/ ?\[countersign [\w-]+\]$/, '');
}

/** Whether address and body are those of the verdict: the last look before a write leaves. */
export function fitsItsVerdict(write: VendorWrite): boolean {
  if (write.method !== 'POST' || write.path !== WRITE_PATHS[write.verdict]) return false;
  const body = objectIn(write.body);
  if (body === null) return false;
  const denied = body['approvalRequestDtos'];
  switch (write.verdict) {
    case 'approve':
      return (
        isJsonObject(body['approvalRequest']) && isJsonObject(body['matchingApplications']) && denied === undefined
      );
    case 'deny':
      return (
        isJsonArray(denied) &&
        denied.length === 1 &&
        body['allowedApprovalRequestDtos'] === null &&
        body['deniedApprovalRequestDtos'] === null
      );
    case 'take-ownership':
      return typeof body['approvalRequestId'] === 'string' && denied === undefined;
    default:
      return write.verdict satisfies never;
  }
}

function objectIn(text: string | null): JsonObject | null {
  try {
    const body: unknown = text === null ? null : JSON.parse(text);
    return isJsonObject(body) ? body : null;
  } catch {
    return null;
  }
}

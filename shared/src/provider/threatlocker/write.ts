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

/** The body of a write whose address and body are those of its verdict; `null` for every other one. */
export function bodyOf(write: VendorWrite): JsonObject | null {
  if (write.method !== 'POST' || write.path !== WRITE_PATHS[write.verdict]) return null;
  const body = objectIn(write.body);
  return body !== null && isOf(write.verdict, body) ? body : null;
}

function isOf(verdict: Verdict, body: JsonObject): boolean {
  const denied = body['approvalRequestDtos'];
  switch (verdict) {
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
      return verdict satisfies never;
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

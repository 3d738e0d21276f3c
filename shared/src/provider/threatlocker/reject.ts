import type { DenyOptions, JsonObject, VendorWrite } from '../../approval/index.ts';
import { examineBlock } from '../../text/index.ts';
import { WRITE_PATHS } from './write.ts';

/** The words of a denial as they are shown and sent. */
export interface Denial {
  readonly reason: string;
  /** `null`: the requester is sent no message. */
  readonly notify: string | null;
}

const LONGEST = 1000;

/** The words as they will be sent, nothing hidden in them; `null` when they are too long to be sent whole. */
export function denialOf({ reason, notify = '' }: DenyOptions): Denial | null {
  const [why, message] = [examineBlock(reason, LONGEST, LONGEST), examineBlock(notify, LONGEST, LONGEST)];
  return why.cut > 0 || message.cut > 0 ? null : { reason: why.text, notify: message.text || null };
}

/**
 * The one place where a denial is built: exactly one request, no list of allowed ones. The vendor documents no word for
 * `type`; a client that others use sends "reject". `rejectReason` is deprecated and kept for older servers.
 */
export function rejectWrite(
  approvalRequest: JsonObject,
  organization: string,
  { reason, notify }: Denial,
  mark: string,
): VendorWrite {
  const body: JsonObject = {
    approvalRequestDtos: [{ ...approvalRequest, comments: withMark(approvalRequest, mark) }],
    type: 'reject',
    ignoreSubject: '',
    ignoreReason: '',
    responseSubject: 'Your request was denied',
    responseReason: notify ?? reason,
    rejectReason: reason,
    isVDI: false,
    notifyOnIgnore: false,
    notifyOnResponse: notify !== null,
    usingCustomApprovals: false,
    allowedApprovalRequestDtos: null,
    deniedApprovalRequestDtos: null,
  };
  return {
    verdict: 'deny',
    method: 'POST',
    path: WRITE_PATHS.deny,
    organizationId: organization,
    body: JSON.stringify(body),
  };
}

/**
 * TakeOwnership wants the whole record back. The mark goes with it like with every other write; whether the vendor keeps a
 * comment that comes this way is not documented.
 */
export function ownershipWrite(approvalRequest: JsonObject, organization: string, mark: string): VendorWrite {
  return {
    verdict: 'take-ownership',
    method: 'POST',
    path: WRITE_PATHS['take-ownership'],
    organizationId: organization,
    body: JSON.stringify({ ...approvalRequest, comments: withMark(approvalRequest, mark) }),
  };
}

/** Comments overwrite what the request holds, so what it holds is said again. */
function withMark({ comments }: JsonObject, mark: string): string {
  return [comments, mark].filter((part) => typeof part === 'string' && part !== '').join(' ');
}

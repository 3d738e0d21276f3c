import type { DenyOptions, VendorId, VendorWrite } from '../../approval/index.ts';
import { cleanBlock, examineBlock } from '../../text/index.ts';
import { query } from './paths.ts';

/** The one place where a denial is made. It is a DELETE, because to the vendor every PUT approves. */
export function denyWrite(id: VendorId, reason: string, approverEmail: string | undefined): VendorWrite {
  return {
    verdict: 'deny',
    method: 'DELETE',
    path: `/requests/${id}${query({ reason, deniedby: approverEmail })}`,
    organizationId: null,
    body: null,
  };
}

/** IIS, which serves the vendor's API, refuses a longer query unless it is told otherwise (requestLimits maxQueryString). */
const LONGEST_QUERY = 2_048;

export type DenyReason = { readonly reason: string } | { readonly refusal: string };

/** The reason as it will be sent: nothing hidden in it, and whole. */
export function denyReason(options: DenyOptions, approverEmail: string | undefined): DenyReason {
  if (options.notify !== undefined) {
    return {
      refusal:
        'A denial in Admin By Request has no separate message to the requester, who gets the reason by e-mail: leave out "notify".',
    };
  }
  const { cut } = examineBlock(options.reason, LONGEST_QUERY);
  const reason = cleanBlock(options.reason, LONGEST_QUERY);
  if (reason === '') {
    return { refusal: 'A denial needs a reason, which the requester gets by e-mail.' };
  }
  const length = query({ reason, deniedby: approverEmail }).length;
  if (cut > 0 || length > LONGEST_QUERY) {
    return {
      refusal: `The reason is too long. It travels in the address, which holds ${LONGEST_QUERY} characters once encoded, and letters beyond ASCII take up to twelve. Shorten it.`,
    };
  }
  return { reason };
}

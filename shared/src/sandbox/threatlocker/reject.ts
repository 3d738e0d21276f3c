import { emptyReply } from '../reply.ts';
import type { Bound } from './binding.ts';
import { approve, reject } from './decide.ts';
import { boundBody, type Endpoint, type EndpointCall } from './endpoint.ts';
import type { StoredThreatLockerRequest } from './model.ts';
import { opaque } from './refusals.ts';
import { rejectShape } from './shapes/parameters.ts';
import { findOpenRequest, requireApprovalOfAnyKind } from './single.ts';

type RejectBody = Bound<typeof rejectShape>;
type Rows = RejectBody['approvalRequestDtos'];

/**
 * POST ApprovalRequestUpdateForReject (and the deprecated …ForIgnore, which ends in the same status). It is a bulk
 * call, and `allowedApprovalRequestDtos` would approve what it lists: nobody has seen that live, so the sandbox takes
 * the name at its word.
 */
export const updateForReject: Endpoint = (endpoint) => {
  const { state, caller, call } = endpoint;
  const { value: body } = boundBody(call, rejectShape);
  const allowed = open(endpoint, body.allowedApprovalRequestDtos);
  const denied = [...open(endpoint, body.approvalRequestDtos), ...open(endpoint, body.deniedApprovalRequestDtos)];
  if (allowed.length + denied.length === 0) throw opaque('no request is listed');
  for (const { request } of allowed) approve(state, request, caller.user.name);
  for (const { request, comments } of denied) {
    if (comments !== null) request.comments = comments;
    reject(state, request, caller.user.name, {
      kind: 'rejected',
      rejectReason: body.rejectReason ?? '',
      notified: notification(body),
    });
  }
  return { reply: emptyReply(200), effect: 'applied' };
};

/** The message to the requester; sent only if asked for. */
export function notification(body: {
  readonly notifyOnResponse: boolean;
  readonly responseSubject: string | null;
  readonly responseReason: string | null;
}): { subject: string; reason: string } | null {
  return body.notifyOnResponse ? { subject: body.responseSubject ?? '', reason: body.responseReason ?? '' } : null;
}

function open(
  endpoint: EndpointCall,
  rows: Rows,
): { readonly request: StoredThreatLockerRequest; readonly comments: string | null }[] {
  return (rows ?? []).map((row) => {
    const request = findOpenRequest(endpoint, row.approvalRequestId);
    requireApprovalOfAnyKind(endpoint, request);
    return { request, comments: row.comments };
  });
}

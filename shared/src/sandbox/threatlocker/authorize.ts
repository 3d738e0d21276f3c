import { member, textMember } from '../json.ts';
import { emptyReply } from '../reply.ts';
import { approve } from './decide.ts';
import { boundBody, type Endpoint, jsonBody } from './endpoint.ts';
import { Status } from './model.ts';
import { requireApproval } from './permissions.ts';
import { alreadyActioned, opaque } from './refusals.ts';
import { authorizeShape } from './shapes/parameters.ts';
import { findOpenRequest, requireApprovalOfAnyKind } from './single.ts';

/**
 * POST ApprovalRequestAuthorizeForPermitById: lets the vendor's Cyber Heroes permit an escalated request. It approves;
 * one public client calls it to deny.
 */
export const authorizeForPermit: Endpoint = (endpoint) => {
  const { value: body } = boundBody(endpoint.call, authorizeShape);
  const request = findOpenRequest(endpoint, body.approvalRequestId);
  requireApprovalOfAnyKind(endpoint, request);
  // Seen live on a normal pending request: 400, with nobody's name.
  if (request.statusId !== Status.escalatedToMsp) throw alreadyActioned('');
  if (request.actionType !== 'execute') throw opaque('only execute requests can be authorised'); // KB
  approve(endpoint.state, request, 'Cyber Hero');
  return { reply: emptyReply(200), effect: 'applied' };
};

/** POST ApprovalRequestPermitStorageApproval: nobody has used it live; here it approves a storage request, no more. */
export const permitStorageApproval: Endpoint = (endpoint) => {
  const { state, caller, call } = endpoint;
  const request = findOpenRequest(endpoint, textMember(member(jsonBody(call), 'approvalRequest'), 'approvalRequestId'));
  requireApproval(caller.user, request.organizationId, 'computer');
  if (request.actionType !== 'read' && request.actionType !== 'write') throw opaque('not a storage request');
  if (approve(state, request, caller.user.name)) {
    request.aftermath = {
      kind: 'storage-permitted',
      policyId: state.ids.guid(`storage-policy/${request.approvalRequestId}`),
    };
  }
  return { reply: emptyReply(200), effect: 'applied' };
};

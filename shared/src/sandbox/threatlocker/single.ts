import { textMember } from '../json.ts';
import { emptyReply, jsonReply } from '../reply.ts';
import { boundBody, type Endpoint, type EndpointCall, jsonBody, queryParameter } from './endpoint.ts';
import { Status, type StoredThreatLockerRequest } from './model.ts';
import { missingPermission, requireView } from './permissions.ts';
import { permitDto } from './permit-dto.ts';
import { alreadyActioned, cannotLoad, opaque } from './refusals.ts';
import { approvalRequestDto } from './request-dto.ts';
import { approvalRequestShape } from './shapes/request.ts';
import { wireTime } from './state.ts';

/** What a decision can still be made on. */
export function isOpen(request: StoredThreatLockerRequest): boolean {
  return (
    request.statusId === Status.pending ||
    request.statusId === Status.escalatedToMsp ||
    request.statusId === Status.escalatedByCustomer
  );
}

/** Seen under its own organization or under the token's own (seed 1: "use the managedOrganizationId header"). */
function findRequest({ state, caller }: EndpointCall, id: string | undefined): StoredThreatLockerRequest {
  const request = state.requests.get((id ?? '').toLowerCase());
  if (request === undefined) throw cannotLoad('no such request');
  const { user, organizationId } = caller;
  const own =
    organizationId === user.organizationId && state.tree.below(organizationId).includes(request.organizationId);
  if (request.organizationId !== organizationId && !own) throw cannotLoad('the request is another organization’s');
  return request;
}

/** For writes: seed 1 has the header name the organization that contains the request, so nothing else will do. */
export function findOpenRequest(endpoint: EndpointCall, id: string | undefined): StoredThreatLockerRequest {
  const request = endpoint.state.requests.get((id ?? '').toLowerCase());
  if (request === undefined) throw cannotLoad('no such request');
  if (request.organizationId !== endpoint.caller.organizationId) {
    throw cannotLoad('ManagedOrganizationId is not the request’s own organization');
  }
  if (!isOpen(request)) throw alreadyActioned(request.approvedBy);
  return request;
}

export const getById: Endpoint = (endpoint) => {
  const request = findRequest(endpoint, queryParameter(endpoint.call, 'approvalRequestId'));
  requireView(endpoint.caller.user, request.organizationId);
  return { reply: jsonReply(200, approvalRequestDto(endpoint.state, request)) };
};

export const getPermitApplicationById: Endpoint = (endpoint) => {
  const request = findRequest(endpoint, queryParameter(endpoint.call, 'approvalRequestId'));
  requireView(endpoint.caller.user, request.organizationId);
  return { reply: jsonReply(200, permitDto(endpoint.state, request)) };
};

/** POST ApprovalRequestUpdateForTakeOwnership: the whole ApprovalRequestDto from GetById (seen live: SC). */
export const takeOwnership: Endpoint = (endpoint) => {
  const { state, caller, call } = endpoint;
  const { value, omitted } = boundBody(call, approvalRequestShape);
  const request = findOpenRequest(endpoint, textMember(jsonBody(call), 'approvalRequestId'));
  requireApprovalOfAnyKind(endpoint, request);
  const [missing] = omitted;
  if (missing !== undefined) throw opaque(`the body is not the whole ApprovalRequestDto: ${missing}`);
  request.assignee = {
    userId: caller.user.userId,
    username: caller.user.name,
    firstName: caller.user.name,
    lastName: '',
  };
  request.assignedDate = wireTime(state.now());
  if (state.quirks.ownershipComments === 'kept' && value.comments !== null) request.comments = value.comments;
  return { reply: emptyReply(200), effect: 'applied' };
};

/** Any approve permission lets its holder reject or take a request; the references name no other. */
export function requireApprovalOfAnyKind({ caller }: EndpointCall, request: StoredThreatLockerRequest): void {
  const roles = caller.user.roles.get(request.organizationId);
  if (![...(roles ?? [])].some((role) => role.startsWith('Approve for'))) {
    throw missingPermission('Approve for Single Computer Application Only');
  }
}

import { jsonReply } from '../reply.ts';
import { boundBody, type Endpoint, type EndpointCall, positive, queryParameter } from './endpoint.ts';
import { Status, type StoredThreatLockerRequest } from './model.ts';
import { pageReply } from './paging.ts';
import { mayView, requireView } from './permissions.ts';
import { opaque } from './refusals.ts';
import { approvalRequestDto } from './request-dto.ts';
import { listParametersShape } from './shapes/parameters.ts';

const KNOWN_STATUSES: ReadonlySet<number> = new Set(Object.values(Status));
const ESCALATED_STATUSES: ReadonlySet<number> = new Set([Status.escalatedToMsp, Status.escalatedByCustomer]);

// KB: the values of orderBy; seed 1 writes "dateTime", so their case does not matter.
const ORDERS: Readonly<Record<string, (request: StoredThreatLockerRequest) => string>> = {
  username: (request) => request.username,
  devicetype: (request) => request.file.deviceType,
  actiontype: (request) => request.actionType,
  path: (request) => request.file.fullPath,
  actiondate: (request) => request.actionDate ?? '',
  datetime: (request) => request.dateTime,
};

// Only one client's code names these, nobody has seen them live.
const REQUEST_TYPES: Readonly<Record<number, readonly string[]>> = {
  1: ['execute', 'install'],
  2: ['read', 'write'],
  3: ['elevate'],
};

/** POST ApprovalRequestGetByParameters: one status per call, every kind of request in one list (KB). */
export const getByParameters: Endpoint = (endpoint) => {
  const { state, call } = endpoint;
  const { value: parameters } = boundBody(call, listParametersShape);
  const { statusId } = parameters;
  // Seen live: 500 despite the default that the spec declares.
  if (statusId === null) throw opaque('statusId is missing');
  const served = ESCALATED_STATUSES.has(statusId) ? state.quirks.escalatedStatuses !== 'refused' : true;
  if (!KNOWN_STATUSES.has(statusId) || !served) throw opaque(`statusId ${statusId} is not served`);
  const search = (parameters.searchText ?? '').toLowerCase();
  const types = REQUEST_TYPES[parameters.requestTypeId];
  const actionTypes = parameters.actionType ?? [];
  const order = ORDERS[(parameters.orderBy ?? 'datetime').toLowerCase()] ?? ORDERS['datetime'];
  const rows = visible(endpoint, parameters.showChildOrganizations).filter(
    (request) =>
      request.statusId === statusId &&
      (search === '' || searchable(request).includes(search)) &&
      (types === undefined || types.includes(request.actionType)) &&
      (actionTypes.length === 0 || actionTypes.includes(request.actionType)) &&
      (!parameters.showCurrentTierOnly || request.approvals.length + 1 === parameters.userApprovalTierLevel),
  );
  const direction = parameters.isAscending ? 1 : -1;
  const key = (request: StoredThreatLockerRequest): string => `${order?.(request) ?? ''} ${request.approvalRequestId}`;
  rows.sort((one, other) => (key(one) < key(other) ? -direction : direction));
  const pageNumber = positive(parameters.pageNumber, 1, 'pageNumber');
  const pageSize = positive(parameters.pageSize, 25, 'pageSize');
  return {
    reply: pageReply(
      state,
      rows.map((row) => approvalRequestDto(state, row)),
      pageNumber,
      pageSize,
    ),
  };
};

/** GET ApprovalRequestGetCount: a bare integer (seen live: NT). Child organizations count unless told otherwise. */
export const getCount: Endpoint = (endpoint) => {
  const children = queryParameter(endpoint.call, 'includeChildOrganizations')?.toLowerCase() !== 'false';
  const pending = visible(endpoint, children).filter((request) => request.statusId === Status.pending);
  return { reply: jsonReply(200, pending.length) };
};

/** The managed organization's requests and, if asked for, those of all below it in which the caller has a role (KB). */
function visible({ state, caller }: EndpointCall, withChildren: boolean): StoredThreatLockerRequest[] {
  requireView(caller.user, caller.organizationId);
  const below = withChildren ? state.tree.below(caller.organizationId) : [];
  const scope = new Set([caller.organizationId, ...below.filter((id) => mayView(caller.user, id))]);
  return [...state.requests.values()].filter((request) => scope.has(request.organizationId));
}

function searchable(request: StoredThreatLockerRequest): string {
  return [request.file.fullPath, request.username, request.hostname, request.requestor].join('\n').toLowerCase();
}

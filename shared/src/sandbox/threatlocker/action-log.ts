import { type JsonObject, listMember, member, textMember } from '../json.ts';
import { actionLogDto } from './action-log-dto.ts';
import { type Endpoint, type EndpointCall, jsonBody, positive, queryParameter } from './endpoint.ts';
import type { StoredThreatLockerRequest } from './model.ts';
import { pageReply } from './paging.ts';
import { mayViewAudit, missingPermission } from './permissions.ts';
import { expectationFailed, opaque } from './refusals.ts';

/** GET ActionLogGetAllForFileHistoryV2: needs fullPath and one of hostname and computerId (seen live: SC). */
export const getFileHistory: Endpoint = (endpoint) => {
  const { state, call } = endpoint;
  const fullPath = queryParameter(call, 'fullPath')?.toLowerCase();
  const hostname = queryParameter(call, 'hostname')?.toLowerCase();
  const computerId = queryParameter(call, 'computerId')?.toLowerCase();
  if (fullPath === undefined || (hostname === undefined && computerId === undefined)) {
    throw expectationFailed('Missing Parameters. Unable to load details.');
  }
  const rows = loggedRequests(endpoint, false).filter(
    (request) =>
      request.file.fullPath.toLowerCase() === fullPath &&
      (hostname === undefined || request.hostname.toLowerCase() === hostname) &&
      (computerId === undefined || request.computerId === computerId),
  );
  const pageNumber = positive(Number(queryParameter(call, 'pageNumber') ?? 1), 1, 'pageNumber');
  const pageSize = positive(Number(queryParameter(call, 'pageSize') ?? 25), 25, 'pageSize');
  return { reply: pageReply(state, history(endpoint, rows), pageNumber, pageSize) };
};

/** POST ActionLogGetByParametersV2: the header and four members without which it fails (seen live: SC, NT, LC). */
export const getActionLog: Endpoint = (endpoint) => {
  const { state, call } = endpoint;
  const body = jsonBody(call);
  if (call.headers['usenewsearch'] !== 'true') throw opaque('the header usenewsearch is missing');
  for (const name of ['startDate', 'endDate', 'sourceTableId', 'paramsFieldsDto']) {
    if (member(body, name) === undefined || member(body, name) === null) throw opaque(`${name} is missing`);
  }
  const from = Date.parse(textMember(body, 'startDate') ?? '');
  const to = Date.parse(textMember(body, 'endDate') ?? '');
  if (Number.isNaN(from) || Number.isNaN(to) || from > to) throw expectationFailed('Invalid Date Range');
  const withChildren = member(body, 'showChildOrganizations') === true;
  if (!withChildren && state.tree.below(endpoint.caller.organizationId).length > 0) {
    throw opaque('a parent organization without showChildOrganizations'); // seen live: LC
  }
  const hostname = (textMember(body, 'hostname') ?? '').toLowerCase();
  const fullPath = (textMember(body, 'fullPath') ?? '').toLowerCase();
  // In the spec; that it is compared like the other two is a guess.
  const username = (textMember(body, 'username') ?? '').toLowerCase();
  const actionTypes = listMember(body, 'actionTypes');
  const rows = loggedRequests(endpoint, withChildren).filter(
    (request) =>
      request.hostname.toLowerCase().includes(hostname) &&
      request.file.fullPath.toLowerCase().includes(fullPath) &&
      request.username.toLowerCase().includes(username) &&
      (actionTypes.length === 0 || actionTypes.includes(request.actionType)),
  );
  const logged = history(endpoint, rows).filter(({ dateTime }) => {
    const at = Date.parse(String(dateTime));
    return at >= from && at <= to;
  });
  return {
    reply: pageReply(
      state,
      logged,
      positive(wholeNumber(member(body, 'pageNumber')), 1, 'pageNumber'),
      positive(wholeNumber(member(body, 'pageSize')), 25, 'pageSize'),
    ),
  };
};

function wholeNumber(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) ? value : null;
}

/** What the log still holds: 31 days by default, says one client (SV). */
const KEPT_MS = 31 * 24 * 3600 * 1000;

function loggedRequests({ state, caller }: EndpointCall, withChildren: boolean): StoredThreatLockerRequest[] {
  const { user, organizationId } = caller;
  if (!mayViewAudit(user, organizationId)) throw missingPermission('View Unified Audit');
  const below = withChildren ? state.tree.below(organizationId) : [];
  const scope = [organizationId, ...below.filter((id) => mayViewAudit(user, id))];
  const isKept = ({ dateTime }: StoredThreatLockerRequest): boolean => state.now() - Date.parse(dateTime) <= KEPT_MS;
  return [...state.requests.values()].filter((request) => scope.includes(request.organizationId) && isKept(request));
}

/** The denied attempt behind each request, newest first. */
function history({ state }: EndpointCall, requests: readonly StoredThreatLockerRequest[]): JsonObject[] {
  return requests
    .toSorted((one, other) => (one.dateTime < other.dateTime ? 1 : -1))
    .map((request) => actionLogDto(state, request));
}

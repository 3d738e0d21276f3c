import type { RecordedCall } from '../record.ts';
import { emptyReply, jsonReply } from '../reply.ts';
import type { Outcome } from '../simulation.ts';
import { type PortalUser, StatusCode, type StoredAdminByRequestRequest } from './model.ts';
import { generalError, isSet, page, parameter } from './parameters.ts';
import { requestRow } from './rows.ts';
import { type AdminByRequestState, changed, isListed, statusNow } from './state.ts';

const STATUS_WORDS: Readonly<Record<string, readonly number[]>> = {
  pending: [StatusCode.pending],
  denied: [StatusCode.denied],
  approved: [StatusCode.open, StatusCode.running, StatusCode.finished],
  quarantined: [StatusCode.quarantined],
};

/** Which codes the status parameter asks for; undefined for all. */
export function wantedStatuses(call: RecordedCall): readonly number[] | undefined {
  const word = parameter(call, 'status')?.toLowerCase();
  if (word === undefined || word === '') return undefined;
  const codes = Object.hasOwn(STATUS_WORDS, word) ? STATUS_WORDS[word] : undefined;
  if (codes === undefined) throw generalError('unknown status');
  return codes;
}

export function listRequests(state: AdminByRequestState, call: RecordedCall): Outcome {
  const wanted = wantedStatuses(call);
  const rows = [...state.requests.values()].filter(
    (request) => isListed(state, request) && (wanted?.includes(statusNow(state, request)) ?? true),
  );
  const details = isSet(call, 'wantscandetails');
  const shown = page(call, rows, { standard: 50, most: 1000 });
  return {
    reply: jsonReply(
      200,
      shown.map((request) => requestRow(state, request, details)),
    ),
  };
}

export function getRequest(state: AdminByRequestState, call: RecordedCall, id: number): Outcome {
  const request = state.requests.get(id);
  if (request === undefined) return unknownRequest();
  return { reply: jsonReply(200, requestRow(state, request, isSet(call, 'wantscandetails'))) };
}

/** PUT approves, whatever the body says: two public clients send {"status":"Denied"} and approve by it. */
export function approveRequest(state: AdminByRequestState, call: RecordedCall, id: number): Outcome {
  const request = state.requests.get(id);
  if (request === undefined) return unknownRequest();
  if (statusNow(state, request) !== StatusCode.pending) return nothingHappens(state, request);
  decide(state, request, StatusCode.open);
  const by = portalUser(state, parameter(call, 'approvedby'));
  request.approvedBy = by?.name ?? null;
  request.approvedByEmail = by?.email ?? null;
  return { reply: emptyReply(200), effect: 'applied' };
}

export function denyRequest(state: AdminByRequestState, call: RecordedCall, id: number): Outcome {
  const request = state.requests.get(id);
  if (request === undefined) return unknownRequest();
  if (statusNow(state, request) !== StatusCode.pending) return nothingHappens(state, request);
  decide(state, request, StatusCode.denied);
  const by = portalUser(state, parameter(call, 'deniedby'));
  request.deniedBy = by?.name ?? null;
  request.deniedByEmail = by?.email ?? null;
  request.deniedReason = parameter(call, 'reason') ?? null;
  return { reply: emptyReply(200), effect: 'applied' };
}

export function decide(state: AdminByRequestState, request: StoredAdminByRequestRequest, statusCode: number): void {
  request.statusCode = statusCode;
  request.decidedAt = state.now();
  changed(state, request);
}

/** "If request is already approved or started, nothing happens" (PDF); the same for what is quarantined is a guess. */
function nothingHappens(state: AdminByRequestState, request: StoredAdminByRequestRequest): Outcome {
  return { reply: emptyReply(200), effect: 'nothing', why: `statusCode is ${statusNow(state, request)}, not 4` };
}

function unknownRequest(): Outcome {
  return { reply: emptyReply(404), effect: 'refused', why: 'no such request' };
}

/** "this has to be an email address that matches a portal user, otherwise it will be ignored" (PDF) */
function portalUser(state: AdminByRequestState, email: string | undefined): PortalUser | undefined {
  return state.portalUsers.find((user) => user.email === email?.trim().toLowerCase());
}

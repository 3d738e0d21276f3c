import type { JsonObject } from '../json.ts';
import type { RecordedCall } from '../record.ts';
import { emptyReply, jsonReply, jsonTextReply } from '../reply.ts';
import type { Outcome } from '../simulation.ts';
import type { StoredAdminByRequestRequest } from './model.ts';
import { generalError, isSet, page, parameter, wholeNumber } from './parameters.ts';
import { wantedStatuses } from './requests.ts';
import { auditLogRow } from './rows.ts';
import { type AdminByRequestState, statusNow } from './state.ts';

const LIMITS = { standard: 50, most: 10_000 };
const DAY_MS = 24 * 3600 * 1000;

export function listAuditLog(
  state: AdminByRequestState,
  call: RecordedCall,
  concerns: (request: StoredAdminByRequestRequest) => boolean = () => true,
): Outcome {
  const found = page(call, filtered(state, call).filter(concerns), LIMITS);
  return { reply: jsonReply(200, rows(state, call, found)) };
}

export function getAuditLogEntry(state: AdminByRequestState, call: RecordedCall, id: number): Outcome {
  const request = state.requests.get(id);
  if (request === undefined) return { reply: emptyReply(404) };
  return { reply: jsonReply(200, auditLogRow(state, request, isSet(call, 'wantscandetails'))) };
}

/** `{entries, timeNow}`; timeNow is the time of the last change and is written to the last digit. */
export function auditLogDelta(state: AdminByRequestState, call: RecordedCall): Outcome {
  const text = parameter(call, 'deltatime');
  if (text !== undefined && !/^\d{1,19}$/.test(text)) throw generalError('deltaTime is no tick number');
  const since = BigInt(text ?? '0');
  const found = filtered(state, call).filter(({ changedTicks }) => changedTicks > since);
  const entries = JSON.stringify(rows(state, call, page(call, found, LIMITS)));
  return { reply: jsonTextReply(200, `{"entries":${entries},"timeNow":${state.lastTicks}}`) };
}

function filtered(state: AdminByRequestState, call: RecordedCall): StoredAdminByRequestRequest[] {
  const wanted = wantedStatuses(call);
  const type = parameter(call, 'type')?.toLowerCase();
  const [from, to] = period(state, call);
  return [...state.requests.values()].filter(
    (request) =>
      request.requestedAt >= from &&
      request.requestedAt < to &&
      (wanted?.includes(statusNow(state, request)) ?? true) &&
      (type === undefined || (type === 'app') === (request.typeCode === 0)),
  );
}

/** The last 30 days, or `days`; startdate makes days ignored; enddate is included. */
export function period(state: AdminByRequestState, call: RecordedCall): readonly [from: number, to: number] {
  const start = date(call, 'startdate');
  const end = date(call, 'enddate');
  const days = wholeNumber(call, 'days') ?? 30;
  return [start ?? state.now() - days * DAY_MS, end === undefined ? Number.POSITIVE_INFINITY : end + DAY_MS];
}

function date(call: RecordedCall, name: string): number | undefined {
  const text = parameter(call, name);
  if (text === undefined || text === '') return undefined;
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw generalError(`${name} is no date`);
  return at;
}

function rows(
  state: AdminByRequestState,
  call: RecordedCall,
  found: readonly StoredAdminByRequestRequest[],
): JsonObject[] {
  return found.map((request) => auditLogRow(state, request, isSet(call, 'wantscandetails')));
}

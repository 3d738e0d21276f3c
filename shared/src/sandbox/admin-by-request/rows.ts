import type { JsonObject } from '../json.ts';
import type { StoredAdminByRequestRequest } from './model.ts';
import { type AdminByRequestState, statusNow } from './state.ts';

const TYPES = ['Run As Admin', 'Admin Session', 'Session'];
const STATUSES = ['Open', 'Running', 'Finished', 'Denied', 'Pending approval', 'Quarantined', 'Expired'];

/** A row of /requests. The field set is the union of the vendor's samples; requestTimeUTC is not among it. */
export function requestRow(
  state: AdminByRequestState,
  request: StoredAdminByRequestRequest,
  wantScanDetails: boolean,
): JsonObject {
  const statusCode = statusNow(state, request);
  const { computer } = request;
  return {
    scanResults: wantScanDetails ? request.scanResults : [],
    id: request.idOnWire === 'string' ? String(request.id) : request.id,
    traceNo: request.traceNo,
    settingsName: request.settingsName,
    type: TYPES[request.typeCode] ?? 'Unknown',
    typeCode: request.typeCode,
    status: STATUSES[statusCode] ?? 'Unknown',
    statusCode,
    application: {
      ...request.application,
      virustotalLink: virusTotalLink(request.application.sha256),
      preapproved: request.application.file === null ? null : false,
    },
    user: request.user,
    computer: {
      name: computer.name,
      platform: computer.platform,
      platformCode: computer.platformCode,
      make: computer.make,
      model: computer.model,
    },
    reason: request.reason,
    approvedBy: request.approvedBy,
    approvedByEmail: request.approvedByEmail,
    deniedReason: request.deniedReason,
    deniedBy: request.deniedBy,
    deniedByEmail: request.deniedByEmail,
    requestTime: localTime(request.requestedAt, computer.hourOffset),
    [request.linkName]: auditLogLink(request),
    ...request.wire,
  };
}

/** An entry of /auditlog: the same request and what became of it. */
export function auditLogRow(
  state: AdminByRequestState,
  request: StoredAdminByRequestRequest,
  wantScanDetails: boolean,
): JsonObject {
  const { application, computer, decidedAt, requestedAt } = request;
  const started = request.statusCode === 2 && decidedAt !== null ? decidedAt + 60_000 : null;
  const ended = started === null ? null : started + 300_000;
  const elevated = request.typeCode === 0 && started !== null;
  return {
    ...requestRow(state, request, wantScanDetails),
    installs: [],
    uninstalls: [],
    elevatedApplications: elevated ? [{ ...application, virustotalLink: virusTotalLink(application.sha256) }] : [],
    ssoValidated: false,
    requestTimeUTC: utcTime(requestedAt),
    startTime: started === null ? null : localTime(started, computer.hourOffset),
    startTimeUTC: started === null ? null : utcTime(started),
    endTime: ended === null ? null : localTime(ended, computer.hourOffset),
    endTimeUTC: ended === null ? null : utcTime(ended),
    responseTime: decidedAt === null ? null : duration(decidedAt - requestedAt),
  };
}

function auditLogLink(request: StoredAdminByRequestRequest): string {
  return `https://www.adminbyrequest.com/AuditLog?Page=AppElevations&ID=${request.id}&ShowSearch=false`;
}

/** `2026-01-02T03:04:05`, in UTC but without saying so, as the vendor writes it. */
export function utcTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19);
}

export function localTime(ms: number, hourOffset: number): string {
  return utcTime(ms + hourOffset * 3_600_000);
}

function virusTotalLink(sha256: string | null): string | null {
  return sha256 === null ? null : `https://www.virustotal.com/latest-scan/${sha256}`;
}

/** `hh:mm:ss.fffffff` */
function duration(ms: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const fraction = String(ms % 1000).padStart(3, '0');
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}.${fraction}0000`;
}

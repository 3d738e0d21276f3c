import type { Identities } from '../../random.ts';
import { type OsType, type RequestedFile, Status, type StoredThreatLockerRequest } from '../model.ts';
import { wireTime } from '../state.ts';
import { file as makeFile } from './files.ts';
import { groupFor, type OrganizationKey, organizationId } from './organizations.ts';

/** A request to be made up: whatever is left out follows from its name and the seed. */
export interface ThreatLockerDraft
  extends Partial<Omit<StoredThreatLockerRequest, 'approvalRequestId' | 'organizationId' | 'file'>> {
  /** Stable and unique; the id follows from it. */
  readonly name?: string;
  readonly organization?: OrganizationKey;
  readonly minutesAgo?: number;
  readonly file?: Partial<RequestedFile>;
}

export interface Setting {
  readonly ids: Identities;
  readonly now: () => number;
}

export function makeRequest({ ids, now }: Setting, name: string, draft: ThreatLockerDraft): StoredThreatLockerRequest {
  const { name: _, organization = 'contoso', minutesAgo = 0, file: given, ...rest } = draft;
  const approvalRequestId = requestId(ids, name);
  const osType: OsType = rest.osType ?? 1;
  const hostname = rest.hostname ?? `${organization.toUpperCase()}-PC-${ids.hex(`host/${name}`, 3)}`;
  const username = rest.username ?? `${organization.toUpperCase()}\\jordan.lee`;
  const dateTime = rest.dateTime ?? wireTime(now() - minutesAgo * 60_000);
  const file = { ...makeFile(name, `C:\\Users\\jordan.lee\\Downloads\\${name}.exe`), ...given };
  // A copy throughout: what one sandbox changes, no other may see.
  return structuredClone({
    approvalRequestId,
    organizationId: organizationId(ids, organization),
    computerId: ids.guid(`computer/${organization}/${hostname}`),
    computerGroupId: groupFor(ids, organization, osType),
    hostname,
    osType,
    statusId: Status.pending,
    dateTime,
    actionType: 'execute',
    username,
    requestor: username.split('\\').at(-1) ?? username,
    requestorEmailAddress: `${username.split('\\').at(-1) ?? 'user'}@${organization}.example`,
    reason: '',
    reasonOnWire: 'base64',
    file,
    json: requestJson(approvalRequestId, file, rest.actionType ?? 'execute', dateTime),
    comments: '',
    ticketId: '',
    approvedBy: '',
    actionDate: null,
    assignee: null,
    assignedDate: null,
    tiersNeeded: 1,
    approvals: [],
    showMfaChallenge: false,
    ringfenceActionId: 0,
    threatSeverityLevel: null,
    engineRatings: [],
    parentsIn: 'dto',
    aftermath: null,
    wire: {},
    ...rest,
  });
}

function requestId(ids: Identities, name: string): string {
  return ids.guid(`request/${name}`);
}

/** Text that no parser gives back unchanged: spaces, escapes, a number like 1.0 and one beyond 2^53. */
function requestJson(id: string, file: RequestedFile, actionType: string, dateTime: string): string {
  const path = JSON.stringify(file.fullPath);
  return `{ "Id":"${id}", "FullPath": ${path},"Hash":"${file.hash}" ,"Score":1.0,"Sequence":9007199254740993,"ActionType":"${actionType}","Note":"caf\\u00e9 \\/ \\u0041","DateTime":"${dateTime}","Nothing":null }`;
}

import { isDeepStrictEqual } from 'node:util';
import { type JsonObject, member } from '../json.ts';
import { actionLogDto } from './action-log-dto.ts';
import type { StoredThreatLockerRequest } from './model.ts';
import { approvalRequestDto } from './request-dto.ts';
import type { ThreatLockerState } from './state.ts';

/**
 * PermitApplicationDto for one request: every member of the published schema, and some that no schema knows. A
 * captured portal body equals the DTO that was read, 307 keys of it (seen live: SC), so a client that rebuilds the
 * body from a list of known members loses something; the sandbox refuses such a body.
 */
export function permitDto(state: ThreatLockerState, request: StoredThreatLockerRequest): JsonObject {
  const { file } = request;
  const elevation = request.actionType === 'elevate';
  const subjects = file.certs.filter((certificate) => certificate.validCert).map(({ subject }) => subject);
  return {
    computerId: request.computerId,
    computerGroupId: request.computerGroupId,
    organizationId: request.organizationId,
    organizationIds: request.parentsIn === 'dto' ? state.tree.parents(request.organizationId) : null,
    osType: request.osType,
    userInstance: null, // the client has to say it (seen live: SC)
    approvalRequest: {
      ...approvalRequestDto(state, request),
      hash: file.hash,
      json: request.json,
      ...unknownMembers(request).approvalRequest,
    },
    isFromApproval: false, // read-only in the spec, and had to be sent as true (seen live: SC)
    actionLog: { ...actionLogDto(state, request), ...unknownMembers(request).actionLog },
    isFromActionLog: false,
    actionType: request.actionType,
    isElevationRequest: elevation,
    isExtensionRequest: false,
    edgeStoreUrl: null,
    chromeStoreUrl: null,
    canViewOnSystemLookup: false,
    systemLookupUrl: null,
    canViewVirusTotal: true,
    virusTotalUrl: `https://www.virustotal.com/gui/file/${file.sha256}`,
    fileHistoryChecked: false,
    suggestCustomRule: null,
    fileDetails: fileDetails(state, request),
    matchingApplications: {
      hasMatchingApplication: false, // unreliable: false although matches exist (seen live: SC e059469)
      useMatchingApplication: false,
      matchingApplication: null,
      useExistingApplication: false,
      existingApplication: null,
      useNewApplication: false,
      newApplicationName: null,
    },
    policyConditions: {
      useExistingPolicy: false,
      createManualPolicy: false,
      manualOptions: [],
      ruleId: 0,
      certSubjects: subjects,
      createdByProcesses: file.installedBy,
      disableProtection: false,
      includedAdditionalFiles: null,
    },
    policyExpirationDate: null,
    ringfencingOptions: {
      hideCustomRules: false,
      restrictApplicationSpawning: false,
      restrictRegistryAccess: false,
      restrictFileAccess: false,
      restrictNetworkAccess: false,
      restrictApplication: false,
      rfFilePolicy: [],
      rfNetworkPolicy: [],
      rfRegistryPolicy: [],
      rfAssociatedApplicationPolicy: [],
    },
    networkExclusions: [],
    ringfenceActionId: request.ringfenceActionId,
    isRingfenced: false,
    hasRingfencingAsProduct: true,
    hasElevation: elevation,
    organizationHasElevation: true,
    elevationStatus: 0,
    elevationExpiration: 0,
    elevationExpirationDate: null,
    policyLevel: {
      canUseEntireOrganization: true,
      toEntireOrganization: false,
      toComputerGroup: false,
      selectedComputerGroup: null,
      toComputer: false,
    },
    adminNotes: { ticket: '', requestorEmail: '', comments: '' },
    applicationList: null,
    systemAudits: null,
    allowTMM: true,
    fileExclusions: [], // in the spec since 2026-06
    hasOriginApprovalCenter: null,
    responseSubject: null,
    responseReason: null,
    notifyOnResponse: false,
    isExecutionRequest: !elevation,
    ...unknownMembers(request).permit,
  };
}

/** Members that no published schema names, in three places of the DTO. */
function unknownMembers(request: StoredThreatLockerRequest): {
  permit: JsonObject;
  approvalRequest: JsonObject;
  actionLog: JsonObject;
} {
  const mark = request.approvalRequestId.slice(0, 8);
  return {
    permit: { permitContext: { revision: 3, source: 'approval-center', trace: `p-${mark}`, flags: [true, null, 1.5] } },
    approvalRequest: { queueContext: { shard: 7, trace: `q-${mark}` } },
    actionLog: { ingestContext: { pipeline: 'v2', trace: `i-${mark}` } },
  };
}

/** The first unknown member that a permit body has lost or changed. */
export function lostUnknownMember(request: StoredThreatLockerRequest, body: unknown): string | undefined {
  for (const [place, members] of Object.entries(unknownMembers(request))) {
    const holder = place === 'permit' ? body : member(body, place);
    for (const [name, value] of Object.entries(members)) {
      if (!isDeepStrictEqual(member(holder, name), value)) return place === 'permit' ? name : `${place}.${name}`;
    }
  }
  return undefined;
}

function fileDetails(state: ThreatLockerState, request: StoredThreatLockerRequest): JsonObject {
  const { file } = request;
  return {
    fullPath: file.fullPath,
    processPath: file.processName,
    hash: file.hash,
    certificates: file.certs,
    createdByProcesses: file.installedBy,
    filename: file.fullPath.split(/[\\/]/).at(-1) ?? '',
    sha256: file.sha256,
    date: request.dateTime,
    originalHostname: request.hostname,
    hostname: request.hostname,
    username: request.username,
    organizationName: state.tree.find(request.organizationId)?.name ?? '',
    policyName: file.policyName,
    applicationName: '',
    requestorReason: request.reason, // already decoded here (seen live: SC)
    approvalStatus: '',
    approvalBy: request.approvedBy,
    size: file.size,
  };
}

import type { JsonObject } from '../json.ts';
import { Status, type StoredThreatLockerRequest } from './model.ts';
import type { ThreatLockerState } from './state.ts';

const NO_DATE = '0001-01-01T00:00:00';

/** ApprovalRequestDto as GetByParameters and GetById answer it; the members of seed 1's sample, and a newer one. */
export function approvalRequestDto(state: ThreatLockerState, request: StoredThreatLockerRequest): JsonObject {
  const escalated = request.statusId === Status.escalatedToMsp;
  const approvals = request.approvals.length;
  const permitted = request.aftermath?.kind === 'permitted' ? request.aftermath : null;
  return {
    statusIdEscalatedToMSP: Status.escalatedToMsp,
    statusIdEscalatedByCustomer: Status.escalatedByCustomer,
    masterOrganizationId: state.masterOrganizationId,
    approvedBy: request.approvedBy,
    approvalRequestId: request.approvalRequestId,
    dateTime: request.dateTime,
    path: request.file.fullPath,
    hash: null, // seed 1: the file's facts stand in threatLockerActionDto
    username: request.username,
    hostname: request.hostname,
    statusId: request.statusId,
    computerId: request.computerId,
    organizationName: state.tree.find(request.organizationId)?.name ?? '',
    json: null, // seed 1: only GetPermitApplicationById has it
    ticketId: request.ticketId,
    requestor: request.requestor,
    requestorReason: wireReason(request),
    requestorEmailAddress: request.requestorEmailAddress,
    comments: request.comments,
    actionDate: request.actionDate,
    organizationId: request.organizationId,
    multiLevelApprovalRequestId: request.tiersNeeded > 1 ? state.ids.guid(`tier/${request.approvalRequestId}`) : null,
    approvalNumber: approvals,
    approvedByTierLevel: approvals,
    tempPolicyId: null,
    policyId: permitted?.policyId ?? null,
    tempApplicationId: null,
    applicationId: permitted?.applicationId ?? null,
    multiLevelApprovalStatusId: 1,
    initialApprovalTierLevel: request.tiersNeeded > 1 ? 1 : 0,
    approvalCount: approvals,
    pendingTierLevel: request.tiersNeeded > 1 ? approvals + 1 : 0,
    hasPendingApprovalRequest: request.tiersNeeded > 1 && approvals > 0 && approvals < request.tiersNeeded,
    ipAddress: null,
    ...assigneeMembers(request),
    threatLockerDataCenterId: null,
    instanceName: null,
    threatLockerActionDto: actionDto(state, request),
    notes: null,
    signature: null,
    tlInstructions: null,
    suggestCustomRule: null,
    authorizeForPermit: false,
    portalApiUrl: `https://portalapi.${state.instance}.threatlocker.com/`,
    cyberHeroManagementConfigured: escalated,
    maxTriggeredStartDate: null,
    isEscalatedByCyberHero: escalated,
    isEscalatedByCustomer: request.statusId === Status.escalatedByCustomer,
    ticketApprovalManager: null,
    showMfaChallenge: request.showMfaChallenge,
    showMfaRegistration: false,
    linkedMfaUser: null,
    serialNumber: null,
    approvalRequestTimerDto: request.assignedDate === null ? null : timerDto(request, request.assignedDate),
    canRequestNewBuiltIn: false,
    isAssigneeLoggedIntoMaster: false,
    retrievedAssigneeUsername: request.assignee !== null,
    count: 0,
    assigneeOrganizationId: null, // in the spec since 2026-09
    ...request.wire,
  };
}

function wireReason(request: StoredThreatLockerRequest): string {
  if (request.reason === '' || request.reasonOnWire === 'plain') return request.reason;
  return Buffer.from(request.reason, 'utf8').toString('base64'); // seen live: SC
}

function assigneeMembers(request: StoredThreatLockerRequest): JsonObject {
  return {
    isAssigned: request.assignee !== null,
    assigneeUserId: request.assignee?.userId ?? null,
    assigneeUsername: request.assignee?.username ?? '',
    assigneeFirstName: request.assignee?.firstName ?? '',
    assigneeLastname: request.assignee?.lastName ?? '', // the vendor's spelling
  };
}

function timerDto(request: StoredThreatLockerRequest, assignedDate: string): JsonObject {
  return {
    approvalRequestId: request.approvalRequestId,
    requestDate: request.dateTime,
    assignedDate,
    escalatedDate: NO_DATE,
    returnedDate: NO_DATE,
    reassignedDate: NO_DATE,
    actionedDate: request.actionDate ?? NO_DATE,
    totalTimeInSeconds: 0,
  };
}

function actionDto(state: ThreatLockerState, request: StoredThreatLockerRequest): JsonObject {
  const { file } = request;
  return {
    fullPath: file.fullPath,
    policyId: state.ids.guid(`policy/${request.organizationId}/${file.policyName}`),
    username: request.username,
    actionId: 3, // Deny, option to request
    hash: file.hash,
    processName: file.processName,
    certs: file.certs,
    applicationId: null,
    datetime: request.dateTime,
    logAction: true,
    serialNumber: file.serialNumber,
    deviceType: file.deviceType,
    actionType: request.actionType,
    size: file.size,
    processId: 0,
    ringFence: false,
    policyName: file.policyName,
    applicationName: '',
    encryptionStatus: file.encryptionStatus,
    installedBy: file.installedBy,
    monitorOnly: file.monitorOnly,
    notes: '',
    sha256: file.sha256,
    ringfencePolicyId: null,
    remotePresence: file.remotePresence,
    organizationId: null,
    hostname: null,
    computerId: null,
    manufacturer: file.manufacturer,
    osType: request.osType,
    destinationIP: file.destinationIP,
    domainName: file.domainName,
    organizationName: null,
  };
}

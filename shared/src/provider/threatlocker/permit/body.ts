import { isJsonObject, type JsonObject, type JsonValue } from '../../../approval/index.ts';
import { ZERO_GUID } from '../organizations.ts';
import type { PermitRecord } from './record.ts';
import type { SelectedApplication, SelectedRule, SelectedScope, Selection } from './selection.ts';

const RULE_IDS = { installation: 1, learning: 2, monitor: 3 } as const;
const ELEVATION_STATUS = { none: 0, elevate: 1, silent: 2 } as const;

export interface PermitContext {
  readonly permit: PermitRecord;
  /** Parents of the request's organization, nearest first. */
  readonly organizationIds: readonly string[];
  readonly userInstance: string;
  readonly isElevation: boolean;
  /** Ends every comment that Countersign leaves, so that the vendor's record proves whose decision it was. */
  readonly mark: string;
}

/**
 * The body of PermitApplication: the record as it was read, every unknown member kept, with the choices written over it.
 * What is known of this body: the vendor's article and bodies that other clients saw accepted. Unused nullables are sent as
 * `null`, because leaving them out is answered by an opaque HTTP 500; numbers and flags are never `null`, because that is
 * answered by a conversion error (both seen live).
 */
export function permitBody(context: PermitContext, selection: Selection): JsonObject {
  const { permit } = context;
  const read = permit.record;
  return {
    ...NUMBERS_AND_FLAGS,
    ...withoutNulls(read, NUMBERS_AND_FLAGS),
    ...nullablesOf(read),
    computerGroupId: read['computerGroupId'] ?? ZERO_GUID,
    organizationId: permit.organizationId,
    organizationIds: context.organizationIds,
    userInstance: context.userInstance,
    isFromApproval: true,
    hasOriginApprovalCenter: true,
    isElevationRequest: context.isElevation,
    isExecutionRequest: !context.isElevation,
    approvalRequest: approvalRequest(context, selection),
    matchingApplications: matchingApplications(read['matchingApplications'], selection.application),
    policyConditions: policyConditions(read['policyConditions'], selection.rule),
    policyLevel: policyLevel(read['policyLevel'], selection.scope),
    policyExpirationDate: selection.expires,
    elevationStatus: ELEVATION_STATUS[selection.elevation.mode],
    elevationExpiration: selection.elevation.hours,
    elevationExpirationDate: null,
    adminNotes: adminNotes(read['adminNotes'], context, selection),
    responseSubject: selection.notify === null ? null : 'Your request was approved',
    responseReason: selection.notify,
    notifyOnResponse: selection.notify !== null,
  };
}

const NUMBERS_AND_FLAGS: JsonObject = {
  osType: 0,
  ringfenceActionId: 0,
  isFromActionLog: false,
  isExtensionRequest: false,
  canViewOnSystemLookup: false,
  canViewVirusTotal: false,
  fileHistoryChecked: false,
  isRingfenced: false,
  hasRingfencingAsProduct: false,
  hasElevation: false,
  organizationHasElevation: false,
  allowTMM: false,
};
const REQUEST_NUMBERS_AND_FLAGS: JsonObject = {
  statusIdEscalatedToMSP: 0,
  statusIdEscalatedByCustomer: 0,
  statusId: 0,
  approvalNumber: 0,
  approvedByTierLevel: 0,
  multiLevelApprovalStatusId: 0,
  initialApprovalTierLevel: 0,
  approvalCount: 0,
  pendingTierLevel: 0,
  count: 0,
  hasPendingApprovalRequest: false,
  cyberHeroManagementConfigured: false,
  isEscalatedByCyberHero: false,
  isEscalatedByCustomer: false,
  showMfaChallenge: false,
  showMfaRegistration: false,
  canRequestNewBuiltIn: false,
  isAssigneeLoggedIntoMaster: false,
  retrievedAssigneeUsername: false,
};
const CONDITION_FLAGS: JsonObject = { createManualPolicy: false, disableProtection: false };
const LEVEL_FLAGS: JsonObject = { canUseEntireOrganization: false };
const NULLABLES = [
  'actionLog',
  'ringfencingOptions',
  'suggestCustomRule',
  'networkExclusions',
  'fileExclusions',
  'applicationList',
  'systemAudits',
  'edgeStoreUrl',
  'chromeStoreUrl',
  'systemLookupUrl',
  'virusTotalUrl',
] as const;

function nullablesOf(read: JsonObject): JsonObject {
  return Object.fromEntries(NULLABLES.map((key) => [key, read[key] ?? null]));
}

/** The record, except that a `null` where the server takes only a number or a flag gives way to its zero. */
function withoutNulls(read: JsonObject, zeros: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(read).map(([key, value]) => [key, value ?? zeros[key] ?? value]));
}

function approvalRequest({ permit, mark }: PermitContext, selection: Selection): JsonObject {
  const read = permit.approvalRequest;
  return {
    ...withoutNulls(read, REQUEST_NUMBERS_AND_FLAGS),
    // Comments and ticket overwrite what the request holds, so what it holds is said again (the vendor's article).
    comments: [read['comments'], selection.comment, mark]
      .filter((part) => typeof part === 'string' && part !== '')
      .join(' '),
    ticketId: selection.ticket ?? read['ticketId'] ?? '',
  };
}

/** Exactly one of the three is used; the records of the others are `null`. */
function matchingApplications(read: JsonValue | undefined, selected: SelectedApplication): JsonObject {
  return {
    ...objectOr(read),
    hasMatchingApplication:
      selected.use === 'matching' || (isJsonObject(read) && read['hasMatchingApplication'] === true),
    useMatchingApplication: selected.use === 'matching',
    matchingApplication: selected.use === 'matching' ? selected.application.record : null,
    useExistingApplication: selected.use === 'existing',
    existingApplication: selected.use === 'existing' ? selected.application.record : null,
    useNewApplication: selected.use === 'new',
    newApplicationName: selected.use === 'new' ? selected.name : '',
  };
}

/** A rule by hash carries the hash alone; a rule by properties pairs two or more. No other option of the record is kept. */
function policyConditions(read: JsonValue | undefined, rule: SelectedRule): JsonObject {
  return {
    ...CONDITION_FLAGS,
    ...withoutNulls(objectOr(read), CONDITION_FLAGS),
    // Conditions of the record's own would be conditions that nobody was shown.
    certSubjects: [],
    createdByProcesses: [],
    useExistingPolicy: false,
    manualOptions: 'option' in rule ? [{ ...rule.option, isDefaultOption: true, disabled: false }] : [],
    ruleId: rule.by === 'maintenance' ? RULE_IDS[rule.mode] : 0,
    includedAdditionalFiles: null,
  };
}

/**
 * This computer is meant when all three flags are false: it follows from `computerId`. `toComputer: true` is refused with
 * "Provided applies to ID does not associate with a known OS type" (seen live).
 */
function policyLevel(read: JsonValue | undefined, scope: SelectedScope): JsonObject {
  return {
    ...LEVEL_FLAGS,
    ...withoutNulls(objectOr(read), LEVEL_FLAGS),
    toEntireOrganization: scope.to === 'organization',
    toComputerGroup: scope.to === 'group',
    selectedComputerGroup: scope.to === 'group' ? scope.group.record : null,
    toComputer: false,
  };
}

function adminNotes(read: JsonValue | undefined, { mark, permit }: PermitContext, selection: Selection): JsonObject {
  const requestorEmail = permit.approvalRequest['requestorEmailAddress'] ?? '';
  return {
    requestorEmail,
    ...objectOr(read),
    ticket: selection.ticket ?? '',
    comments: selection.comment === null ? mark : `${selection.comment} ${mark}`,
  };
}

function objectOr(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

import { emptyReply } from '../reply.ts';
import { approve } from './decide.ts';
import { boundBody, type Endpoint, type EndpointCall, jsonBody } from './endpoint.ts';
import type { Aftermath, Application, StoredThreatLockerRequest } from './model.ts';
import { missingPermission, type Permission, requireApproval, requirePermission, type Scope } from './permissions.ts';
import { lostUnknownMember } from './permit-dto.ts';
import {
  type ChosenApplication,
  type ChosenScope,
  checkSubject,
  chosenApplication,
  chosenRules,
  chosenScope,
  type PermitBody,
} from './permit-rules.ts';
import { expectationFailed, opaque } from './refusals.ts';
import { notification } from './reject.ts';
import { permitShape } from './shapes/permit.ts';
import { findOpenRequest } from './single.ts';
import type { ThreatLockerState } from './state.ts';

const PERMITTABLE: ReadonlySet<string> = new Set(['execute', 'install', 'elevate']);
const MAINTENANCE_PERMISSIONS: Readonly<Record<number, Permission>> = {
  1: 'Manage Application Control Installation Mode',
  2: 'Manage Application Control Learning Mode',
  3: 'Manage Application Control Monitor Mode',
};
/** Seen live: leaving a nullable member of these out, instead of sending null, ends in an opaque 500. */
const WHOLE = /^\$\.(?:(?:matchingApplications|policyConditions|policyLevel|adminNotes)\.)?[A-Za-z]+$/;

/** POST ApprovalRequestPermitApplication: success is 200 with an empty body. */
export const permitApplication: Endpoint = (endpoint) => {
  const { state, caller, call } = endpoint;
  const { value: body, omitted } = boundBody(call, permitShape);
  const request = findOpenRequest(endpoint, body.approvalRequest?.approvalRequestId);
  if (!PERMITTABLE.has(request.actionType)) throw opaque(`${request.actionType} requests are not permitted here`);
  const missing = [...omitted].find((path) => WHOLE.test(path));
  if (missing !== undefined) throw opaque(`${missing} is left out instead of null`);
  const lost = lostUnknownMember(request, jsonBody(call));
  if (lost !== undefined) throw opaque(`the member ${lost} was not sent back as read`);
  const { json } = body.approvalRequest ?? { json: null };
  if (json === null || json === '') throw opaque('approvalRequest.json is missing'); // seen live: SC
  checkSubject(state, request, body);
  const chosen = chosenApplication(state, request, body);
  const scope = chosenScope(state, request, body, chosen);
  const rules = chosenRules(request, body, chosen);
  checkElevation(body);
  checkExpiry(state, body);
  checkPermissions(endpoint, request, body, scope);
  // The reference's "silent failure": a changed json is answered like a success.
  if (json !== request.json) {
    return { reply: emptyReply(200), effect: 'nothing', why: 'approvalRequest.json is not the text that was read' };
  }
  overwriteNotes(request, body);
  if (approve(state, request, caller.user.name))
    request.aftermath = carryOut(state, request, body, chosen, scope, rules);
  return { reply: emptyReply(200), effect: 'applied' };
};

function checkElevation(body: PermitBody): void {
  if (body.elevationStatus < 0 || body.elevationStatus > 2) throw opaque('elevationStatus is for policies only');
  if (body.elevationExpiration < 0) throw opaque('elevationExpiration is negative');
  if (body.elevationStatus === 0 && body.elevationExpirationDate !== null) throw opaque('an expiry without elevation');
}

function checkExpiry(state: ThreatLockerState, body: PermitBody): void {
  for (const date of [body.policyExpirationDate, body.elevationExpirationDate]) {
    if (date !== null && Date.parse(date) <= state.now()) throw expectationFailed('Invalid Date Range');
  }
}

function checkPermissions(
  { caller, state }: EndpointCall,
  request: StoredThreatLockerRequest,
  body: PermitBody,
  scope: ChosenScope,
): void {
  const { organizationId } = request;
  const elevation = request.actionType === 'elevate' || body.elevationStatus > 0;
  requireApproval(caller.user, organizationId, neededScope(scope, elevation));
  if (elevation) requirePermission(caller.user, organizationId, 'Elevation Administrator');
  const maintenance = MAINTENANCE_PERMISSIONS[body.policyConditions?.ruleId ?? 0];
  if (maintenance !== undefined) requirePermission(caller.user, organizationId, maintenance);
  if (request.showMfaChallenge && state.quirks.mfaChallenge === 'blocks') throw missingPermission('');
}

function neededScope(scope: ChosenScope, elevation: boolean): Scope {
  if (scope.kind === 'group') return scope.isGlobal ? 'global' : 'group';
  if (scope.kind === 'organization') return 'organization';
  return elevation ? 'computer' : 'application-on-computer';
}

/** KB: these overwrite what the request holds, if they are provided. */
function overwriteNotes(request: StoredThreatLockerRequest, { approvalRequest }: PermitBody): void {
  request.comments = approvalRequest?.comments ?? request.comments;
  request.requestorEmailAddress = approvalRequest?.requestorEmailAddress ?? request.requestorEmailAddress;
  request.ticketId = approvalRequest?.ticketId ?? request.ticketId;
}

/** Whether other requests for the same file clear themselves is not known; here they stay. */
function carryOut(
  state: ThreatLockerState,
  request: StoredThreatLockerRequest,
  body: PermitBody,
  chosen: ChosenApplication,
  scope: ChosenScope,
  rules: ReturnType<typeof chosenRules>,
): Aftermath {
  const application = chosen.kind === 'new' ? createApplication(state, request, chosen.name) : chosen.application;
  for (const { hash } of rules) if (hash !== null && hash !== '') application.rules.hashes.push(hash.toLowerCase());
  return {
    kind: 'permitted',
    policyId: state.ids.guid(`permit-policy/${request.approvalRequestId}`),
    policyAction: body.ringfenceActionId === 2 ? 'deny' : 'permit',
    applicationId: application.applicationId,
    applicationName: application.name,
    application: chosen.kind,
    scope: scope.kind,
    computerGroupId: scope.kind === 'group' ? scope.computerGroupId : null,
    rules: rules.map((rule) => ({ ...rule })),
    ruleId: body.policyConditions?.ruleId ?? 0,
    elevationStatus: body.elevationStatus,
    elevationExpiration: body.elevationExpiration,
    policyExpirationDate: body.policyExpirationDate,
    elevationExpirationDate: body.elevationExpirationDate,
    adminNotes: {
      ticket: body.adminNotes?.ticket ?? '',
      requestorEmail: body.adminNotes?.requestorEmail ?? '',
      comments: body.adminNotes?.comments ?? '',
    },
    notified: notification(body),
  };
}

function createApplication(state: ThreatLockerState, request: StoredThreatLockerRequest, name: string): Application {
  const application: Application = {
    applicationId: state.ids.guid(`permit-application/${request.approvalRequestId}`),
    name,
    organizationId: request.organizationId,
    osType: request.osType,
    rules: { hashes: [], sha256s: [], certificateSubjects: [] },
    maintenance: true,
    isMaintained: false,
    researchApplicationId: null,
  };
  state.applications.push(application);
  return application;
}

import type { Bound } from './binding.ts';
import { applicationsFor, matchesOf } from './matching.ts';
import type { Application, StoredThreatLockerRequest } from './model.ts';
import { missingPermission } from './permissions.ts';
import { expectationFailed, opaque } from './refusals.ts';
import type { permitShape } from './shapes/permit.ts';
import type { ThreatLockerState } from './state.ts';

export type PermitBody = Bound<typeof permitShape>;
type ManualOption = NonNullable<NonNullable<PermitBody['policyConditions']>['manualOptions']>[number];

export type ChosenApplication =
  | { readonly kind: 'matching' | 'existing'; readonly application: Application }
  | { readonly kind: 'new'; readonly name: string };

export type ChosenScope =
  | { readonly kind: 'computer' | 'organization' }
  | { readonly kind: 'group'; readonly computerGroupId: string; readonly isGlobal: boolean };

/** The body must be about the very request that it names (reference, what PermitApplication needs). */
export function checkSubject(state: ThreatLockerState, request: StoredThreatLockerRequest, body: PermitBody): void {
  const elevation = request.actionType === 'elevate';
  const facts: readonly (readonly [string, unknown, unknown])[] = [
    ['isFromApproval', body.isFromApproval, true],
    ['isFromActionLog', body.isFromActionLog, false],
    ['hasOriginApprovalCenter', body.hasOriginApprovalCenter, true],
    ['userInstance', body.userInstance?.toLowerCase(), state.instance],
    ['actionType', body.actionType, request.actionType],
    ['isElevationRequest', body.isElevationRequest, elevation],
    ['isExecutionRequest', body.isExecutionRequest, !elevation],
    ['osType', body.osType, request.osType],
    ['organizationId', body.organizationId, request.organizationId],
    ['computerId', body.computerId, request.computerId],
    ['fileDetails.fullPath', body.fileDetails?.fullPath, request.file.fullPath],
  ];
  for (const [name, sent, needed] of facts) {
    if (sent !== needed) throw opaque(`${name} is ${String(sent)}, not ${String(needed)}`);
  }
  // Seed 1: the organizations "above" the request's own; none at the top (seen live: SC).
  const parents = state.tree.parents(request.organizationId).toSorted().join();
  if (body.organizationIds?.toSorted().join() !== parents) throw opaque('organizationIds are not the parents');
}

export function chosenApplication(
  state: ThreatLockerState,
  request: StoredThreatLockerRequest,
  body: PermitBody,
): ChosenApplication {
  const choice = body.matchingApplications;
  if (choice === null) throw opaque('matchingApplications is null');
  const { useMatchingApplication, useExistingApplication, useNewApplication } = choice;
  if (Number(useMatchingApplication) + Number(useExistingApplication) + Number(useNewApplication) !== 1) {
    throw opaque('not exactly one of matching, existing and new application');
  }
  if (!useMatchingApplication && choice.matchingApplication !== null) throw opaque('matchingApplication is not null');
  if (!useExistingApplication && choice.existingApplication !== null) throw opaque('existingApplication is not null');
  if (useNewApplication) {
    const name = (choice.newApplicationName ?? '').trim();
    if (name === '') throw expectationFailed('Must enter a name for a new application'); // seen live
    return { kind: 'new', name };
  }
  if (useMatchingApplication) {
    const application = matchesOf(state, request).find(
      ({ applicationId }) => applicationId === choice.matchingApplication?.applicationId,
    );
    if (application === undefined) throw opaque('matchingApplication does not match the file');
    return { kind: 'matching', application };
  }
  const application = applicationsFor(state, request.organizationId).find(
    ({ applicationId }) => applicationId === choice.existingApplication?.applicationId,
  );
  if (application === undefined || application.osType !== request.osType) {
    throw opaque('existingApplication cannot be used for this request');
  }
  if (application.organizationId === state.masterOrganizationId) throw opaque('nothing can be added to a built-in');
  return { kind: 'existing', application };
}

export function chosenScope(
  state: ThreatLockerState,
  request: StoredThreatLockerRequest,
  body: PermitBody,
  chosen: ChosenApplication,
): ChosenScope {
  const level = body.policyLevel;
  if (level === null) throw opaque('policyLevel is null');
  // Seen live: SC. This computer is all three flags false; the scope comes from computerId.
  if (level.toComputer) throw expectationFailed('Provided applies to ID does not associate with a known OS type');
  const builtIn = chosen.kind !== 'new' && chosen.application.organizationId === state.masterOrganizationId;
  if (builtIn && !level.toEntireOrganization) throw missingPermission(''); // seen live: SC
  const { selectedComputerGroup } = level;
  if (!level.toComputerGroup) {
    if (selectedComputerGroup !== null) throw opaque('selectedComputerGroup is not null');
    return { kind: level.toEntireOrganization ? 'organization' : 'computer' };
  }
  if (level.toEntireOrganization) throw opaque('both organization and group');
  const group = state.groups.find(({ computerGroupId }) => computerGroupId === selectedComputerGroup?.computerGroupId);
  const usable = group !== undefined && (group.isGlobal || group.organizationId === request.organizationId);
  if (!usable || group.osType !== request.osType) throw opaque('selectedComputerGroup cannot be used');
  if (selectedComputerGroup?.organizationId !== group.organizationId || selectedComputerGroup.osType !== group.osType) {
    throw opaque('selectedComputerGroup names another organization or system');
  }
  return { kind: 'group', computerGroupId: group.computerGroupId, isGlobal: group.isGlobal };
}

/** KB: a hash rule carries only its hash; a property rule pairs two properties or more; several options, several rules. */
export function chosenRules(
  request: StoredThreatLockerRequest,
  body: PermitBody,
  chosen: ChosenApplication,
): readonly ManualOption[] {
  const conditions = body.policyConditions;
  if (conditions === null) throw opaque('policyConditions is null');
  if (conditions.ruleId < 0 || conditions.ruleId > 3) throw opaque('ruleId is unknown');
  if (conditions.ruleId > 0) {
    const offered = chosen.kind === 'existing' && chosen.application.maintenance;
    if (!offered) throw opaque('a maintenance mode needs an existing application that is offered for it');
    return [];
  }
  if (chosen.kind === 'matching') return [];
  const options = (conditions.manualOptions ?? []).filter((option) => !option.disabled);
  if (options.length === 0) throw opaque('no rule is given');
  for (const option of options) checkRule(request, option);
  return options;
}

function checkRule(request: StoredThreatLockerRequest, option: ManualOption): void {
  const properties = [option.fullPath, option.processPath, option.cert, option.createdBy].filter(
    (value) => value !== null && value.trim() !== '',
  );
  if (option.hash === null || option.hash === '') {
    if (properties.length < 2) throw opaque('a property rule needs two properties');
    return;
  }
  if (properties.length > 0) throw opaque('a hash rule carries only its hash');
  if (option.hash !== request.file.hash) throw opaque('the rule’s hash is not ThreatLocker’s hash of the file');
}

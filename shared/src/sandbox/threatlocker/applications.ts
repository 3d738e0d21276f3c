import type { JsonObject } from '../json.ts';
import { emptyReply, jsonReply } from '../reply.ts';
import { boundBody, type Endpoint, type EndpointCall, queryParameter } from './endpoint.ts';
import { applicationsFor, matchingApplications } from './matching.ts';
import { type Application, ZERO_GUID } from './model.ts';
import { requirePermission, requireView } from './permissions.ts';
import { cannotLoad, expectationFailed } from './refusals.ts';
import { researchRecord } from './research.ts';
import { applicationOptionsShape, matchParametersShape } from './shapes/application.ts';
import type { ThreatLockerState } from './state.ts';

/** POST ApplicationGetMatchingList. */
export const getMatchingList: Endpoint = ({ state, caller, call }) => {
  const { value: file } = boundBody(call, matchParametersShape);
  requireView(caller.user, caller.organizationId);
  const certs = (file.certs ?? []).map(({ sha, subject, validCert }) => ({
    sha: sha ?? '',
    subject: subject ?? '',
    validCert,
  }));
  const matches = matchingApplications(state, caller.organizationId, {
    hash: file.hash,
    sha256: file.sha256,
    certs,
    osType: file.osType ?? 1, // the spec's default
  });
  const rows = matches.map((application) => applicationDto(state, application, caller.organizationId));
  return { reply: jsonReply(200, { matchingApplications: rows, hasMatching: rows.length > 0 }) };
};

/** GET ApplicationGetListForAddToApplication: custom applications, the organization's own and its parents'. */
export const getListForAddToApplication: Endpoint = (endpoint) => {
  const { state, caller, call } = endpoint;
  if (state.quirks.listForAddToApplication === 'not-found') return { reply: emptyReply(404) };
  requireView(caller.user, caller.organizationId);
  const found = customApplications(endpoint, queriedOsType(endpoint), queryParameter(call, 'searchText') ?? '');
  return {
    reply: jsonReply(
      200,
      found.map((one) => applicationDto(state, one, caller.organizationId)),
    ),
  };
};

/** POST ApplicationGetForApplicationOptions: the published spec's way to the same list, with built-ins on request. */
export const getForApplicationOptions: Endpoint = (endpoint) => {
  const { state, caller, call } = endpoint;
  const { value: options } = boundBody(call, applicationOptionsShape);
  requireView(caller.user, caller.organizationId);
  if (options.organizationId !== ZERO_GUID && options.organizationId !== caller.organizationId) {
    throw cannotLoad('organizationId is not the managed organization');
  }
  const searchText = options.searchText ?? '';
  const custom = customApplications(endpoint, options.osType, searchText);
  const builtIn = options.includeBuiltIn ? builtInApplications(state, options.osType, searchText) : [];
  const rows = [...custom, ...builtIn].map((one) => applicationDto(state, one, caller.organizationId));
  return { reply: jsonReply(200, rows) };
};

/** GET ApplicationGetForMaintenanceMode: rows of a drop-down list, as seed 1 shows them. */
export const getForMaintenanceMode: Endpoint = (endpoint) => {
  const { state, caller } = endpoint;
  requirePermission(caller.user, caller.organizationId, 'Edit Application Control Applications'); // KB
  const rows = customApplications(endpoint, queriedOsType(endpoint), '')
    .filter(({ maintenance }) => maintenance)
    .map((one) => dropdownOption(qualifiedName(state, one, caller.organizationId), one.applicationId));
  return { reply: jsonReply(200, rows) };
};

/** GET ApplicationGetResearchDetailsById: the record, or JSON null where nobody has researched the application. */
export const getResearchDetails: Endpoint = ({ state, call }) => {
  const id = queryParameter(call, 'applicationId')?.toLowerCase();
  const application = state.applications.find(({ applicationId }) => applicationId === id);
  if (application === undefined) throw cannotLoad('no such application');
  return { reply: jsonReply(200, researchRecord(application)) };
};

export function dropdownOption(label: string, value: string): JsonObject {
  return {
    label,
    value,
    numericValue: null,
    entityType: null,
    parentId: null,
    disabled: false,
    tooltip: null,
    featureConfigurationIds: [],
    isSupported: null,
    extendedProperties: null,
  };
}

function customApplications({ state, caller }: EndpointCall, osType: number, searchText: string): Application[] {
  return applicationsFor(state, caller.organizationId)
    .filter(({ organizationId }) => organizationId !== state.masterOrganizationId)
    .filter((application) => application.osType === osType && contains(application, searchText))
    .toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
}

function builtInApplications(state: ThreatLockerState, osType: number, searchText: string): Application[] {
  return state.applications.filter(
    (one) => one.organizationId === state.masterOrganizationId && one.osType === osType && contains(one, searchText),
  );
}

function contains({ name }: Application, searchText: string): boolean {
  return name.toLowerCase().includes(searchText.toLowerCase());
}

function queriedOsType({ call }: EndpointCall): number {
  const osType = Number(queryParameter(call, 'osType'));
  if (![1, 2, 3, 5, 7].includes(osType)) throw expectationFailed('Invalid Operating System Type'); // seen live
  return osType;
}

/** Seed 1: a parent's application is named "parent\application"; ApplicationOnlineDto otherwise. */
function applicationDto(state: ThreatLockerState, application: Application, seenFrom: string): JsonObject {
  const master = application.organizationId === state.masterOrganizationId;
  return {
    name: qualifiedName(state, application, seenFrom),
    applicationName: application.name,
    applicationId: application.applicationId,
    organizationId: application.organizationId,
    organizationName: master ? 'master' : (state.tree.find(application.organizationId)?.name ?? ''),
    osType: application.osType,
    suggestedPolicyId: null,
    status: 0,
    isMaintained: application.isMaintained,
    researchApplicationId: application.researchApplicationId,
  };
}

function qualifiedName(state: ThreatLockerState, application: Application, seenFrom: string): string {
  const { organizationId, name } = application;
  if (organizationId === seenFrom || organizationId === state.masterOrganizationId) return name;
  return `${state.tree.find(organizationId)?.name ?? ''}\\${name}`;
}

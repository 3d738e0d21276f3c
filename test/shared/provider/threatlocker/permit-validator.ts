import { isDeepStrictEqual } from 'node:util';
import type { SchemaName } from './openapi-schemas.ts';
import { neverNull, propertiesOf, schemaProblems } from './schema-check.ts';

// What ThreatLocker insists on in the body of ApprovalRequestPermitApplication, from its public OpenAPI document (PortalAPI
// v1.0.0), its article "Processing Application Control Approval Requests through API", and what clients of others saw
// accepted and refused. Written from those, without a look at how the body is built.

export interface PermitExpectation {
  /** What GetPermitApplicationById answered, as JSON.parse reads it. */
  readonly read: unknown;
  readonly instance: string;
  /** Ids of the organizations above the request's own. */
  readonly parents: readonly string[];
  readonly use: 'matching' | 'existing' | 'new';
  readonly applicationId?: string | undefined;
  readonly applicationName?: string | undefined;
  readonly isBuiltIn?: boolean | undefined;
  readonly rule: 'application' | 'hash' | 'properties' | 'installation' | 'learning' | 'monitor';
  /** Of a property rule: the options' members that must be filled, with their values. */
  readonly properties?: Readonly<Record<string, string>> | undefined;
  readonly scope: 'computer' | 'organization' | { readonly group: string };
  readonly elevation: 'none' | 'elevate' | 'silent';
  readonly hours?: number | undefined;
  readonly expires?: string | undefined;
  readonly ticket?: string | undefined;
  readonly comment?: string | undefined;
  readonly notify?: string | undefined;
  /** How a comment of ours ends. */
  readonly mark: string;
}

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const at = (value: unknown, ...steps: readonly string[]): unknown =>
  steps.reduce<unknown>((holder, step) => (isObject(holder) ? holder[step] : undefined), value);

/** Objects of which the server wants every member, be it null. */
const WHOLE: Readonly<Record<string, SchemaName>> = {
  matchingApplications: 'PermitMatchingApplications',
  policyConditions: 'PermitPolicyConditions',
  policyLevel: 'PermitPolicyLevel',
  adminNotes: 'PermitAdminNotes',
};

/** What a decision says; everything else goes back as it was read. */
const DECIDED = [
  /^organizationIds$/,
  /^(userInstance|isFromApproval|hasOriginApprovalCenter|isElevationRequest|isExecutionRequest)$/,
  /^approvalRequest\.(comments|ticketId)$/,
  /^matchingApplications\./,
  /^policyConditions\.(useExistingPolicy|manualOptions|ruleId|includedAdditionalFiles|certSubjects|createdByProcesses)$/,
  /^policyLevel\.(toEntireOrganization|toComputerGroup|selectedComputerGroup|toComputer)$/,
  /^(policyExpirationDate|elevationStatus|elevationExpiration|elevationExpirationDate)$/,
  /^adminNotes\.(ticket|requestorEmail|comments)$/,
  /^(responseSubject|responseReason|notifyOnResponse)$/,
];

/** Everything that the vendor would refuse, or that would mean something else than was decided. Empty for a good body. */
export function permitProblems(text: string, expected: PermitExpectation): readonly string[] {
  const body: unknown = JSON.parse(text);
  if (!isObject(body)) return ['the body is no object'];
  const found: string[] = [...schemaProblems('PermitApplicationDto', body, expected.read)];
  const must = (holds: boolean, what: string) => {
    if (!holds) found.push(what);
  };
  const same = (path: string, wanted: unknown) => {
    const sent = at(body, ...path.split('.'));
    must(isDeepStrictEqual(sent, wanted), `${path} is ${JSON.stringify(sent)}, not ${JSON.stringify(wanted)}`);
  };
  nothingOmitted(body, must);
  nothingLost(expected.read, body, '', must);

  const request = at(expected.read, 'approvalRequest');
  const isElevation = at(expected.read, 'actionType') === 'elevate';
  must(at(body, 'approvalRequest', 'json') === at(request, 'json'), 'approvalRequest.json is not what was read');
  must(typeof at(body, 'approvalRequest', 'json') === 'string', 'approvalRequest.json is no text');
  must(at(body, 'approvalRequest', 'approvalRequestId') !== undefined, 'approvalRequest.approvalRequestId is missing');
  must(
    typeof at(body, 'fileDetails', 'fullPath') === 'string' && at(body, 'fileDetails', 'fullPath') !== '',
    'no full path',
  );
  same('userInstance', expected.instance);
  same('isFromApproval', true);
  same('hasOriginApprovalCenter', true);
  same('isElevationRequest', isElevation);
  same('isExecutionRequest', !isElevation);
  same('organizationIds', expected.parents);

  application(body, expected, must, same);
  rule(body, expected, must, same);
  scope(body, expected, must, same);

  same('elevationStatus', { none: 0, elevate: 1, silent: 2 }[expected.elevation]);
  same('elevationExpiration', expected.hours ?? 0);
  same('elevationExpirationDate', null);
  same('policyExpirationDate', expected.expires === undefined ? null : new Date(expected.expires).toISOString());
  notes(body, expected, must, same);
  must([0, 1, 6].includes(Number(body['ringfenceActionId'])), 'ringfenceActionId is not known to permit');
  must(!/approvalRequestDtos|rejectReason/i.test(Object.keys(body).join()), 'members of a rejection');
  return found;
}

type Must = (holds: boolean, what: string) => void;
type Same = (path: string, wanted: unknown) => void;

/** Null, never left out, where a member is unused; and never null where the server takes only a number, a flag or an id. */
function nothingOmitted(body: Json, must: Must): void {
  for (const name of propertiesOf('PermitApplicationDto')) must(Object.hasOwn(body, name), `${name} is left out`);
  for (const [place, schema] of Object.entries(WHOLE)) {
    const part = body[place];
    for (const name of propertiesOf(schema)) {
      must(isObject(part) && Object.hasOwn(part, name), `${place}.${name} is left out`);
    }
    for (const name of neverNull(schema)) must(at(part, name) !== null, `${place}.${name} is null`);
  }
  for (const name of neverNull('PermitApplicationDto')) must(body[name] !== null, `${name} is null`);
  for (const name of neverNull('ApprovalRequestDto')) {
    must(at(body, 'approvalRequest', name) !== null, `approvalRequest.${name} is null`);
  }
}

/** Whatever was read comes back in its place, what no schema knows included; only what was decided may differ. */
function nothingLost(read: unknown, body: unknown, path: string, must: Must): void {
  if (!isObject(read) || !isObject(body)) return;
  for (const [name, value] of Object.entries(read)) {
    const here = path === '' ? name : `${path}.${name}`;
    if (DECIDED.some((pattern) => pattern.test(here))) continue;
    if (!Object.hasOwn(body, name)) must(false, `${here} is lost`);
    else if (isObject(value)) {
      must(isObject(body[name]), `${here} is no object any more`);
      nothingLost(value, body[name], here, must);
    } else if (value !== null || !needsValue(here)) {
      must(isDeepStrictEqual(body[name], value), `${here} is ${JSON.stringify(body[name])}, not as read`);
    }
  }
}

function needsValue(path: string): boolean {
  const [place = '', name] = path.split('.');
  if (name === undefined) return neverNull('PermitApplicationDto').includes(place);
  const schema = place === 'approvalRequest' ? 'ApprovalRequestDto' : WHOLE[place];
  return schema !== undefined && neverNull(schema).includes(name);
}

function application(body: Json, { use, applicationId, applicationName }: PermitExpectation, must: Must, same: Same) {
  const uses = ['useMatchingApplication', 'useExistingApplication', 'useNewApplication'];
  const used = uses.filter((name) => at(body, 'matchingApplications', name) === true);
  must(used.length === 1, `used are ${used.join(' and ') || 'none'}, not one`);
  same('matchingApplications.useMatchingApplication', use === 'matching');
  same('matchingApplications.useExistingApplication', use === 'existing');
  same('matchingApplications.useNewApplication', use === 'new');
  for (const name of ['matching', 'existing']) {
    if (use !== name) same(`matchingApplications.${name}Application`, null);
    else same(`matchingApplications.${name}Application.applicationId`, applicationId);
  }
  const newName = at(body, 'matchingApplications', 'newApplicationName');
  if (use === 'new') {
    must(typeof newName === 'string' && newName.trim() !== '', 'a new application without a name');
    same('matchingApplications.newApplicationName', applicationName);
  } else must(newName === null || newName === '', 'a name for an application that is not new');
}

const RULE_IDS: Readonly<Record<string, number>> = { installation: 1, learning: 2, monitor: 3 };

function rule(body: Json, { rule: wanted, read, properties, use }: PermitExpectation, must: Must, same: Same): void {
  same('policyConditions.ruleId', RULE_IDS[wanted] ?? 0);
  same('policyConditions.useExistingPolicy', false);
  // What the record holds would be conditions that nobody was shown.
  same('policyConditions.certSubjects', []);
  same('policyConditions.createdByProcesses', []);
  const sent = at(body, 'policyConditions', 'manualOptions');
  const options = Array.isArray(sent) ? sent.filter((option) => at(option, 'disabled') !== true) : [];
  const filled = (option: unknown) =>
    Object.fromEntries(
      ['fullPath', 'processPath', 'cert', 'createdBy', 'hash'].flatMap((name) => {
        const value = at(option, name);
        return typeof value === 'string' && value !== '' ? [[name, value]] : [];
      }),
    );
  if (wanted !== 'hash' && wanted !== 'properties') {
    must(options.length === 0, `${options.length} rules where ${use} takes none`);
    return;
  }
  must(options.length === 1, `${options.length} rules, not one`);
  const only = filled(options[0]);
  if (wanted === 'hash') {
    const hash = at(read, 'fileDetails', 'hash');
    must(isDeepStrictEqual(only, { hash }), `the hash rule carries ${JSON.stringify(only)}`);
  } else {
    must(!('hash' in only) && Object.keys(only).length >= 2, `the property rule carries ${JSON.stringify(only)}`);
    must(isDeepStrictEqual(only, properties), `the properties are ${JSON.stringify(only)}`);
  }
}

function scope(body: Json, { scope: wanted, isBuiltIn, read }: PermitExpectation, must: Must, same: Same): void {
  same('policyLevel.toComputer', false);
  same('policyLevel.toEntireOrganization', wanted === 'organization');
  same('policyLevel.toComputerGroup', typeof wanted === 'object');
  if (isBuiltIn) must(wanted === 'organization', 'a built-in application for less than the organization');
  if (typeof wanted !== 'object') same('policyLevel.selectedComputerGroup', null);
  else {
    same('policyLevel.selectedComputerGroup.computerGroupId', wanted.group);
    same('policyLevel.selectedComputerGroup.organizationId', at(read, 'organizationId'));
    same('policyLevel.selectedComputerGroup.osType', at(read, 'osType'));
    must(at(body, 'policyLevel', 'selectedComputerGroup', 'isGlobal') === false, 'the group is or may be global');
  }
}

function notes(body: Json, expected: PermitExpectation, must: Must, same: Same): void {
  const { comment, ticket, notify, mark, read } = expected;
  const kept = at(read, 'approvalRequest', 'comments');
  const before = typeof kept === 'string' && kept !== '' ? [kept] : [];
  const ours = comment === undefined ? [mark] : [comment, mark];
  same('approvalRequest.comments', [...before, ...ours].join(' '));
  same('approvalRequest.ticketId', ticket ?? at(read, 'approvalRequest', 'ticketId') ?? '');
  same('adminNotes.ticket', ticket ?? '');
  same('adminNotes.comments', ours.join(' '));
  same('notifyOnResponse', notify !== undefined);
  same('responseReason', notify ?? null);
  const subject = at(body, 'responseSubject');
  must(notify === undefined ? subject === null : typeof subject === 'string' && subject !== '', 'a wrong subject');
}

import { beforeAll, expect, test } from 'vitest';
import { openWorld } from '../../../support/world.ts';
import { type PermitExpectation, permitProblems } from './permit-validator.ts';
import { DECISION, MARK, ready } from './setup.ts';

// The validator stands between a wrong body and a customer's computers, so each of its rules is seen to fail once.

let good: string;
let expected: PermitExpectation;

beforeAll(async () => {
  const { provider, named, sandbox, close } = await openWorld();
  const acme = await provider('acme');
  const { id } = named('obsidian-contoso');
  const { contoso, northwind } = sandbox.threatLocker.organizations;
  const options = { application: { use: 'new', name: 'Obsidian' } } as const;
  const { target } = ready(await acme.prepare(id, { verdict: 'approve', options }, DECISION));
  const response = await fetch(
    `${sandbox.threatLocker.url}/portalapi/ApprovalRequest/ApprovalRequestGetPermitApplicationById?approvalRequestId=${id}`,
    { headers: { authorization: sandbox.threatLocker.token, managedOrganizationId: contoso } },
  );
  good = target.write.body ?? '';
  expected = {
    read: await response.json(),
    instance: 'g',
    parents: [northwind],
    use: 'new',
    applicationName: 'Obsidian',
    rule: 'hash',
    scope: 'computer',
    elevation: 'none',
    mark: MARK,
  };
  await close();
});

test('a good body has no problem', () => {
  expect(permitProblems(good, expected)).toEqual([]);
});

const LEFT_OUT = Symbol('left out');
const RULE = {
  fullPath: '',
  processPath: '',
  cert: '',
  hash: '',
  createdBy: '',
  isDefaultOption: true,
  disabled: false,
};

test.each<readonly [string, unknown]>([
  ['approvalRequest.json', null],
  ['approvalRequest.json', '{}'],
  ['approvalRequest.json', LEFT_OUT],
  ['approvalRequest.approvalRequestId', LEFT_OUT],
  ['approvalRequest.statusIdEscalatedToMSP', null],
  ['approvalRequest.comments', 'ours alone'],
  ['approvalRequest.queueContext', LEFT_OUT],
  ['approvalRequest.newMember', 1],
  ['permitContext', LEFT_OUT],
  ['permitContext.revision', 4],
  ['actionLog.ingestContext.trace', ''],
  ['somethingNew', true],
  ['userInstance', null],
  ['userInstance', 'h'],
  ['isFromApproval', false],
  ['hasOriginApprovalCenter', null],
  ['isElevationRequest', true],
  ['isExecutionRequest', false],
  ['organizationIds', []],
  ['organizationIds', null],
  ['organizationIds', ['00000000-0000-0000-0000-000000000001']],
  ['organizationId', '00000000-0000-0000-0000-000000000001'],
  ['computerId', LEFT_OUT],
  ['computerId', null],
  ['osType', '1'],
  ['osType', null],
  ['fileDetails.fullPath', ''],
  ['fileDetails.size', 1.5],
  ['matchingApplications.useMatchingApplication', true],
  ['matchingApplications.useNewApplication', false],
  ['matchingApplications.existingApplication', {}],
  ['matchingApplications.matchingApplication', LEFT_OUT],
  ['matchingApplications.newApplicationName', ' '],
  ['policyConditions.ruleId', 2],
  ['policyConditions.ruleId', null],
  ['policyConditions.useExistingPolicy', true],
  ['policyConditions.certSubjects', ['CN=Any']],
  ['policyConditions.certSubjects', null],
  ['policyConditions.createdByProcesses', ['C:\\any.exe']],
  ['policyConditions.createdByProcesses', LEFT_OUT],
  ['policyConditions.manualOptions', []],
  ['policyConditions.manualOptions', [RULE]],
  ['policyConditions.manualOptions', [{ ...RULE, hash: 'another' }]],
  ['policyConditions.manualOptions', [{ ...RULE, fullPath: 'C:\\*', cert: 'CN=Any' }]],
  ['policyConditions.manualOptions.0.fullPath', 'C:\\*'],
  ['policyConditions.manualOptions.0.disabled', null],
  ['policyLevel.toComputer', true],
  ['policyLevel.toEntireOrganization', true],
  ['policyLevel.toComputerGroup', true],
  ['policyLevel.selectedComputerGroup', {}],
  ['policyLevel.selectedComputerGroup', LEFT_OUT],
  ['policyLevel', null],
  ['policyExpirationDate', LEFT_OUT],
  ['policyExpirationDate', 'tomorrow'],
  ['policyExpirationDate', '2027-01-31T16:00:00.000Z'],
  ['elevationStatus', 1],
  ['elevationStatus', null],
  ['elevationExpiration', 4],
  ['elevationExpiration', 0.5],
  ['elevationExpirationDate', '2027-01-31T16:00:00.000Z'],
  ['ringfenceActionId', 2],
  ['adminNotes.comments', ''],
  ['adminNotes.ticket', 'X'],
  ['responseReason', 'Yes'],
  ['responseSubject', 'Yes'],
  ['notifyOnResponse', true],
  ['notifyOnResponse', null],
  ['approvalRequestDtos', []],
])('a fault is seen: %s becomes %j', (path, value) => {
  expect(permitProblems(changed(good, path.split('.'), value), expected)).not.toEqual([]);
});

test.each<readonly [string, Partial<PermitExpectation>]>([
  ['a built-in application needs the organization', { isBuiltIn: true }],
  ['an elevation', { elevation: 'silent' }],
  ['hours', { hours: 3 }],
  ['an expiry', { expires: '2027-01-31T17:00:00+01:00' }],
  ['a ticket', { ticket: 'INC-1' }],
  ['a comment', { comment: 'why' }],
  ['a message', { notify: 'hello' }],
  ['another name', { applicationName: 'Obsidian 2' }],
  ['another rule', { rule: 'properties' }],
  ['another scope', { scope: { group: '00000000-0000-0000-0000-000000000001' } }],
  ['another application', { use: 'existing', applicationId: '00000000-0000-0000-0000-000000000001' }],
])('a body that lacks what was decided is seen: %s', (_name, change) => {
  expect(permitProblems(good, { ...expected, ...change })).not.toEqual([]);
});

function changed(text: string, [first = '', ...rest]: readonly string[], value: unknown): string {
  const copy = JSON.parse(text);
  let holder = copy;
  let name = first;
  for (const step of rest) {
    holder = holder[name];
    name = step;
  }
  if (value === LEFT_OUT) delete holder[name];
  else holder[name] = value;
  return JSON.stringify(copy);
}

import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../../shared/src/sandbox/index.ts';
import {
  type Answer,
  dig,
  edit,
  hashRule,
  NOW,
  organizationOf,
  parentsOf,
  permit,
  permitBody,
  rows,
  sandboxForTest,
  threatLocker,
} from './helpers.ts';

const APPLICATION = { name: 'Unused', applicationName: 'Unused' };
const OPAQUE = /^A problem occurred with the request \(/;

/** Changes an acceptable body and sends it. */
async function permitWith(
  sandbox: Sandbox,
  changes: Readonly<Record<string, unknown>>,
  name = 'unsigned-downloads',
): Promise<Answer> {
  return permit(sandbox, name, edit(await permitBody(sandbox, name), changes));
}

function statusOf(sandbox: Sandbox, name = 'unsigned-downloads'): number | undefined {
  return sandbox.raw('threatlocker', sandbox.id(name))?.statusId;
}

async function application(sandbox: Sandbox, name: string, applicationName: string): Promise<unknown> {
  const request = sandbox.raw('threatlocker', sandbox.id(name));
  const answer = await threatLocker(sandbox, 'Application/ApplicationGetForApplicationOptions', {
    organization: organizationOf(sandbox, name),
    body: { osType: request?.osType, includeBuiltIn: true, searchText: applicationName },
  });
  return rows(answer)[0];
}

describe('ApprovalRequestPermitApplication', () => {
  test('approves by hash on one computer and answers 200 with an empty body', async () => {
    const sandbox = await sandboxForTest();
    const body = edit(await permitBody(sandbox, 'unsigned-downloads'), {
      'approvalRequest.comments': 'checked with Paul',
      'adminNotes.comments': '[note] looked at the file',
      notifyOnResponse: true,
      responseSubject: 'Approved',
      responseReason: 'You may use it on this computer.',
    });
    const answer = await permit(sandbox, 'unsigned-downloads', body);
    expect([answer.status, answer.text]).toEqual([200, '']);
    const stored = sandbox.raw('threatlocker', sandbox.id('unsigned-downloads'));
    const { json } = await threatLocker(sandbox, 'ApprovalRequest/ApprovalRequestGetById', {
      query: { approvalRequestId: sandbox.id('unsigned-downloads') },
    });
    expect(dig(json, 'policyId')).toMatch(/-/);
    expect(dig(json, 'hasPendingApprovalRequest')).toBe(false);
    expect(stored).toMatchObject({
      statusId: 4,
      approvedBy: sandbox.threatLocker.users.main,
      actionDate: '2026-10-05T12:00:00Z',
      comments: 'checked with Paul',
      aftermath: {
        kind: 'permitted',
        policyAction: 'permit',
        application: 'new',
        scope: 'computer',
        applicationName: 'unsigned-downloads (one computer)',
        adminNotes: { comments: '[note] looked at the file' },
        notified: { subject: 'Approved', reason: 'You may use it on this computer.' },
      },
    });
    expect(sandbox.record).toMatchObject([
      { verdict: 'approve', requestId: sandbox.id('unsigned-downloads'), effect: 'applied', status: 200 },
    ]);
    expect(sandbox.record[0]?.body).toBe(JSON.stringify(body));
  });

  test('reads member names whatever their case, as .NET does', async () => {
    const sandbox = await sandboxForTest();
    const body = edit(await permitBody(sandbox, 'unsigned-downloads'), {
      userInstance: undefined,
      userinstance: sandbox.threatLocker.instance,
    });
    expect((await permit(sandbox, 'unsigned-downloads', body)).status).toBe(200);
    expect(statusOf(sandbox)).toBe(4);
  });

  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['approvalRequest.json left out', { 'approvalRequest.json': undefined }],
    ['approvalRequest.json null', { 'approvalRequest.json': null }],
    ['no userInstance', { userInstance: null }],
    ['isFromApproval false', { isFromApproval: false }],
    ['hasOriginApprovalCenter null', { hasOriginApprovalCenter: null }],
    ['another actionType', { actionType: 'elevate' }],
    ['isElevationRequest on an execute request', { isElevationRequest: true }],
    ['another computer', { computerId: '11111111-1111-4111-8111-111111111111' }],
    ['organizationIds null', { organizationIds: null }],
    ['organizationIds empty below the top', { organizationIds: [] }],
    ['another path', { 'fileDetails.fullPath': 'C:\\other.exe' }],
    ['two choices of application', { 'matchingApplications.useExistingApplication': true }],
    ['no choice of application', { 'matchingApplications.useNewApplication': false }],
    ['a nullable date left out', { policyExpirationDate: undefined }],
    ['a nullable application left out', { 'matchingApplications.existingApplication': undefined }],
    ['a nullable group left out', { 'policyLevel.selectedComputerGroup': undefined }],
    ['no rule', { 'policyConditions.manualOptions': [] }],
    ['an unknown ruleId', { 'policyConditions.ruleId': 9 }],
    ['a maintenance mode for a new application', { 'policyConditions.ruleId': 1 }],
    ['elevationStatus of policies', { elevationStatus: 3 }],
    ['a negative elevationStatus', { elevationStatus: -1 }],
    ['negative hours', { elevationStatus: 1, elevationExpiration: -1 }],
    ['an expiry without elevation', { elevationExpirationDate: '2026-10-06T12:00:00Z' }],
    ['matchingApplications null', { matchingApplications: null }],
    ['policyLevel null', { policyLevel: null }],
    ['policyConditions null', { policyConditions: null }],
    ['an unused matching application', { 'matchingApplications.matchingApplication': APPLICATION }],
    ['an unused existing application', { 'matchingApplications.existingApplication': APPLICATION }],
    ['an unused group', { 'policyLevel.selectedComputerGroup': { name: 'Workstations' } }],
    [
      'group and organization at once',
      { 'policyLevel.toComputerGroup': true, 'policyLevel.toEntireOrganization': true },
    ],
    ['a rule for another hash', { 'policyConditions.manualOptions': [hashRule('0'.repeat(64))] }],
    ['only a disabled rule', { 'policyConditions.manualOptions': [{ ...hashRule('x'), disabled: true }] }],
    ['an unknown top-level member lost', { permitContext: undefined }],
    ['an unknown nested member lost', { 'approvalRequest.queueContext': undefined }],
    ['an unknown nested member changed', { 'actionLog.ingestContext.pipeline': 'v1' }],
  ])('ends in an opaque 500: %s', async (_, changes) => {
    const sandbox = await sandboxForTest();
    const answer = await permitWith(sandbox, changes);
    expect(answer.status).toBe(500);
    expect(dig(answer.json, 'Message')).toMatch(OPAQUE);
    expect(statusOf(sandbox)).toBe(1);
    expect(sandbox.record).toMatchObject([{ verdict: 'approve', effect: 'refused', status: 500 }]);
  });

  test.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
    [
      'an int',
      { 'approvalRequest.statusIdEscalatedToMSP': null },
      /^\$\.approvalRequest\.statusIdEscalatedToMSP: The JSON value could not be converted to System\.Int32\.$/,
    ],
    ['a flag', { notifyOnResponse: null }, /System\.Boolean\.$/],
    ['a GUID', { 'approvalRequest.approvalRequestId': 'x' }, /System\.Guid\.$/],
    ['a nested flag', { 'policyLevel.toComputer': null }, /^\$\.policyLevel\.toComputer: .*System\.Boolean\.$/],
    [
      'a date',
      { policyExpirationDate: 'tomorrow' },
      /^\$\.policyExpirationDate: .*System\.Nullable`1\[System\.DateTime\]\.$/,
    ],
    ['a text', { userInstance: 7 }, /^\$\.userInstance: .*System\.String\.$/],
    ['a list', { networkExclusions: {} }, /^\$\.networkExclusions: The JSON value could not be converted/],
    ['an item of a list', { organizationIds: ['x'] }, /^\$\.organizationIds\[0\]: .*System\.Guid\.$/],
    ['an object', { policyLevel: [] }, /^\$\.policyLevel: The JSON value could not be converted/],
  ])('refuses null or a wrong type for %s with 400', async (_, changes, sentence) => {
    const sandbox = await sandboxForTest();
    const answer = await permitWith(sandbox, changes);
    expect(answer.status).toBe(400);
    expect(dig(answer.json, 'message')).toMatch(sentence);
    expect(statusOf(sandbox)).toBe(1);
  });

  test('answers 200 and does nothing when approvalRequest.json is not verbatim', async () => {
    const sandbox = await sandboxForTest();
    const body = await permitBody(sandbox, 'unsigned-downloads');
    const reprinted = JSON.stringify(JSON.parse(String(dig(body, 'approvalRequest.json'))));
    const answer = await permit(sandbox, 'unsigned-downloads', edit(body, { 'approvalRequest.json': reprinted }));
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(statusOf(sandbox)).toBe(1);
    expect(sandbox.record).toMatchObject([{ effect: 'nothing', status: 200 }]);
  });

  test('insists on a name for a new application', async () => {
    const sandbox = await sandboxForTest();
    const answer = await permitWith(sandbox, { 'matchingApplications.newApplicationName': ' ' });
    expect(answer.status).toBe(417);
    expect(dig(answer.json, 'Message')).toBe('Must enter a name for a new application');
  });

  test('refuses toComputer', async () => {
    const sandbox = await sandboxForTest();
    const answer = await permitWith(sandbox, { 'policyLevel.toComputer': true });
    expect(answer.status).toBe(417);
    expect(dig(answer.json, 'Message')).toBe('Provided applies to ID does not associate with a known OS type');
  });

  test('takes property rules of two properties, and no other mixture', async () => {
    const sandbox = await sandboxForTest();
    const rule = { ...hashRule(null), fullPath: '*\\pdf-merge-portable.exe' };
    const one = await permitWith(sandbox, { 'policyConditions.manualOptions': [rule] });
    expect(one.status).toBe(500);
    const hash = sandbox.raw('threatlocker', sandbox.id('unsigned-downloads'))?.file.hash;
    const mixed = await permitWith(sandbox, { 'policyConditions.manualOptions': [{ ...rule, hash }] });
    expect(mixed.status).toBe(500);
    const two = { ...rule, processPath: 'c:\\program files\\google\\chrome\\application\\chrome.exe' };
    expect((await permitWith(sandbox, { 'policyConditions.manualOptions': [two] })).status).toBe(200);
    expect(statusOf(sandbox)).toBe(4);
  });

  test('needs organization scope for a built-in match, which it says with an empty permission name', async () => {
    const sandbox = await sandboxForTest();
    const matchingApplication = await application(sandbox, 'acrobat-install', 'Adobe Acrobat');
    const match = {
      'matchingApplications.useNewApplication': false,
      'matchingApplications.newApplicationName': null,
      'matchingApplications.useMatchingApplication': true,
      'matchingApplications.matchingApplication': matchingApplication,
    };
    const narrow = await permitWith(sandbox, match, 'acrobat-install');
    expect([narrow.status, dig(narrow.json, 'message')]).toEqual([401, "Missing the '' permission"]);
    const wide = { ...match, 'policyLevel.toEntireOrganization': true };
    expect((await permitWith(sandbox, wide, 'acrobat-install')).status).toBe(200);
    expect(sandbox.raw('threatlocker', sandbox.id('acrobat-install'))?.aftermath).toMatchObject({
      application: 'matching',
      applicationId: '4cc1729d-8727-43de-b379-f3df4fe6055a',
      scope: 'organization',
    });
  });

  test('takes a matching application only if it matches', async () => {
    const sandbox = await sandboxForTest();
    const answer = await permitWith(sandbox, {
      'matchingApplications.useNewApplication': false,
      'matchingApplications.useMatchingApplication': true,
      'matchingApplications.matchingApplication': await application(sandbox, 'unsigned-downloads', 'Dental'),
    });
    expect(answer.status).toBe(500);
  });

  test('adds the hash to an existing application, which then matches its other requests', async () => {
    const sandbox = await sandboxForTest();
    const existing = {
      'matchingApplications.useNewApplication': false,
      'matchingApplications.useExistingApplication': true,
      'matchingApplications.existingApplication': await application(sandbox, 'obsidian-contoso', 'Approved Utilities'),
    };
    expect((await permitWith(sandbox, existing, 'obsidian-contoso')).status).toBe(200);
    const hash = sandbox.raw('threatlocker', sandbox.id('obsidian-fabrikam'))?.file.hash;
    const matches = await threatLocker(sandbox, 'Application/ApplicationGetMatchingList', {
      organization: sandbox.threatLocker.organizations.fabrikam,
      body: { hash, osType: 1 },
    });
    expect(dig(matches.json, 'matchingApplications.0.name')).toBe('Northwind Managed IT\\Approved Utilities');
    // The other request for the same file does not clear itself.
    expect(statusOf(sandbox, 'obsidian-fabrikam')).toBe(1);
  });

  test('cannot add to a built-in', async () => {
    const sandbox = await sandboxForTest();
    const answer = await permitWith(sandbox, {
      'matchingApplications.useNewApplication': false,
      'matchingApplications.useExistingApplication': true,
      'matchingApplications.existingApplication': await application(sandbox, 'unsigned-downloads', 'KeePass'),
    });
    expect(answer.status).toBe(500);
  });

  test('cannot add to another system’s application', async () => {
    const sandbox = await sandboxForTest();
    const answer = await permitWith(sandbox, {
      'matchingApplications.useNewApplication': false,
      'matchingApplications.useExistingApplication': true,
      'matchingApplications.existingApplication': await application(sandbox, 'mac-rectangle', 'Mac Utilities'),
    });
    expect(answer.status).toBe(500);
  });

  test.each([
    ['Approved Utilities', 200],
    ['Northwind Remote Toolkit', 500],
  ])('opens a maintenance mode only with an application offered for it: %s', async (name, status) => {
    const sandbox = await sandboxForTest();
    const answer = await permitWith(sandbox, {
      'matchingApplications.useNewApplication': false,
      'matchingApplications.useExistingApplication': true,
      'matchingApplications.existingApplication': await application(sandbox, 'unsigned-downloads', name),
      'policyConditions.ruleId': 1,
      'policyConditions.manualOptions': [],
    });
    expect(answer.status).toBe(status);
  });

  test('takes a group of the request’s organization and system, and no other', async () => {
    const sandbox = await sandboxForTest();
    const groups = async (organization: string, osType: string): Promise<readonly unknown[]> =>
      rows(
        await threatLocker(sandbox, 'ComputerGroup/ComputerGroupGetForPermitApplication', {
          organization,
          query: { osType },
        }),
      );
    const { contoso, fabrikam } = sandbox.threatLocker.organizations;
    const toGroup = (group: unknown): Readonly<Record<string, unknown>> => ({
      'policyLevel.toComputerGroup': true,
      'policyLevel.selectedComputerGroup': group,
    });
    const [own] = await groups(contoso, '1');
    const global = (await groups(contoso, '1')).find((group) => dig(group, 'isGlobal') === true);
    expect((await permitWith(sandbox, toGroup((await groups(fabrikam, '1'))[0]))).status).toBe(500);
    expect((await permitWith(sandbox, toGroup((await groups(contoso, '2'))[0]))).status).toBe(500);
    expect((await permitWith(sandbox, toGroup(null))).status).toBe(500);
    const renamed = edit(own, { organizationId: fabrikam });
    expect((await permitWith(sandbox, toGroup(renamed))).status).toBe(500);
    const both = { ...toGroup(own), 'policyLevel.toEntireOrganization': true };
    expect((await permitWith(sandbox, both)).status).toBe(500);
    const refused = await permitWith(sandbox, toGroup(global));
    expect([refused.status, dig(refused.json, 'message')]).toEqual([
      401,
      "Missing the 'Approve for Global' permission",
    ]);
    expect((await permitWith(sandbox, toGroup(own))).status).toBe(200);
    expect(sandbox.raw('threatlocker', sandbox.id('unsigned-downloads'))?.aftermath).toMatchObject({
      scope: 'group',
      computerGroupId: dig(own, 'computerGroupId'),
    });
  });

  test('wants no parents for the token’s own organization', async () => {
    const sandbox = await sandboxForTest();
    const self = await permitWith(sandbox, { organizationIds: [sandbox.threatLocker.organizationId] }, 'msp-putty');
    expect(self.status).toBe(500);
    expect((await permitWith(sandbox, { organizationIds: [] }, 'msp-putty')).status).toBe(200);
  });

  test('wants both parents two levels down', async () => {
    const sandbox = await sandboxForTest();
    const [near = ''] = parentsOf(sandbox, sandbox.threatLocker.organizations.harbor);
    expect((await permitWith(sandbox, { organizationIds: [near] }, 'obsidian-harbor')).status).toBe(500);
    expect((await permitWith(sandbox, {}, 'obsidian-harbor')).status).toBe(200);
  });

  test('acts only under the request’s own organization', async () => {
    const sandbox = await sandboxForTest();
    const body = await permitBody(sandbox, 'unsigned-downloads');
    const parent = await permit(sandbox, 'unsigned-downloads', body, {
      organization: sandbox.threatLocker.organizationId,
    });
    expect([parent.status, dig(parent.json, 'Message')]).toEqual([417, 'Missing Parameters. Unable to load details.']);
    expect(statusOf(sandbox)).toBe(1);
  });

  test('says who actioned a request that is decided already', async () => {
    const sandbox = await sandboxForTest();
    const body = await permitBody(sandbox, 'unsigned-downloads');
    sandbox.rivalDecides('threatlocker', sandbox.id('unsigned-downloads'), 'deny');
    const answer = await permit(sandbox, 'unsigned-downloads', body);
    expect([answer.status, dig(answer.json, 'message')]).toEqual([
      400,
      'Approval Request already actioned by Robin Rival',
    ]);
    expect(statusOf(sandbox)).toBe(10);
  });

  test('lets a tiered request wait for the next tier', async () => {
    const sandbox = await sandboxForTest();
    expect((await permitWith(sandbox, {}, 'payroll')).status).toBe(200);
    const { json } = await threatLocker(sandbox, 'ApprovalRequest/ApprovalRequestGetById', {
      organization: organizationOf(sandbox, 'payroll'),
      query: { approvalRequestId: sandbox.id('payroll') },
    });
    expect(json).toMatchObject({ statusId: 1, approvalCount: 1, pendingTierLevel: 2, hasPendingApprovalRequest: true });
    expect(sandbox.raw('threatlocker', sandbox.id('payroll'))?.aftermath).toBeNull();
    expect((await permitWith(sandbox, {}, 'payroll')).status).toBe(200);
    expect(statusOf(sandbox, 'payroll')).toBe(4);
  });

  test('completes an escalated request with its last tier', async () => {
    const sandbox = await sandboxForTest();
    expect((await permitWith(sandbox, {}, 'escalated-customer')).status).toBe(200);
    expect(statusOf(sandbox, 'escalated-customer')).toBe(4);
  });

  test('approves an elevation with its status and hours', async () => {
    const sandbox = await sandboxForTest();
    const answer = await permitWith(sandbox, { elevationStatus: 1, elevationExpiration: 4 }, 'elevate-printer');
    expect(answer.status).toBe(200);
    expect(sandbox.raw('threatlocker', sandbox.id('elevate-printer'))?.aftermath).toMatchObject({
      elevationStatus: 1,
      elevationExpiration: 4,
    });
  });

  test('refuses an expiry in the past', async () => {
    const sandbox = await sandboxForTest();
    const past = await permitWith(sandbox, { policyExpirationDate: new Date(NOW - 1000).toISOString() });
    expect([past.status, dig(past.json, 'Message')]).toEqual([417, 'Invalid Date Range']);
    const future = await permitWith(sandbox, { policyExpirationDate: '2026-10-06T12:00:00Z' });
    expect(future.status).toBe(200);
  });

  test('makes a policy that denies where ringfenceActionId says 2', async () => {
    const sandbox = await sandboxForTest();
    expect((await permitWith(sandbox, { ringfenceActionId: 2 })).status).toBe(200);
    expect(sandbox.raw('threatlocker', sandbox.id('unsigned-downloads'))?.aftermath).toMatchObject({
      policyAction: 'deny',
    });
  });

  test.each(['usb-read', 'usb-write', 'network-web'])('does not permit %s', async (name) => {
    const sandbox = await sandboxForTest();
    const rule = { ...hashRule(null), fullPath: '*', processPath: '*' };
    expect((await permitWith(sandbox, { 'policyConditions.manualOptions': [rule] }, name)).status).toBe(500);
    expect(statusOf(sandbox, name)).toBe(1);
  });

  test('may be told to refuse what shows an MFA challenge', async () => {
    const sandbox = await sandboxForTest({ threatLocker: { mfaChallenge: 'blocks' } });
    expect((await permitWith(sandbox, {}, 'elevate-printer')).status).toBe(401);
  });
});

describe('least privilege', () => {
  const permitAs = async (
    sandbox: Sandbox,
    token: keyof Sandbox['threatLocker']['tokens'],
    name: string,
    changes: Readonly<Record<string, unknown>> = {},
  ): Promise<readonly unknown[]> => {
    const body = edit(await permitBody(sandbox, name), changes);
    const answer = await permit(sandbox, name, body, { token: sandbox.threatLocker.tokens[token] });
    return [answer.status, dig(answer.json, 'message')];
  };

  test('a viewer cannot approve', async () => {
    const sandbox = await sandboxForTest();
    expect(await permitAs(sandbox, 'viewer', 'anydesk')).toEqual([
      401,
      "Missing the 'Approve for Single Computer Application Only' permission",
    ]);
  });

  test('the narrowest permission suffices for an application on one computer, not for more', async () => {
    const sandbox = await sandboxForTest();
    const wide = { 'policyLevel.toEntireOrganization': true };
    expect(await permitAs(sandbox, 'applicationOnComputer', 'anydesk', wide)).toEqual([
      401,
      "Missing the 'Approve for Entire Organization' permission",
    ]);
    expect(await permitAs(sandbox, 'group', 'anydesk', wide)).toEqual([
      401,
      "Missing the 'Approve for Entire Organization' permission",
    ]);
    expect(await permitAs(sandbox, 'applicationOnComputer', 'anydesk')).toEqual([200, undefined]);
  });

  test('an elevation needs its own permission', async () => {
    const sandbox = await sandboxForTest();
    expect(await permitAs(sandbox, 'withoutElevation', 'elevate-assigned')).toEqual([
      401,
      "Missing the 'Elevation Administrator' permission",
    ]);
  });

  test('roles are not inherited by organizations below', async () => {
    const sandbox = await sandboxForTest();
    expect((await permitAs(sandbox, 'ownOrganizationOnly', 'anydesk'))[0]).toBe(401);
    expect((await permitAs(sandbox, 'ownOrganizationOnly', 'msp-putty'))[0]).toBe(200);
  });

  test('a customer’s token does not reach its neighbour', async () => {
    const sandbox = await sandboxForTest();
    expect(await permitAs(sandbox, 'customer', 'anydesk')).toEqual([401, "Missing the '' permission"]);
    expect((await permitAs(sandbox, 'customer', 'obsidian-harbor'))[0]).toBe(200);
  });
});

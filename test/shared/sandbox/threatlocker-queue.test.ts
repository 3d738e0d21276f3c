import { describe, expect, test } from 'vitest';
import { dig, edit, list, NOW, organizationOf, rows, sandboxForTest, threatLocker } from './helpers.ts';

const GET_BY_ID = 'ApprovalRequest/ApprovalRequestGetById';
const GET_PERMIT = 'ApprovalRequest/ApprovalRequestGetPermitApplicationById';
const GET_COUNT = 'ApprovalRequest/ApprovalRequestGetCount';
const ZERO = '00000000-0000-0000-0000-000000000000';

const idsOf = (found: readonly unknown[]): unknown[] => found.map((row) => dig(row, 'approvalRequestId'));

describe('authentication and organization', () => {
  test.each([
    ['an unknown token', 'f'.repeat(64)],
    ['an empty token', ''],
    ['a Bearer prefix', undefined],
  ])('answers 440 to %s', async (_, token) => {
    const sandbox = await sandboxForTest();
    const answer = await list(sandbox, {}, { token: token ?? `Bearer ${sandbox.threatLocker.token}` });
    expect(answer.status).toBe(440);
    expect(answer.json).toEqual({ message: 'Unauthorized', error: 'TOKEN_REVOKED' });
  });

  test('has tokens of 64 lower-case hexadecimal digits', async () => {
    const sandbox = await sandboxForTest();
    for (const token of Object.values(sandbox.threatLocker.tokens)) expect(token).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(Object.values(sandbox.threatLocker.tokens)).size).toBe(9);
  });

  test('takes a missing header and the zero GUID for the token’s own organization, in any case of the name', async () => {
    const sandbox = await sandboxForTest();
    const own = idsOf(rows(await list(sandbox, { showChildOrganizations: false })));
    expect(own).toEqual([sandbox.id('msp-putty')]);
    const zero = await list(sandbox, { showChildOrganizations: false }, { headers: { MANAGEDORGANIZATIONID: ZERO } });
    expect(idsOf(rows(zero))).toEqual(own);
  });

  test('refuses an organization outside the token’s tree', async () => {
    const sandbox = await sandboxForTest();
    const { adatum, fabrikam } = sandbox.threatLocker.organizations;
    const foreign = await list(sandbox, {}, { organization: adatum });
    expect([foreign.status, dig(foreign.json, 'message')]).toEqual([401, "Missing the '' permission"]);
    const neighbour = await list(sandbox, {}, { organization: fabrikam, token: sandbox.threatLocker.tokens.customer });
    expect(neighbour.status).toBe(401);
  });
});

describe('ApprovalRequestGetByParameters', () => {
  test('answers a bare array with totals in a header', async () => {
    const sandbox = await sandboxForTest();
    const answer = await list(sandbox, { pageSize: 5, pageNumber: 2 });
    expect(rows(answer)).toHaveLength(5);
    expect(JSON.parse(answer.headers.get('pagination') ?? '')).toEqual({
      currentPage: 2,
      itemsPerPage: 5,
      totalItems: 17,
      totalPages: 4,
      firstItem: 6,
      lastItem: 10,
    });
  });

  test('pages through every request once, newest first', async () => {
    const sandbox = await sandboxForTest();
    const pages = await Promise.all([1, 2, 3, 4].map((pageNumber) => list(sandbox, { pageSize: 5, pageNumber })));
    const found = pages.flatMap((page) => idsOf(rows(page)));
    expect(new Set(found).size).toBe(17);
    expect(found[0]).toBe(sandbox.id('injection'));
    const ascending = await list(sandbox, { isAscending: true, orderBy: 'DateTime' });
    expect(idsOf(rows(ascending))).toEqual(found.toReversed());
  });

  test('ends in 500 without statusId, and for one that it doesn’t know', async () => {
    const sandbox = await sandboxForTest();
    for (const statusId of [undefined, 2, 99]) {
      const answer = await list(sandbox, { statusId });
      expect(answer.status).toBe(500);
      expect(answer.json).toMatchObject({ StatusCode: 500, Message: expect.stringContaining('A problem occurred') });
      expect(dig(answer.json, 'LoggerId')).toMatch(/-/);
    }
  });

  test('answers one status per call', async () => {
    const sandbox = await sandboxForTest();
    const names: readonly (readonly [number, string])[] = [
      [4, 'already-approved'],
      [10, 'already-denied-elsewhere'],
      [13, 'escalated-msp'],
      [17, 'escalated-customer'],
    ];
    for (const [statusId, name] of names) {
      const found = rows(await list(sandbox, { statusId, isAscending: true }));
      expect(idsOf(found)[0]).toBe(sandbox.id(name));
      expect(found.map((row) => dig(row, 'statusId'))).toEqual(found.map(() => statusId));
    }
    const denied = rows(await list(sandbox, { statusId: 10, orderBy: 'actiondate' }));
    expect(idsOf(denied)).toEqual([sandbox.id('already-denied'), sandbox.id('already-denied-elsewhere')]);
  });

  test('marks what is escalated, and what waits for its second tier', async () => {
    const sandbox = await sandboxForTest();
    expect(rows(await list(sandbox, { statusId: 13 }))).toMatchObject([
      { isEscalatedByCyberHero: true, isEscalatedByCustomer: false, cyberHeroManagementConfigured: true },
    ]);
    expect(rows(await list(sandbox, { statusId: 17 }))).toMatchObject([
      {
        isEscalatedByCyberHero: false,
        isEscalatedByCustomer: true,
        pendingTierLevel: 2,
        hasPendingApprovalRequest: true,
      },
    ]);
    const tier = { statusId: 17, showCurrentTierOnly: true, userApprovalTierLevel: 2 };
    expect(rows(await list(sandbox, tier))).toHaveLength(1);
    expect((await list(sandbox, { ...tier, userApprovalTierLevel: 1 })).text).toBe('');
  });

  test('has pages of 25 unless told otherwise, and none below 1', async () => {
    const sandbox = await sandboxForTest({ population: { threatLocker: 30, adminByRequest: 0 } });
    const standard = await list(sandbox, { pageSize: undefined, pageNumber: undefined });
    expect(rows(standard)).toHaveLength(25);
    expect((await list(sandbox, { pageSize: 0 })).status).toBe(500);
    expect((await list(sandbox, { pageNumber: -1 })).status).toBe(500);
    expect((await list(sandbox, { pageNumber: 3 })).text).toBe('');
  });

  test('may be told not to know the escalated statuses', async () => {
    const sandbox = await sandboxForTest({ threatLocker: { escalatedStatuses: 'refused' } });
    expect((await list(sandbox, { statusId: 13 })).status).toBe(500);
    expect((await list(sandbox, { statusId: 17 })).status).toBe(500);
    expect((await list(sandbox, { statusId: 1 })).status).toBe(200);
  });

  test('shows grandchildren only when asked for children', async () => {
    const sandbox = await sandboxForTest();
    expect(idsOf(rows(await list(sandbox)))).toContain(sandbox.id('obsidian-harbor'));
    const { contoso } = sandbox.threatLocker.organizations;
    const child = await list(sandbox, { showChildOrganizations: false }, { organization: contoso });
    expect(idsOf(rows(child))).toContain(sandbox.id('obsidian-contoso'));
    expect(idsOf(rows(child))).not.toContain(sandbox.id('obsidian-harbor'));
  });

  test('holds every kind of request in one list, and filters it', async () => {
    const sandbox = await sandboxForTest();
    const kinds = new Set(rows(await list(sandbox)).map((row) => dig(row, 'threatLockerActionDto.actionType')));
    expect(kinds).toEqual(new Set(['execute', 'install', 'elevate', 'read', 'write', 'network']));
    const storage = rows(await list(sandbox, { actionType: ['read', 'write'] }));
    expect(new Set(idsOf(storage))).toEqual(new Set([sandbox.id('usb-read'), sandbox.id('usb-write')]));
    const searched = rows(await list(sandbox, { searchText: 'OBSIDIAN' }));
    expect(searched).toHaveLength(3);
    expect(new Set(searched.map((row) => dig(row, 'threatLockerActionDto.sha256'))).size).toBe(1);
  });

  test('carries the reason as Base64, and neither hash nor json at the top', async () => {
    const sandbox = await sandboxForTest();
    const [row] = rows(await list(sandbox, { searchText: 'rectangle' }));
    expect(row).toMatchObject({ hash: null, json: null, assigneeLastname: '' });
    const reason = Buffer.from(String(dig(row, 'requestorReason')), 'base64').toString('utf8');
    expect(reason).toBe('Für zwei Bildschirme – 画面を並べたい ✅ «s’il vous plaît»');
  });

  test('has the odd row: a plain reason, and a time with fractions and no zone', async () => {
    const sandbox = await sandboxForTest();
    const [row] = rows(await list(sandbox, { searchText: 'kubectl' }));
    expect(row).toMatchObject({ requestorReason: 'need it', dateTime: '2026-10-05T05:10:00.0004567' });
  });

  test('goes through three looks of an empty list', async () => {
    const sandbox = await sandboxForTest({ population: 'empty' });
    const texts = [];
    for (let n = 0; n < 3; n += 1) {
      const answer = await list(sandbox);
      expect(answer.status).toBe(200);
      expect(JSON.parse(answer.headers.get('pagination') ?? '')).toMatchObject({ totalItems: 0, totalPages: 0 });
      texts.push(answer.text);
    }
    expect(texts).toEqual(['', 'null', '[]']);
  });

  test('refuses a body that is no JSON', async () => {
    const sandbox = await sandboxForTest();
    const path = 'ApprovalRequest/ApprovalRequestGetByParameters';
    const broken = await threatLocker(sandbox, path, { body: '{' });
    expect([broken.status, broken.text]).toEqual([400, '']);
    expect((await threatLocker(sandbox, path, { body: '[]' })).status).toBe(400);
    const asText = await threatLocker(sandbox, path, { body: '{}', headers: { 'content-type': 'text/plain' } });
    expect(asText.status).toBe(415);
  });
});

describe('single requests', () => {
  test('GetCount is a bare integer and counts children unless told otherwise', async () => {
    const sandbox = await sandboxForTest();
    expect((await threatLocker(sandbox, GET_COUNT)).text).toBe('17');
    const own = await threatLocker(sandbox, GET_COUNT, { query: { includeChildOrganizations: 'false' } });
    expect(own.text).toBe('1');
  });

  test('GetById answers the list’s DTO', async () => {
    const sandbox = await sandboxForTest();
    const { json } = await threatLocker(sandbox, GET_BY_ID, {
      query: { approvalRequestId: sandbox.id('elevate-assigned') },
    });
    expect(json).toEqual(rows(await list(sandbox, { searchText: 'mmc.exe' }))[0]);
    expect(json).toMatchObject({
      isAssigned: true,
      assigneeUsername: 'robin.rival@northwind.example',
      approvalRequestTimerDto: { assignedDate: '2026-10-05T11:16:00Z' },
      portalApiUrl: 'https://portalapi.g.threatlocker.com/',
    });
  });

  test('GetPermitApplicationById decodes the reason and carries json as text', async () => {
    const sandbox = await sandboxForTest();
    const { json } = await threatLocker(sandbox, GET_PERMIT, {
      organization: organizationOf(sandbox, 'mac-rectangle'),
      query: { approvalRequestId: sandbox.id('mac-rectangle') },
    });
    expect(dig(json, 'fileDetails.requestorReason')).toBe('Für zwei Bildschirme – 画面を並べたい ✅ «s’il vous plaît»');
    const text = String(dig(json, 'approvalRequest.json'));
    expect(text).toBe(sandbox.raw('threatlocker', sandbox.id('mac-rectangle'))?.json);
    expect(JSON.stringify(JSON.parse(text))).not.toBe(text);
    expect(dig(json, 'matchingApplications.hasMatchingApplication')).toBe(false);
  });

  test.each([
    ['obsidian-contoso', 'dto'],
    ['obsidian-fabrikam', 'action-log'],
    ['obsidian-harbor', 'nowhere'],
  ])('names the parents of %s in: %s', async (name, where) => {
    const sandbox = await sandboxForTest();
    const { json } = await threatLocker(sandbox, GET_PERMIT, { query: { approvalRequestId: sandbox.id(name) } });
    const parents = [sandbox.threatLocker.organizationId];
    expect(dig(json, 'organizationIds')).toEqual(where === 'dto' ? parents : null);
    expect(dig(json, 'actionLog.organizationParents')).toEqual(
      where === 'action-log' ? [{ organizationId: parents[0], displayName: 'Northwind Managed IT' }] : null,
    );
  });

  test('cannot load a request under another organization, nor an unknown one', async () => {
    const sandbox = await sandboxForTest();
    const { fabrikam, contoso } = sandbox.threatLocker.organizations;
    const approvalRequestId = sandbox.id('obsidian-contoso');
    for (const path of [GET_BY_ID, GET_PERMIT]) {
      const foreign = await threatLocker(sandbox, path, { organization: fabrikam, query: { approvalRequestId } });
      expect([foreign.status, dig(foreign.json, 'Message')]).toEqual([
        417,
        'Missing Parameters. Unable to load details.',
      ]);
      const own = await threatLocker(sandbox, path, { organization: contoso, query: { approvalRequestId } });
      expect(own.status).toBe(200);
      expect((await threatLocker(sandbox, path, { query: { approvalRequestId: ZERO } })).status).toBe(417);
    }
  });
});

describe('permission to read', () => {
  test.each<[string, object | undefined, Readonly<Record<string, string>>]>([
    ['ApprovalRequest/ApprovalRequestGetByParameters', { statusId: 1 }, {}],
    [GET_COUNT, undefined, {}],
    [GET_BY_ID, undefined, {}],
    [GET_PERMIT, undefined, {}],
    ['Application/ApplicationGetMatchingList', { osType: 1 }, {}],
    ['Application/ApplicationGetListForAddToApplication', undefined, { osType: '1' }],
    ['Application/ApplicationGetForApplicationOptions', { osType: 1 }, {}],
    ['ComputerGroup/ComputerGroupGetForPermitApplication', undefined, { osType: '1' }],
  ])('%s needs View Approvals in that organization', async (path, body, query) => {
    const sandbox = await sandboxForTest();
    const organization = organizationOf(sandbox, 'anydesk');
    const answer = (token: string): ReturnType<typeof threatLocker> =>
      threatLocker(sandbox, path, {
        organization,
        token,
        query: { approvalRequestId: sandbox.id('anydesk'), ...query },
        ...(body === undefined ? {} : { body }),
      });
    const without = await answer(sandbox.threatLocker.tokens.ownOrganizationOnly);
    expect([without.status, dig(without.json, 'message')]).toEqual([401, "Missing the 'View Approvals' permission"]);
    expect((await answer(sandbox.threatLocker.tokens.viewer)).status).toBe(200);
  });

  test('rows of organizations without a role are left out', async () => {
    const sandbox = await sandboxForTest();
    const token = sandbox.threatLocker.tokens.ownOrganizationOnly;
    expect(idsOf(rows(await list(sandbox, {}, { token })))).toEqual([sandbox.id('msp-putty')]);
  });

  test('a customer’s own organization does not open its neighbour’s requests', async () => {
    const sandbox = await sandboxForTest();
    const token = sandbox.threatLocker.tokens.customer;
    const foreign = { token, query: { approvalRequestId: sandbox.id('anydesk') } };
    expect((await threatLocker(sandbox, GET_BY_ID, foreign)).status).toBe(417);
    const own = { token, query: { approvalRequestId: sandbox.id('obsidian-harbor') } };
    expect((await threatLocker(sandbox, GET_BY_ID, own)).status).toBe(200);
  });
});

describe('rejecting, taking and authorising', () => {
  const REJECT = 'ApprovalRequest/ApprovalRequestUpdateForReject';
  const TAKE = 'ApprovalRequest/ApprovalRequestUpdateForTakeOwnership';
  const AUTHORIZE = 'ApprovalRequest/ApprovalRequestAuthorizeForPermitById';

  test('reject ends in status 10 with the comments of the DTO and a message if asked for', async () => {
    const sandbox = await sandboxForTest();
    const approvalRequestId = sandbox.id('anydesk');
    const answer = await threatLocker(sandbox, REJECT, {
      organization: organizationOf(sandbox, 'anydesk'),
      body: {
        approvalRequestDtos: [{ approvalRequestId, comments: 'fraud' }],
        rejectReason: 'Call the helpdesk.',
        responseSubject: 'Denied',
        responseReason: 'Call the helpdesk.',
        notifyOnResponse: true,
      },
    });
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(sandbox.raw('threatlocker', approvalRequestId)).toMatchObject({
      statusId: 10,
      approvedBy: 'Northwind Approvals API',
      comments: 'fraud',
      aftermath: { kind: 'rejected', notified: { subject: 'Denied', reason: 'Call the helpdesk.' } },
    });
    expect(sandbox.record).toMatchObject([{ verdict: 'deny', requestIds: [approvalRequestId], effect: 'applied' }]);
  });

  test('an allow list in a rejection approves what it lists, and is recorded so', async () => {
    const sandbox = await sandboxForTest();
    const approvalRequestId = sandbox.id('anydesk');
    await threatLocker(sandbox, REJECT, {
      organization: organizationOf(sandbox, 'anydesk'),
      body: { allowedApprovalRequestDtos: [{ approvalRequestId }] },
    });
    expect(sandbox.raw('threatlocker', approvalRequestId)?.statusId).toBe(4);
    expect(sandbox.record).toMatchObject([{ verdict: 'approve', effect: 'applied' }]);
  });

  test('reject refuses a decided request, a foreign organization, an empty list and a viewer', async () => {
    const sandbox = await sandboxForTest();
    const organization = organizationOf(sandbox, 'already-approved');
    const reject = (name: string, options = {}): ReturnType<typeof threatLocker> =>
      threatLocker(sandbox, REJECT, {
        organization,
        body: { approvalRequestDtos: [{ approvalRequestId: sandbox.id(name) }] },
        ...options,
      });
    const decided = await reject('already-approved');
    expect([decided.status, dig(decided.json, 'message')]).toEqual([
      400,
      'Approval Request already actioned by Robin Rival',
    ]);
    expect((await reject('anydesk')).status).toBe(417);
    expect((await reject('anydesk', { body: { approvalRequestDtos: [] } })).status).toBe(500);
    expect((await reject('injection', { token: sandbox.threatLocker.tokens.viewer })).status).toBe(401);
    expect(sandbox.record.map(({ effect }) => effect)).toEqual(['refused', 'refused', 'refused', 'refused']);
    expect(sandbox.raw('threatlocker', sandbox.id('injection'))?.statusId).toBe(1);
  });

  test('ignore is recorded as itself', async () => {
    const sandbox = await sandboxForTest();
    await threatLocker(sandbox, 'ApprovalRequest/ApprovalRequestUpdateForIgnore', {
      organization: organizationOf(sandbox, 'anydesk'),
      body: { approvalRequestDtos: [{ approvalRequestId: sandbox.id('anydesk') }] },
    });
    expect(sandbox.record).toMatchObject([{ verdict: 'ignore', effect: 'applied' }]);
    expect(sandbox.raw('threatlocker', sandbox.id('anydesk'))?.statusId).toBe(10);
  });

  test('taking ownership needs the whole DTO', async () => {
    const sandbox = await sandboxForTest();
    const organization = organizationOf(sandbox, 'anydesk');
    const approvalRequestId = sandbox.id('anydesk');
    const { json } = await threatLocker(sandbox, GET_BY_ID, { organization, query: { approvalRequestId } });
    expect((await threatLocker(sandbox, TAKE, { organization, body: { approvalRequestId } })).status).toBe(500);
    expect((await threatLocker(sandbox, TAKE, { organization, body: edit(json, { json: undefined }) })).status).toBe(
      500,
    );
    expect((await threatLocker(sandbox, TAKE, { organization, body: json })).status).toBe(200);
    expect(sandbox.record.map(({ verdict, effect }) => [verdict, effect])).toEqual([
      ['take-ownership', 'refused'],
      ['take-ownership', 'refused'],
      ['take-ownership', 'applied'],
    ]);
    const again = await threatLocker(sandbox, GET_BY_ID, { organization, query: { approvalRequestId } });
    expect(again.json).toMatchObject({
      statusId: 1,
      isAssigned: true,
      assigneeUsername: 'Northwind Approvals API',
      approvalRequestTimerDto: { assignedDate: new Date(NOW).toISOString().replace('.000', '') },
    });
  });

  test('authorising approves an escalated request, and only such a one', async () => {
    const sandbox = await sandboxForTest();
    const authorize = (name: string): ReturnType<typeof threatLocker> =>
      threatLocker(sandbox, AUTHORIZE, {
        organization: organizationOf(sandbox, name),
        body: { approvalRequestId: sandbox.id(name), message: 'no' },
      });
    const normal = await authorize('anydesk');
    expect([normal.status, dig(normal.json, 'message')]).toEqual([400, 'Approval Request already actioned by ']);
    expect((await authorize('escalated-msp')).status).toBe(200);
    expect(sandbox.raw('threatlocker', sandbox.id('escalated-msp'))?.statusId).toBe(4);
    expect(sandbox.record.map(({ verdict, effect }) => [verdict, effect])).toEqual([
      ['approve', 'refused'],
      ['approve', 'applied'],
    ]);
  });

  test('storage is approved by its own call', async () => {
    const sandbox = await sandboxForTest();
    const storage = (name: string): ReturnType<typeof threatLocker> =>
      threatLocker(sandbox, 'ApprovalRequest/ApprovalRequestPermitStorageApproval', {
        organization: organizationOf(sandbox, name),
        body: { approvalRequest: { approvalRequestId: sandbox.id(name) } },
      });
    expect((await storage('anydesk')).status).toBe(500);
    expect((await storage('usb-read')).status).toBe(200);
    expect(sandbox.raw('threatlocker', sandbox.id('usb-read'))?.statusId).toBe(4);
    expect(sandbox.record.map(({ verdict }) => verdict)).toEqual(['approve', 'approve']);
  });

  test('a viewer may do none of it, and nothing is done to an unknown request', async () => {
    const sandbox = await sandboxForTest();
    const token = sandbox.threatLocker.tokens.viewer;
    const write = async (path: string, name: string, body: unknown): Promise<number> =>
      (await threatLocker(sandbox, path, { token, organization: organizationOf(sandbox, name), body })).status;
    const approvalRequestId = sandbox.id('escalated-msp');
    expect(await write(AUTHORIZE, 'escalated-msp', { approvalRequestId, message: '' })).toBe(401);
    expect(await write(TAKE, 'escalated-msp', { approvalRequestId })).toBe(401);
    const storage = { approvalRequest: { approvalRequestId: sandbox.id('usb-read') } };
    expect(await write('ApprovalRequest/ApprovalRequestPermitStorageApproval', 'usb-read', storage)).toBe(401);
    expect(await write(TAKE, 'escalated-msp', { approvalRequestId: ZERO })).toBe(417);
    expect(sandbox.record.map(({ effect }) => effect)).toEqual(['refused', 'refused', 'refused', 'refused']);
  });

  test('only execute requests can be authorised', async () => {
    const sandbox = await sandboxForTest();
    sandbox.change('threatlocker', sandbox.id('elevate-printer'), (request) => {
      request.statusId = 13;
    });
    const body = { approvalRequestId: sandbox.id('elevate-printer'), message: '' };
    const organization = organizationOf(sandbox, 'elevate-printer');
    expect((await threatLocker(sandbox, AUTHORIZE, { organization, body })).status).toBe(500);
  });

  test('what writes on an unknown path or with a wrong method is recorded', async () => {
    const sandbox = await sandboxForTest();
    const unknown = await threatLocker(sandbox, 'ApprovalRequest/ApprovalRequestDeny', { body: {} });
    expect(unknown.status).toBe(404);
    const wrong = await threatLocker(sandbox, GET_BY_ID, { body: {} });
    expect(wrong.status).toBe(405);
    expect(sandbox.record).toMatchObject([
      { verdict: 'unknown', effect: 'refused', status: 404 },
      { verdict: 'unknown', effect: 'refused', status: 405 },
    ]);
  });
});

import type { ApproveOptions } from '@countersign/shared/approval';
import { expect, test } from 'vitest';
import { schemaProblems } from './schema-check.ts';
import {
  ADD_TO,
  CHILDREN,
  example,
  exampleText,
  GROUPS,
  LIST,
  MAINTENANCE,
  MATCHING,
  MOVE_COMPUTERS,
  NAVIGATION,
  OPTIONS,
  PERMIT_RECORD,
  RESEARCH,
  SEED,
  seedPortal,
} from './seed-portal.ts';
import { DECISION, providerAt, ready } from './setup.ts';

type Members = Readonly<Record<string, unknown>>;

test.each([
  ['list-own.request', false],
  ['list-children.request', true],
])('%s: the list is asked for in these words', async (name, includeChildOrganizations) => {
  const { origin, to } = await seedPortal();
  await providerAt(origin, { includeChildOrganizations }).list();
  const wanted = example<Members>(name);
  const bodies = to(LIST).map(({ body }) => JSON.parse(body));
  // "Any valid integer" for the page; oldest first, so that what arrives meanwhile comes last.
  expect(bodies[0]).toEqual({ ...wanted, isAscending: true, pageSize: 200 });
  for (const body of bodies) {
    expect(Object.keys(body).toSorted()).toEqual(Object.keys(wanted).toSorted());
    expect(schemaProblems('ApprovalRequestParametersDto', body)).toEqual([]);
  }
  expect(bodies.map((body) => [body.statusId, body.pageNumber])).toContainEqual([13, 1]);
  expect(bodies.map((body) => [body.statusId, body.pageNumber])).toContainEqual([17, 1]);
});

test('list.response: the row is read', async () => {
  const { origin } = await seedPortal();
  const { requests, notes } = await providerAt(origin).list();
  expect(notes).toEqual([]);
  expect(requests).toEqual([
    {
      reference: `acme/${SEED.request}`,
      account: 'acme',
      provider: 'threatlocker',
      vendorId: SEED.request,
      kind: 'application',
      vendorKind: 'execute',
      status: 'pending',
      unapprovable: null,
      requestedAt: '2026-11-20T08:15:30.000Z',
      requestedAtZone: 'utc',
      organization: { id: SEED.organization, name: 'Contoso Dental Group' },
      computer: {
        id: '00000301-aaaa-4bbb-8ccc-000000000301',
        name: 'CONTOSO-FRONT-02',
        os: 'windows',
        isServer: null,
      },
      requester: { account: 'CONTOSO\\lena.fischer', name: null, email: null, phone: null, isAdministrator: null },
      assignee: null,
      assigneeId: null,
      subject: {
        name: 'LabelDesigner.exe',
        path: 'C:\\Users\\lena.fischer\\Downloads\\LabelDesigner.exe',
        product: null,
        vendor: null,
        version: null,
        size: 4194304,
        sha256: '9b74c9897bac770ffc029102a200c5de9b74c9897bac770ffc029102a200c5de',
        vendorHash: '6f1b2e7c9a0d4f58b3c6e1a2d7f8094b',
        certificates: [],
        scan: { verdict: 'unknown', threat: null, engines: [] },
        process: 'c:\\windows\\explorer.exe',
        createdBy: ['c:\\program files\\google\\chrome\\application\\chrome.exe'],
        preapproved: null,
      },
      reason: null,
      policy: 'Default Deny',
      traceNo: null,
      ticket: null,
      comments: null,
      remotePresence: false,
      tiers: { pending: 0, approved: 0 },
      mfaInPortal: false,
      decided: null,
      links: [],
    },
  ]);
});

test('the examples are what the OpenAPI document says', () => {
  const [row] = example<readonly unknown[]>('list.response');
  expect(schemaProblems('ApprovalRequestDto', row)).toEqual([]);
  expect(schemaProblems('PermitApplicationDto', example('permit-record.response'))).toEqual([]);
  expect(schemaProblems('ApplicationMatchParameterDto', example('matching.request'))).toEqual([]);
  for (const name of ['list-own.request', 'list-children.request'])
    expect(schemaProblems('ApprovalRequestParametersDto', example(name))).toEqual([]);
});

test('matching.request and .response: the file is named with every identifier, and two matches come out', async () => {
  const { origin, to } = await seedPortal();
  const matches = await providerAt(origin).matchingApplications(SEED.request);
  expect(to(MATCHING).map(({ method, body }) => [method, JSON.parse(body)])).toEqual([
    ['POST', example('matching.request')],
  ]);
  expect(
    matches.map(({ id, name, owner, builtIn, reach }) => ({ id, name, owner, builtIn, level: reach.level })),
  ).toEqual([
    {
      id: SEED.builtIn,
      name: 'Label Designer (Built-In)',
      owner: { id: SEED.master, name: 'master' },
      builtIn: true,
      level: 'organization',
    },
    {
      id: SEED.own,
      name: 'Label Printing',
      owner: { id: SEED.organization, name: 'Contoso Dental Group' },
      builtIn: false,
      level: 'computer',
    },
  ]);
});

test('add-to-application and maintenance-mode: asked by osType and searchText, with the names of the parent', async () => {
  const { origin, to } = await seedPortal();
  const options = await providerAt(origin).permitOptions(SEED.request, 'App');
  expect(to(ADD_TO).map(({ method, query, body }) => [method, query, body])).toEqual([
    ['GET', { osType: '1', searchText: 'App' }, ''],
  ]);
  expect(to(MAINTENANCE).map(({ method, query, body }) => [method, query, body])).toEqual([
    ['GET', { osType: '1' }, ''],
  ]);
  expect(
    options.existing.map(({ id, name, owner, builtIn, reach }) => [id, name, owner, builtIn, reach.level]),
  ).toEqual([
    [
      SEED.ofParent,
      'Northwind Managed IT\\App Tools',
      { id: SEED.parent, name: 'Northwind Managed IT' },
      false,
      'unknown',
    ],
  ]);
  expect(options.maintenance).toEqual([{ id: SEED.ofParent, name: 'Northwind Managed IT\\App Tools' }]);
});

test.each([
  [MAINTENANCE, /maintenance mode could not be read.*'Edit Application Control Applications'/],
  [ADD_TO, /add the file to could not be read/],
  [GROUPS, /groups could not be read/],
])('a role that may not ask %s is offered the rest, and told', async (path, note) => {
  const body = { message: "Missing the 'Edit Application Control Applications' permission" };
  const { origin } = await seedPortal({ [path]: () => ({ status: 401, body }) });
  const options = await providerAt(origin).permitOptions(SEED.request);
  expect(options.notes).toEqual([expect.stringMatching(note)]);
  expect(options.suggestion).not.toBeNull();
});

test('a role that may not ask which applications match is offered nothing', async () => {
  const body = { message: "Missing the 'View Approvals' permission" };
  const { origin } = await seedPortal({ [MATCHING]: () => ({ status: 401, body }) });
  await expect(providerAt(origin).permitOptions(SEED.request)).rejects.toMatchObject({ kind: 'permission' });
});

test('an application of nobody’s whose name says so is built in', async () => {
  const [match] = example<{ matchingApplications: Members[] }>('matching.response').matchingApplications;
  const changed = { ...match, name: 'Adobe Acrobat (Built-In)', organizationName: null, organizationId: null };
  const { origin } = await seedPortal({ [MATCHING]: { hasMatching: true, matchingApplications: [changed] } });
  const [told] = await providerAt(origin).matchingApplications(SEED.request);
  expect(told).toMatchObject({ builtIn: true, reach: { level: 'organization' } });
});

test('where there is no ApplicationGetListForAddToApplication, ApplicationGetForApplicationOptions is asked', async () => {
  for (const status of [404, 405, 400, 417]) {
    const { origin, to } = await seedPortal({
      [ADD_TO]: () => ({ status }),
      [OPTIONS]: example('add-to-application.response'),
    });
    const { existing } = await providerAt(origin).permitOptions(SEED.request, 'App');
    expect(existing.map(({ id }) => id)).toEqual([SEED.ofParent]);
    const [asked, ...more] = to(OPTIONS);
    expect(more).toEqual([]);
    const body = JSON.parse(asked?.body ?? '');
    expect(schemaProblems('ApplicationGetForApplicationOptionsDto', body)).toEqual([]);
    expect(body).toMatchObject({
      organizationId: SEED.organization,
      osType: 1,
      searchText: 'App',
      includeBuiltIn: false,
      onlyPermitted: false,
    });
  }
});

test('research-adobe-acrobat.response: what ThreatLocker knows of the application', async () => {
  const { origin, to } = await seedPortal();
  const id = '4cc1729d-8727-43de-b379-f3df4fe6055a';
  const { research, notes } = await providerAt(origin).research(SEED.request, id);
  expect(to(RESEARCH).map(({ method, query }) => [method, query])).toEqual([['GET', { applicationId: id }]]);
  expect(notes).toEqual([]);
  expect(research).toEqual([
    {
      about: 'Adobe Acrobat (Built-In)',
      ratings: [
        { name: 'reviewRating', value: 4 },
        { name: 'concernRating', value: 3 },
        { name: 'businessRating', value: 6 },
      ],
      facts: [
        { name: 'Product', text: expect.stringMatching(/^Adobe Acrobat is used to view/) },
        { name: 'Potential risk', text: expect.stringMatching(/^Vulnerabilities may result in/) },
        { name: 'Mitigation', text: expect.stringMatching(/^Evaluate the need for this software/) },
      ],
      categories: ['PDF Software'],
      countries: ['Development Influence: India', 'Company Influence: United States'],
      access: [
        { name: 'Applications', isProtected: true },
        { name: 'File', isProtected: false },
        { name: 'Internet', isProtected: false },
        { name: 'Registry', isProtected: false },
      ],
    },
  ]);
});

interface Scenario {
  readonly scenario: string;
  readonly options: ApproveOptions;
  /** Members of the body, by path, that differ from the record as it was read. */
  readonly changes: Members;
}

test.each(example<readonly Scenario[]>('permit-scenarios'))(
  'permit-record and permit-scenarios: $scenario',
  async ({ options, changes }) => {
    const { origin, to } = await seedPortal({ 'ApprovalRequest/ApprovalRequestPermitApplication': '' });
    const acme = providerAt(origin);
    const { target } = ready(await acme.prepare(SEED.request, { verdict: 'approve', options }, DECISION));
    await acme.send(target.write);
    expect(to(PERMIT_RECORD)[0]?.query).toEqual({ approvalRequestId: SEED.request });
    const [sent, ...more] = to('ApprovalRequest/ApprovalRequestPermitApplication');
    expect(more).toEqual([]);
    expect(sent?.method).toBe('POST');
    expect(sent?.headers).toMatchObject({ managedorganizationid: SEED.organization });
    expect(sent?.body).toBe(target.write.body);
    expect(JSON.parse(sent?.body ?? '')).toEqual(withChanges(example('permit-record.response'), changes));
  },
);

test('the record goes back with every digit that came', async () => {
  const text = exampleText('permit-record.response').replace(
    '"computerGroupId"',
    '"ticks": 638993817300000017, "computerGroupId"',
  );
  const { origin } = await seedPortal({ [PERMIT_RECORD]: () => ({ body: text }) });
  const options = { application: { use: 'new', name: 'x' } } as const;
  const { target } = ready(await providerAt(origin).prepare(SEED.request, { verdict: 'approve', options }, DECISION));
  expect(target.write.body).toContain('"ticks":638993817300000017,');
  expect(target.write.body).toContain(
    JSON.stringify(example<{ approvalRequest: { json: string } }>('permit-record.response').approvalRequest.json),
  );
});

function withChanges(record: Members, changes: Members): Members {
  const copy = structuredClone(record);
  for (const [path, value] of Object.entries(changes)) {
    const [last = '', ...holders] = path.split('.').toReversed();
    const holder = holders.toReversed().reduce<unknown>((value, step) => Reflect.get(Object(value), step), copy);
    Reflect.set(Object(holder), last, value);
  }
  return copy;
}

/** A request of a child organization that has left the queue, so that the organizations have to be asked for. */
function decidedBelow(changes: Members) {
  const [row] = example<readonly Members[]>('list.response');
  return seedPortal({
    [LIST]: '',
    'ApprovalRequest/ApprovalRequestGetById': ({ headers }: { headers: Record<string, unknown> }) =>
      headers['managedorganizationid'] === SEED.organization
        ? { body: { ...row, statusId: 4 } }
        : { status: 417, body: { Message: 'Missing Parameters. Unable to load details.' } },
    ...changes,
  });
}

test.each([
  ['organizationId and name', [{ organizationId: SEED.organization, name: 'Contoso Dental Group' }]],
  ['id and name', [{ id: SEED.organization, name: 'Contoso Dental Group' }]],
  ['label and value', [{ label: 'Contoso Dental Group', value: SEED.organization }]],
  ['organizationId alone', [{ organizationId: SEED.organization }]],
])('OrganizationGetChildrenIdsAndName names the organizations below, as %s', async (_shape, rows) => {
  const { origin, to } = await decidedBelow({ [CHILDREN]: rows });
  const { request } = await providerAt(origin, { organizationId: SEED.parent, includeChildOrganizations: true }).get(
    SEED.request,
  );
  expect(request).toMatchObject({ status: 'approved', organization: { id: SEED.organization } });
  expect(to(CHILDREN).map(({ method, query, headers }) => [method, query, headers['managedorganizationid']])).toEqual([
    ['GET', {}, SEED.parent],
  ]);
  expect(to(MOVE_COMPUTERS)).toEqual([]);
  expect(to(NAVIGATION)).toEqual([]);
});

test('where there is no OrganizationGetChildrenIdsAndName, OrganizationGetForMoveComputers is asked', async () => {
  for (const status of [404, 405, 417, 500]) {
    const { origin, to } = await decidedBelow({
      [CHILDREN]: () => ({ status }),
      [MOVE_COMPUTERS]: [{ label: 'Contoso Dental Group', value: SEED.organization }],
    });
    const account = { organizationId: SEED.parent, includeChildOrganizations: true };
    const { request } = await providerAt(origin, account).get(SEED.request);
    expect(request.status).toBe('approved');
    expect(to(MOVE_COMPUTERS).map(({ method, query }) => [method, query])).toEqual([['GET', { searchText: '' }]]);
  }
});

test('OrganizationGetChildrenIdsAndName is asked by POST, too, where it is not answered by GET', async () => {
  const rows = [{ organizationId: SEED.organization, name: 'Contoso Dental Group' }];
  const { origin, to } = await decidedBelow({
    [CHILDREN]: ({ method }: { method: string }) => (method === 'POST' ? { body: rows } : { status: 405 }),
  });
  const account = { organizationId: SEED.parent, includeChildOrganizations: true };
  expect((await providerAt(origin, account).get(SEED.request)).request.status).toBe('approved');
  expect(to(MOVE_COMPUTERS)).toEqual([]);
});

test.each([
  ['some rows', [{ organizationId: SEED.parent, name: 'x' }, { guid: SEED.organization }]],
  ['no list', { organizations: [] }],
])('a list of organizations of which %s can be read is a failed one, never a shorter one', async (_what, body) => {
  const count = { 'ApprovalRequest/ApprovalRequestGetCount': 3 };
  const { origin } = await decidedBelow({ ...count, [CHILDREN]: () => ({ body }), [MOVE_COMPUTERS]: () => ({ body }) });
  const acme = providerAt(origin, { organizationId: SEED.parent, includeChildOrganizations: true });
  await expect(acme.get(SEED.request)).rejects.toMatchObject({ kind: 'malformed' });
  const check = (await acme.diagnose()).find(({ name }) => name === 'Organizations');
  expect(check).toMatchObject({ state: 'fails' });
});

test('a diagnosis names the organizations by their ids, and does not promise what the tree does not tell', async () => {
  const { origin } = await seedPortal({
    'ApprovalRequest/ApprovalRequestGetCount': 3,
    [CHILDREN]: [{ organizationId: SEED.organization, name: 'Contoso Dental Group' }],
    [NAVIGATION]: [],
  });
  const checks = await providerAt(origin, { organizationId: SEED.parent }).diagnose();
  const told = new Map(checks.map((check) => [check.name, check]));
  expect(told.get('Organizations')?.message).toBe(`1 below this one: Contoso Dental Group (${SEED.organization}).`);
  expect(told.get('Parents of an organization')).toMatchObject({ state: 'unknown' });
});

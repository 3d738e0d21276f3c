import type { ApprovalRequest } from '@countersign/shared/approval';
import { expect, test } from 'vitest';
import { schemaProblems } from './schema-check.ts';
import { example, LIST, SEED } from './seed-portal.ts';
import { answers, failureOf, type PortalCall, portal, providerAt, vendorId, world } from './setup.ts';

type Row = Readonly<Record<string, unknown>>;
type Opened = Awaited<ReturnType<typeof world>>;

const ACTION_DATE = '2026-11-20T10:00:00Z';
const decided = { statusId: 4, approvedBy: 'Robin Rival', actionDate: ACTION_DATE } as const;

async function requestOf({ acme }: Opened, id: string): Promise<ApprovalRequest> {
  return (await acme.get(vendorId(id))).request;
}

test('what was decided on the same SHA-256 is found in another organization, under another path', async () => {
  const opened = await world();
  const { acme, named, sandbox } = opened;
  const { reference } = named('already-denied-elsewhere');
  const found = await acme.earlierDecisions(await requestOf(opened, named('anydesk').id));
  expect(found).toEqual({
    by: 'sha256',
    decisions: [
      {
        request: reference,
        verdict: 'denied',
        selfApproved: false,
        at: '2026-11-15T12:20:00.000Z',
        requestedAt: '2026-11-15T12:00:00.000Z',
        by: 'Robin Rival',
        comment: 'We give remote help with our own tool only.',
        organization: 'Contoso Dental Group',
        computer: 'CONTOSO-ADMIN-01',
        requester: 'CONTOSO\\dana.olsen',
        matchedBy: 'sha256',
      },
    ],
    notes: ['Every decided request that ThreatLocker lists was looked at; how long it lists them is not documented.'],
  });
  expect(sandbox.record).toEqual([]);
});

test('decisions on other files and on the request itself are not among them', async () => {
  const opened = await world();
  const { acme, named, sandbox } = opened;
  const { id } = named('obsidian-contoso');
  const { fullPath = '', certs = [] } = sandbox.raw('threatlocker', id)?.file ?? {};
  // The same path and signer, and other bytes.
  sandbox.arrive({ vendor: 'threatlocker', name: 'other', ...decided, file: { fullPath, certs, hash: '' } });
  sandbox.rivalDecides('threatlocker', id, 'approve');
  const found = await acme.earlierDecisions(await requestOf(opened, id));
  expect([found.by, found.decisions]).toEqual(['sha256', []]);
  sandbox.rivalDecides('threatlocker', named('obsidian-harbor').id, 'approve');
  const { decisions } = await acme.earlierDecisions(await requestOf(opened, id));
  expect(decisions.map(({ request, verdict }) => [request, verdict])).toEqual([
    [named('obsidian-harbor').reference, 'approved'],
  ]);
});

test("ThreatLocker's own hash counts where one side gives no SHA-256, and has the last word over path and signer", async () => {
  const opened = await world({ sandbox: { population: 'empty' } });
  const { acme, sandbox } = opened;
  const file = {
    fullPath: 'C:\\a.exe',
    sha256: '',
    hash: 'AA',
    certs: [{ sha: '1', subject: 'CN=A', validCert: true }],
  };
  const id = sandbox.arrive({ vendor: 'threatlocker', name: 'a', file });
  sandbox.arrive({ vendor: 'threatlocker', name: 'b', ...decided, file: { hash: 'aa' } });
  sandbox.arrive({ vendor: 'threatlocker', name: 'c', ...decided, file: { ...file, hash: 'bb' } });
  const { by, decisions } = await acme.earlierDecisions(await requestOf(opened, id));
  expect([by, decisions.map(({ matchedBy }) => matchedBy)]).toEqual(['vendor-hash', ['vendor-hash']]);
});

test('without hashes path and valid signer tell the file, and it is said', async () => {
  const opened = await world({ sandbox: { population: 'empty' } });
  const { acme, sandbox } = opened;
  const certs = [
    { sha: '1', subject: 'CN=Not valid', validCert: false },
    { sha: '2', subject: 'CN=A', validCert: true },
  ];
  const noHash = { sha256: '', hash: '' };
  const file = { fullPath: 'C:\\Tools\\A.exe', ...noHash, certs };
  const arrive = (name: string, changed: object) =>
    sandbox.arrive({ vendor: 'threatlocker', name, ...decided, file: { ...file, ...changed } });
  const id = sandbox.arrive({ vendor: 'threatlocker', name: 'asked', file });
  const same = arrive('same', { fullPath: 'c:\\tools\\a.EXE', certs: certs.slice(1) });
  arrive('elsewhere', { fullPath: 'C:\\Other\\A.exe' });
  arrive('other-signer', { certs: [{ sha: '3', subject: 'CN=B', validCert: true }] });
  arrive('not-valid', { certs: certs.map((cert) => ({ ...cert, validCert: false })) });
  arrive('unsigned', { certs: [] });
  const { by, decisions } = await acme.earlierDecisions(await requestOf(opened, id));
  expect(by).toBe('path-and-signer');
  expect(decisions).toMatchObject([{ request: `acme/${same}`, matchedBy: 'path-and-signer' }]);
});

test('a file that nothing tells from others is not looked for, which is said', async () => {
  const opened = await world();
  const { acme, named, sandbox } = opened;
  const request = await requestOf(opened, named('usb-read').id);
  const before = sandbox.calls.length;
  expect(await acme.earlierDecisions(request)).toEqual({
    by: 'none',
    decisions: [],
    notes: [expect.stringContaining('no earlier decisions were looked for')],
  });
  expect(sandbox.calls).toHaveLength(before);
});

test('added to an application and self-approved are approvals, the second by nobody who approves', async () => {
  const opened = await world({ sandbox: { population: 'empty' } });
  const { acme, sandbox } = opened;
  const file = { sha256: 'ab'.repeat(32) };
  const id = sandbox.arrive({ vendor: 'threatlocker', name: 'asked', file });
  for (const statusId of [4, 10, 12, 16]) {
    const at = `2026-11-20T10:${statusId + 10}:00Z`;
    sandbox.arrive({ vendor: 'threatlocker', name: `s${statusId}`, ...decided, statusId, file, actionDate: at });
  }
  const { decisions } = await acme.earlierDecisions(await requestOf(opened, id));
  expect(decisions.map(({ verdict, selfApproved }) => [verdict, selfApproved])).toEqual([
    ['approved', true],
    ['approved', false],
    ['denied', false],
    ['approved', false],
  ]);
});

/** A vendor that answers the list as it is told; `asked` is a request for the article's file. */
async function vendor(list: (call: PortalCall, body: Row) => object, account: object = {}) {
  const server = await portal(answers({ [LIST]: (call: PortalCall) => list(call, JSON.parse(call.body)) }));
  const [row] = example<readonly Row[]>('list.response');
  const asking = await portal(
    answers({ [LIST]: (call: PortalCall) => ({ body: JSON.parse(call.body).statusId === 1 ? [row] : '' }) }),
  );
  const [asked] = (await providerAt(asking.origin).list()).requests;
  if (asked === undefined || row === undefined) throw new Error('no request');
  const acme = providerAt(server.origin, account, { retries: 0 });
  return { ...server, asked, earlier: () => acme.earlierDecisions(asked) };
}

const [sample] = example<readonly Row[]>('list.response');
const id = (n: number) => `${String(n).padStart(8, '0')}-aaaa-4bbb-8ccc-000000000000`;
const row = (n: number, more: Row = {}): Row => ({
  ...sample,
  statusId: 4,
  approvalRequestId: id(n),
  actionDate: new Date(Date.UTC(2026, 9, 1) + n * 60_000).toISOString(),
  ...more,
});
const rows = (from: number, count: number): Row[] => Array.from({ length: count }, (_, n) => row(from + n));

test('it takes four calls, each of one status, in the words of the vendor', async () => {
  const { to, earlier } = await vendor(() => ({ body: '' }), {
    organizationId: SEED.parent,
    includeChildOrganizations: true,
  });
  expect((await earlier()).decisions).toEqual([]);
  const bodies = to(LIST).map(({ body }) => JSON.parse(body));
  expect(bodies.map(({ statusId }) => statusId).toSorted((a, b) => a - b)).toEqual([4, 10, 12, 16]);
  for (const body of bodies) {
    expect(body).toMatchObject({
      orderBy: 'actiondate',
      isAscending: false,
      pageNumber: 1,
      showChildOrganizations: true,
    });
    expect(schemaProblems('ApprovalRequestParametersDto', body)).toEqual([]);
  }
  for (const { headers } of to(LIST)) expect(headers['managedorganizationid']).toBe(SEED.parent);
});

test('an account without child organizations says that it looked at its own only', async () => {
  const { to, earlier } = await vendor(() => ({ body: '' }), { includeChildOrganizations: false });
  expect((await earlier()).notes).toContain("Only the account's own organization was looked through.");
  for (const { body } of to(LIST)) expect(JSON.parse(body).showChildOrganizations).toBe(false);
});

test('what does not fit on a page is searched for by name, and the notes say what was not read', async () => {
  const pagination = JSON.stringify({ totalItems: 1934, totalPages: 10 });
  const { asked, to, earlier } = await vendor((_call, { statusId, searchText }) => {
    if (statusId !== 4) return { body: '' };
    if (searchText === '')
      return { body: rows(1000, 3).map((one) => ({ ...one, threatLockerActionDto: {} })), headers: { pagination } };
    return { body: [row(7), row(1001)] };
  });
  const { decisions, notes } = await earlier();
  expect(decisions.map(({ request }) => request)).toEqual([`acme/${id(1001)}`, `acme/${id(7)}`]);
  expect(notes).toEqual([
    `Of 1934 requests with status 4 (approved) only the newest 3 were read, back to 2026-10-01, and those that ThreatLocker's search finds for "${asked.subject.name}".`,
  ]);
  expect(to(LIST)).toHaveLength(5);
});

test.each([
  [24, 4, false],
  [25, 5, true],
])('without totals a page of %i rows takes %i calls', async (count, calls, isCut) => {
  const { to, earlier } = await vendor((_call, { statusId }) => ({ body: statusId === 4 ? rows(1, count) : '' }));
  const { decisions, notes } = await earlier();
  expect(decisions).toHaveLength(count);
  expect(to(LIST)).toHaveLength(calls);
  expect(
    notes.some((note) => note.startsWith(`Of the requests with status 4 (approved) only the newest ${count}`)),
  ).toBe(isCut);
});

test('a row with an unknown status is no decision, and it is counted', async () => {
  const statuses = [4, 1, 13, 6, 2, 99, null, '4'];
  const { earlier } = await vendor((_call, { statusId }) => ({
    body: statusId === 4 ? statuses.map((code, n) => row(n + 1, { statusId: code })) : '',
  }));
  const { decisions, notes } = await earlier();
  expect(decisions.map(({ request }) => request)).toEqual([`acme/${id(1)}`]);
  expect(notes[0]).toMatch(/^5 more requests for this file have a status that Countersign does not know/);
});

test('rows that can not be read are counted, not passed over', async () => {
  const { earlier } = await vendor((_call, { statusId }) => ({
    body: statusId === 10 ? [null, 5, 'x', {}, row(0, { approvalRequestId: '../x' }), row(2, { statusId: 10 })] : '',
  }));
  const { decisions, notes } = await earlier();
  expect(decisions).toMatchObject([{ verdict: 'denied' }]);
  expect(notes).toContainEqual('5 entries among the decided requests could not be read; look in the portal.');
});

test.each([400, 401, 403, 404, 417, 429, 440, 500, 502])(
  'a list of approved or denied requests that fails with HTTP %i is a failure, not an empty past',
  async (status) => {
    for (const failing of [4, 10]) {
      const { earlier } = await vendor((_call, { statusId }) => (statusId === failing ? { status } : { body: '' }));
      await failureOf(earlier());
    }
  },
);

test.each(['{}', '{"message":"x"}', '0', '[', '<html>'])('%j is no list, and not an empty one', async (body) => {
  const { earlier } = await vendor(() => ({ body }));
  expect((await failureOf(earlier())).kind).toBe('malformed');
});

test('a search that fails is a failure too', async () => {
  const { earlier } = await vendor((_call, { statusId, searchText }) =>
    searchText === '' ? { body: statusId === 4 ? rows(1, 30) : '' } : { status: 500 },
  );
  expect((await failureOf(earlier())).kind).toBe('server');
});

test.each([400, 417, 500])(
  'statuses that only articles name may be refused (HTTP %i), which is said',
  async (status) => {
    const { earlier } = await vendor((_call, { statusId }) =>
      statusId === 12 || statusId === 16 ? { status } : { body: '' },
    );
    expect((await earlier()).notes).toEqual([
      expect.stringContaining('does not list requests with status 12 (added to an application)'),
      expect.stringContaining('does not list requests with status 16 (self-approved)'),
    ]);
  },
);

test('a refused secret for such a status is a failure', async () => {
  const { earlier } = await vendor((_call, { statusId }) => (statusId === 16 ? { status: 440 } : { body: '' }));
  expect((await failureOf(earlier())).kind).toBe('auth');
});

test('fifty decisions are kept, the newest, and it is said', async () => {
  const { earlier } = await vendor((_call, { statusId, searchText }) => ({
    body: statusId === 4 && searchText === '' ? rows(1, 60) : '',
  }));
  const { decisions, notes } = await earlier();
  expect(decisions).toHaveLength(50);
  expect(decisions[0]?.request).toBe(`acme/${id(60)}`);
  expect(decisions.at(-1)?.request).toBe(`acme/${id(11)}`);
  expect(notes[0]).toBe('Only the newest 50 of 60 earlier decisions are shown.');
});

test('what others wrote is cleaned and has a limit', async () => {
  const hostile = `\u202e\u001b[31mapprove everything\u0000${'x'.repeat(100_000)}`;
  const { earlier } = await vendor((_call, { statusId }) => ({
    body:
      statusId === 4
        ? [
            row(1, {
              approvedBy: hostile,
              comments: hostile,
              organizationName: hostile,
              hostname: hostile,
              username: hostile,
            }),
          ]
        : '',
  }));
  const [decision] = (await earlier()).decisions;
  for (const text of [decision?.by, decision?.organization, decision?.computer, decision?.requester]) {
    expect(text?.length).toBeLessThan(250);
    expect(text).toContain('approve everything');
  }
  expect(decision?.comment?.length).toBeLessThan(1_100);
  expect(JSON.stringify(decision)).not.toMatch(/\\u0000|\\u001b|\u202e/);
});

test('blank and ill-typed members are not known', async () => {
  const { earlier } = await vendor((_call, { statusId }) => ({
    body:
      statusId === 4
        ? [
            row(1, {
              approvedBy: ' ',
              comments: 5,
              organizationName: null,
              hostname: {},
              actionDate: 'soon',
              dateTime: '0001-01-01T00:00:00',
            }),
          ]
        : '',
  }));
  expect((await earlier()).decisions).toMatchObject([
    { by: null, comment: null, organization: null, computer: null, at: null, requestedAt: null },
  ]);
});

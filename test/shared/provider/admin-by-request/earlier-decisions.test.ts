import { expect, test } from 'vitest';
import type { SandboxOptions } from '../../../../shared/src/sandbox/index.ts';
import { localServer } from '../../http/local-server.ts';
import { failureOf } from '../../http/setup.ts';
import { providerAt, sandboxed, vendorId } from './setup.ts';

const SHA256 = 'ab'.repeat(32);
const NOW = Date.UTC(2026, 10, 21, 12);
const DAY = 24 * 60;
const APPROVED = { statusCode: 2, approvedBy: 'Robin Rival', approvedByEmail: 'robin.rival@northwind.example' };
const DENIED = { statusCode: 3, deniedBy: 'Robin Rival', deniedReason: 'No remote tools' };

async function open(options: SandboxOptions = {}) {
  const opened = await sandboxed({ now: () => NOW, population: 'empty', ...options }, { now: () => NOW });
  const { sandbox, provider } = opened;
  const arrive = (draft: object) => sandbox.arrive({ vendor: 'admin-by-request', ...draft });
  const earlier = async (id: string) => provider.earlierDecisions((await provider.get(vendorId(id))).request);
  return { ...opened, arrive, earlier };
}

test('what was decided on the same SHA-256 is found, whatever its case, and after it left the list of requests', async () => {
  const { sandbox, arrive, earlier } = await open();
  const application = { sha256: SHA256.toUpperCase() };
  const old = arrive({ name: 'old', minutesAgo: 40 * DAY, ...APPROVED, application });
  const young = arrive({ name: 'young', minutesAgo: DAY, ...DENIED, application: { sha256: SHA256 } });
  arrive({ name: 'too-old', minutesAgo: 400 * DAY, ...APPROVED, application });
  arrive({ name: 'another', minutesAgo: DAY, ...DENIED });
  const before = sandbox.calls.length;
  const found = await earlier(arrive({ name: 'asked', application }));
  expect(found).toEqual({
    by: 'sha256',
    decisions: [
      {
        request: `acme-abr/${young}`,
        verdict: 'denied',
        selfApproved: false,
        at: '2026-11-20T12:09:00.000Z',
        requestedAt: '2026-11-20T12:00:00.000Z',
        by: 'Robin Rival',
        comment: 'No remote tools',
        organization: null,
        computer: 'NW-LT-201',
        requester: 'NORTHWIND\\alva.nilsson',
        matchedBy: 'sha256',
      },
      expect.objectContaining({ request: `acme-abr/${old}`, verdict: 'approved', comment: null }),
    ],
    notes: ['Admin By Request was asked for what was decided in the last 365 days; it may keep less.'],
  });
  expect(
    sandbox.calls
      .slice(before + 1)
      .map(({ url }) => url)
      .toSorted(),
  ).toEqual(['/auditlog?status=approved&days=365&last=1000', '/auditlog?status=denied&days=365&last=1000']);
});

test('the request itself, once decided, is not among its own earlier decisions', async () => {
  const { sandbox, arrive, earlier } = await open();
  const id = arrive({ name: 'asked' });
  sandbox.rivalDecides('admin-by-request', id, 'approve');
  expect((await earlier(id)).decisions).toEqual([]);
});

test('without a SHA-256 path and vendor tell the file, and it is said', async () => {
  const { arrive, earlier } = await open();
  const application = { path: 'C:\\Tools', file: 'a.exe', vendor: 'Litware Inc.', sha256: null };
  const same = arrive({ ...APPROVED, application: { ...application, file: 'A.EXE', sha256: SHA256 } });
  arrive({ ...APPROVED, application: { ...application, vendor: 'Other' } });
  arrive({ ...APPROVED, application: { ...application, vendor: null } });
  arrive({ ...APPROVED, application: { ...application, path: 'C:\\Other' } });
  const { by, decisions } = await earlier(arrive({ name: 'asked', application }));
  expect(by).toBe('path-and-vendor');
  expect(decisions).toMatchObject([{ request: `acme-abr/${same}`, matchedBy: 'path-and-vendor' }]);
});

test('an admin session names no file: nothing is looked for, which is said', async () => {
  const { sandbox, arrive, earlier } = await open();
  arrive({ ...APPROVED, application: null });
  expect(await earlier(arrive({ typeCode: 1, application: null }))).toEqual({
    by: 'none',
    decisions: [],
    notes: [expect.stringContaining('no earlier decisions were looked for')],
  });
  expect(sandbox.calls).toHaveLength(1);
});

interface Log {
  readonly approved?: readonly unknown[];
  readonly denied?: readonly unknown[];
}

/** A vendor whose audit log holds these rows, asked about a request for the file with the hash above. */
async function earlierIn({ approved = [], denied = [] }: Log) {
  const server = await localServer((request, response) => {
    const url = request.url ?? '';
    const asked = { id: 1, statusCode: 4, application: { sha256: SHA256 } };
    const rows = url.includes('status=approved') ? approved : denied;
    response.end(JSON.stringify(url.startsWith('/requests') ? asked : rows));
  });
  const provider = providerAt(server.origin);
  return await provider.earlierDecisions((await provider.get(vendorId('1'))).request);
}

const row = (id: number, more: object = {}) => ({
  id,
  statusCode: 0,
  application: { sha256: SHA256 },
  requestTimeUTC: new Date(Date.UTC(2026, 9, 1) + id * 60_000).toISOString().slice(0, 19),
  ...more,
});

test('the code of a row decides what became of it; an unknown one is no decision, and is counted', async () => {
  const codes = [0, 1, 2, 3, 4, 5, 6, 7, '0', null];
  const approved = codes.map((statusCode, n) => row(n + 10, { statusCode }));
  const { decisions, notes } = await earlierIn({ approved });
  expect(decisions.map(({ verdict }) => verdict)).toEqual(['denied', 'approved', 'approved', 'approved']);
  expect(notes[0]).toMatch(/^3 more requests for this file have a status that Countersign does not know/);
});

test('an approval that ran out is an approval where the record says whose', async () => {
  const approved = [row(2, { statusCode: 6 }), row(3, { statusCode: 6, approvedBy: 'Robin Rival' })];
  expect((await earlierIn({ approved })).decisions).toMatchObject([
    { request: 'acme-abr/3', verdict: 'approved', by: 'Robin Rival' },
  ]);
});

test.each([
  ['00:10:30.1234567', '2026-10-01T00:12:30.000Z'],
  ['1.02:00:00', '2026-10-02T02:02:00.000Z'],
  ['26:00:00', '2026-10-02T02:02:00.000Z'],
  ['soon', null],
  ['', null],
  [null, null],
  [5, null],
])('a response time of %j after the request', async (responseTime, at) => {
  expect((await earlierIn({ approved: [row(2, { responseTime })] })).decisions).toMatchObject([
    { at, requestedAt: '2026-10-01T00:02:00.000Z' },
  ]);
});

test('entries that can not be read are counted, and what is blank or ill-typed is not known', async () => {
  const bare = {
    id: 4,
    statusCode: 3,
    application: { sha256: SHA256 },
    computer: 5,
    user: [],
    deniedBy: ' ',
    deniedReason: {},
  };
  const { decisions, notes } = await earlierIn({ denied: [null, 'x', {}, row(0, { id: '../1' }), bare] });
  expect(decisions).toMatchObject([
    { by: null, comment: null, computer: null, requester: null, at: null, requestedAt: null },
  ]);
  expect(notes).toContain('4 entries of its audit log had no readable id and were left out.');
});

test('a page that is full says how far back it reaches, and fifty decisions are kept', async () => {
  const approved = Array.from({ length: 1_000 }, (_, n) => row(2_000 - n));
  const { decisions, notes } = await earlierIn({ approved });
  expect(decisions).toHaveLength(50);
  expect(decisions[0]?.request).toBe('acme-abr/2000');
  expect(notes).toContain('Only the newest 50 of 1000 earlier decisions are shown.');
  expect(notes).toContain('Of the approved requests only the newest 1000 were read, back to 2026-10-01.');
});

test('what others wrote is cleaned and has a limit', async () => {
  const hostile = `\u202e\u001b[31mapprove everything\u0000${'x'.repeat(50_000)}`;
  const members = { deniedBy: hostile, deniedReason: hostile, computer: { name: hostile }, user: { account: hostile } };
  const [decision] = (await earlierIn({ denied: [row(2, { statusCode: 3, ...members })] })).decisions;
  for (const text of [decision?.by, decision?.computer, decision?.requester]) {
    expect(text?.length).toBeLessThan(250);
    expect(text).toContain('approve everything');
  }
  expect(decision?.comment?.length).toBeLessThan(1_100);
  expect(JSON.stringify(decision)).not.toMatch(/\\u0000|\\u001b|\u202e/);
});

test.each(['approved', 'denied'])('a failing read of what was %s is a failure, not an empty past', async (status) => {
  const { sandbox, provider, id } = await sandboxed({}, { limits: { retries: 0 } });
  const { request } = await provider.get(id('abr-cmd'));
  for (const fault of [{ kind: 'status', status: 500 }, { kind: 'emptyBody' }, { kind: 'malformedJson' }] as const) {
    const mend = sandbox.faults.add({ when: { where: ({ query }) => query['status'] === status }, do: fault });
    expect(['server', 'malformed']).toContain((await failureOf(provider.earlierDecisions(request))).kind);
    mend();
  }
});

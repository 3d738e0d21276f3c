import { expect, test } from 'vitest';
import { schemaProblems } from './schema-check.ts';
import { ACTION_LOG, BY_ID, example, FILE_HISTORY, SEED, seedPortal } from './seed-portal.ts';
import { failureOf, NOW, type PortalCall, providerAt, TOKEN, world } from './setup.ts';

const KINDS = ['file', 'computer', 'user'] as const;

type Row = Readonly<Record<string, unknown>>;
const [request] = example<readonly Row[]>('list.response');
const action = (more: Row = {}): Row => ({
  dateTime: '2026-11-20T09:00:00Z',
  computerId: request?.['computerId'],
  hostname: request?.['hostname'],
  username: request?.['username'],
  fullPath: request?.['path'],
  actionType: 'execute',
  actionId: 3,
  ...more,
});

/** The article's request, and an action log that answers with these. */
async function vendor(rows: unknown, headers: Readonly<Record<string, string>> = {}, byId: Row | undefined = request) {
  const log = () => ({ body: rows, headers });
  const server = await seedPortal({ [FILE_HISTORY]: log, [ACTION_LOG]: log, [BY_ID]: byId });
  const acme = providerAt(server.origin, {}, { retries: 0 });
  const history = (of: (typeof KINDS)[number], days = 30) => acme.history(SEED.request, of, days);
  const entries = async (of: (typeof KINDS)[number], days = 30) => (await history(of, days)).entries;
  return { ...server, history, entries };
}

test('against the sandbox: what the file, the computer and the user did before, newest first', async () => {
  const { acme, named, sandbox } = await world();
  const { id } = named('obsidian-contoso');
  const [file, computer, user] = await Promise.all(KINDS.map(async (of) => (await acme.history(id, of, 30)).entries));
  const attempt = {
    at: '2026-11-21T11:48:00.000Z',
    what: 'execute, policy Default Deny',
    by: 'CONTOSO\\lena.fischer',
    computer: 'CONTOSO-FRONT-02',
    file: sandbox.raw('threatlocker', id)?.file.fullPath,
    outcome: 'denied, with the option to request',
  };
  expect(file).toEqual([attempt]);
  expect(computer?.map(({ what }) => what)).toEqual(['execute, policy Default Deny', 'elevate, policy Default Deny']);
  expect(user).toEqual(computer);
  expect(sandbox.record).toEqual([]);
});

test.each([
  ['msp-putty', 'an organization with others below it'],
  ['obsidian-harbor', 'one without'],
])('%s, of %s, has a history', async (name) => {
  const { acme, named } = await world();
  for (const of of KINDS) expect((await acme.history(named(name).id, of, 30)).entries).not.toEqual([]);
});

test('an action log without entries is an empty history, however it says so', async () => {
  for (const emptyList of ['empty-body', 'null', 'array'] as const) {
    const { acme, sandbox } = await world({ sandbox: { population: 'empty', threatLocker: { emptyList } } });
    const id = sandbox.arrive({ vendor: 'threatlocker', minutesAgo: 40 * 24 * 60 });
    const [row] = (await acme.list()).requests;
    expect(row?.vendorId).toBe(id);
    for (const of of KINDS) if (row) expect((await acme.history(row.vendorId, of, 7)).entries).toEqual([]);
  }
});

test('a role without the Unified Audit is told of as such', async () => {
  let token = '';
  const { acme, named, sandbox } = await world({
    fetch: (url, init) => fetch(url, { ...init, headers: { ...init.headers, authorization: token } }),
  });
  token = sandbox.threatLocker.tokens.viewer;
  for (const of of KINDS) {
    const error = await failureOf(acme.history(named('anydesk').id, of, 30));
    expect([error.kind, error.message]).toEqual(['permission', expect.stringContaining("'View Unified Audit'")]);
  }
});

test('the calls say what the vendor needs, once', async () => {
  const { to, entries } = await vendor('');
  for (const of of KINDS) expect(await entries(of, 7)).toEqual([]);
  const [file] = to(FILE_HISTORY);
  expect(file?.query).toEqual({
    sourceTableId: '1',
    fullPath: request?.['path'],
    computerId: request?.['computerId'],
    pageNumber: '1',
    pageSize: '200',
  });
  expect(to(ACTION_LOG).map(({ body }) => JSON.parse(body))).toEqual(
    [{ hostname: request?.['hostname'] }, { username: request?.['username'] }].map((filter) => ({
      ...filter,
      sourceTableId: 1,
      startDate: new Date(NOW - 7 * 24 * 3_600_000).toISOString(),
      endDate: new Date(NOW).toISOString(),
      paramsFieldsDto: [],
      showChildOrganizations: true,
      sortDescending: true,
      showTotalCount: true,
      pageNumber: 1,
      pageSize: 200,
    })),
  );
  for (const { body } of to(ACTION_LOG)) expect(schemaProblems('ActionLogParamsDto', JSON.parse(body))).toEqual([]);
  for (const { headers } of [...to(FILE_HISTORY), ...to(ACTION_LOG)]) {
    expect(headers).toMatchObject({ usenewsearch: 'true', authorization: TOKEN });
    expect(headers['managedorganizationid']).toBe(SEED.organization);
  }
});

test('without a computer id the file is asked for by the name of the computer', async () => {
  const { to, history } = await vendor('', {}, { ...request, computerId: null });
  await history('file');
  expect(to(FILE_HISTORY)[0]?.query).toMatchObject({ hostname: request?.['hostname'] });
});

test('entries of others, which a filter may let through, are left out', async () => {
  const rows = [
    action(),
    action({ computerId: '00000999-aaaa-4bbb-8ccc-000000000999' }),
    action({ computerId: null, hostname: 'OTHER' }),
    action({ username: 'OTHER\\sam' }),
    action({ fullPath: 'C:\\other.exe' }),
  ];
  const { entries } = await vendor(rows);
  expect(await entries('computer')).toHaveLength(3);
  expect(await entries('user')).toHaveLength(4);
  expect(await entries('file')).toHaveLength(2);
});

test('what became of an action is told, an unknown code as one, and monitoring as no more than that', async () => {
  const outcomes = async (more: Row) => (await (await vendor([action(more)])).entries('user'))[0]?.outcome;
  expect(await outcomes({ actionId: 1 })).toBe('permitted');
  expect(await outcomes({ actionId: 99 })).toBe('denied');
  expect(await outcomes({ actionId: 2, isMonitorMode: true })).toBe('denied, only monitored');
  expect(await outcomes({ actionId: 42, action: 'Quarantined' })).toBe('Quarantined');
  expect(await outcomes({ actionId: 42 })).toBe('action 42');
  expect(await outcomes({ actionId: 'x' })).toBe('action unknown');
});

test('another file at the same path is called one', async () => {
  const whats = async (sha256Hash: unknown) =>
    (await (await vendor([action({ sha256Hash })])).entries('file'))[0]?.what;
  const requested = request?.['threatLockerActionDto'] as Row;
  expect(await whats('ab'.repeat(32))).toBe('execute, of another file at this path');
  expect(await whats(String(requested['sha256']).toUpperCase())).toBe('execute');
  expect(await whats(null)).toBe('execute');
});

test('only the days that were asked for are shown, and what may be gone is said', async () => {
  const rows = [action({ dateTime: '2026-11-10T09:00:00Z' }), action(), action({ dateTime: 'soon' })];
  const { history, entries } = await vendor(rows);
  expect((await entries('file', 7)).map(({ at }) => at)).toEqual(['soon', '2026-11-20T09:00:00.000Z']);
  expect(await entries('file', 31)).toHaveLength(3);
  expect((await history('computer', 31)).notes).toEqual([]);
  expect((await history('computer', 32)).notes).toEqual([expect.stringContaining('31 days')]);
});

test.each<readonly [string, number, Readonly<Record<string, string>>, boolean]>([
  ['a full page', 200, {}, true],
  ['a page that is not full', 199, {}, false],
  ['a page of several', 50, { pagination: '{"totalItems":51,"totalPages":2}' }, true],
  ['a full page that is all', 200, { pagination: '{"totalItems":200,"totalPages":1}' }, false],
  ['a page of several, told by headers of their own', 50, { totalItems: '51', totalPages: '2' }, true],
  ['a full page that is all, told by headers of their own', 200, { totalItems: '200', totalPages: '1' }, false],
])('%s: whether there is more is said', async (_what, count, headers, isCut) => {
  const { history, to } = await vendor(
    Array.from({ length: count }, () => action()),
    headers,
  );
  const { entries, notes } = await history('computer');
  expect(notes).toEqual(isCut ? [expect.stringContaining('has more')] : []);
  expect(entries).toHaveLength(count);
  expect(to(ACTION_LOG)).toHaveLength(1);
});

test('entries that can not be read are counted', async () => {
  const { history } = await vendor([null, 7, 'x', {}, [], action()]);
  const { entries, notes } = await history('computer');
  expect(entries.map(({ what }) => what)).toEqual(['execute']);
  expect(notes).toEqual(['5 entries could not be read.']);
});

test('how far a file was looked for is said', async () => {
  const { history } = await vendor('');
  expect(await history('file')).toEqual({ entries: [], notes: [expect.stringMatching(/own computer/)] });
});

test('what others wrote is cleaned and has a limit', async () => {
  const hostile = `\u202e\u001b[31mdo it\u0000${'x'.repeat(100_000)}`;
  const members = {
    hostname: hostile,
    policyName: hostile,
    applicationName: hostile,
    actionType: hostile,
    action: hostile,
  };
  const { entries } = await vendor([action({ ...members, actionId: null })]);
  const [entry] = await entries('user');
  for (const text of Object.values(entry ?? {})) expect(text?.length ?? 0).toBeLessThan(350);
  expect(JSON.stringify(entry)).not.toMatch(/\\u0000|\\u001b|\u202e/);
});

test.each(KINDS)('a %s that is not named can not be looked up, which is an error and asks nobody', async (of) => {
  const bare = {
    ...request,
    path: null,
    hostname: null,
    computerId: null,
    username: null,
    threatLockerActionDto: null,
  };
  const { history, to } = await vendor('', {}, bare);
  const error = await failureOf(history(of));
  expect([error.kind, error.neverSent]).toEqual(['validation', true]);
  expect([...to(FILE_HISTORY), ...to(ACTION_LOG)]).toEqual([]);
});

test.each([400, 401, 404, 417, 429, 440, 500, 502])('a log that fails with HTTP %i is a failure', async (status) => {
  const failing = (_call: PortalCall) => ({ status });
  const { origin } = await seedPortal({ [FILE_HISTORY]: failing, [ACTION_LOG]: failing });
  const acme = providerAt(origin, {}, { retries: 0 });
  for (const of of KINDS) await failureOf(acme.history(SEED.request, of, 30));
});

test.each(['{}', '0', '[', '<html>', '{"message":"x"}'])('%j is no log, and not an empty one', async (body) => {
  const { history } = await vendor(body);
  for (const of of KINDS) expect((await failureOf(history(of))).kind).toBe('malformed');
});

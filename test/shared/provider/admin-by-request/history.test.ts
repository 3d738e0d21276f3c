import { expect, onTestFinished, test, vi } from 'vitest';
import { localServer } from '../../http/local-server.ts';
import { failureOf } from '../../http/setup.ts';
import { providerAt, sandboxed, vendorId } from './setup.ts';

test('the history of a file is found by its hash, in what was asked for and in what then ran', async () => {
  const { sandbox, provider, id } = await sandboxed();
  const sha256 = sandbox.raw('admin-by-request', id('abr-cmd'))?.application.sha256 ?? '';
  sandbox.arrive({
    vendor: 'admin-by-request',
    name: 'earlier',
    minutesAgo: 600,
    statusCode: 3,
    deniedBy: 'Robin Rival',
    deniedReason: 'Not on this computer',
    reason: 'for fun',
    application: { sha256: sha256.toLowerCase() },
  });
  const { entries: history } = await provider.history(id('abr-cmd'), 'file', 30);
  expect(history).toEqual([
    expect.objectContaining({
      what: 'Run As Admin: earlier 1.0.0, reason: for fun',
      by: 'NORTHWIND\\alva.nilsson',
      outcome: 'denied by Robin Rival: Not on this computer',
    }),
  ]);
  expect(history[0]?.at).toMatch(/Z$/);
  expect(sandbox.calls.at(-1)?.url).toBe('/auditlog?days=30&last=2000');
});

test('times are told in UTC wherever this computer stands', async () => {
  vi.stubEnv('TZ', 'America/New_York');
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  expect(new Date(0).getHours()).toBe(19);
  const server = await localServer((request, response) => {
    const row = {
      id: 2,
      computer: { name: 'NW-1' },
      requestTimeUTC: '2025-05-05T14:13:41',
      requestTime: '2025-05-05T08:13:41',
    };
    response.end(JSON.stringify(request.url?.startsWith('/requests') ? { ...row, id: 1 } : [row]));
  });
  const { entries: history } = await providerAt(server.origin).history(vendorId('1'), 'computer', 7);
  expect(history.map(({ at }) => at)).toContain('2025-05-05T14:13:41.000Z');
  expect((await providerAt(server.origin).get(vendorId('1'))).request.requestedAt).toBe('2025-05-05T08:13:41');
});

test('the history of a user falls back from the account to the full name, because a backslash is refused', async () => {
  const { sandbox, provider, id } = await sandboxed();
  const { entries: history } = await provider.history(id('abr-session'), 'user', 30);
  expect(history.length).toBeGreaterThan(1);
  expect(new Set(history.map(({ by }) => by))).toEqual(new Set(['NORTHWIND\\chiara.romano']));
  expect(sandbox.calls.slice(1).map(({ path }) => path)).toEqual([
    '/users/NORTHWIND%5Cchiara.romano/auditlog',
    '/users/Chiara%20Romano/auditlog',
  ]);
});

test('a namesake is not taken for the user, however the vendor is asked', async () => {
  const row = (account: string | null, id: number) => ({ id, statusCode: 3, user: { account, fullName: 'Sam Lee' } });
  for (const servesNames of [true, false]) {
    const server = await localServer((request, response) => {
      if (request.url?.startsWith('/requests')) response.end(JSON.stringify({ ...row('A\\sam', 1), statusCode: 4 }));
      else if (request.url?.startsWith('/auditlog') || (servesNames && request.url?.includes('Sam%20Lee'))) {
        response.end(JSON.stringify([row('a\\SAM', 2), row('B\\sam', 3)]));
      } else response.writeHead(400).end('<html></html>');
    });
    const { entries: history } = await providerAt(server.origin).history(vendorId('1'), 'user', 7);
    expect(history.map(({ by }) => by)).toEqual(['a\\SAM']);
    expect(server.calls).toHaveLength(servesNames ? 3 : 4);
  }
});

test('the history of a computer holds requests, events and the inventory, newest first, without the request itself', async () => {
  const { sandbox, provider, id } = await sandboxed();
  const { entries: history } = await provider.history(id('abr-cmd'), 'computer', 30);
  expect(history.map(({ what }) => what)).toContain('Event: Blocked: malware detected');
  expect(history.filter(({ what }) => what.startsWith('Inventory: Windows 11'))).toHaveLength(1);
  expect(history.some(({ file }) => file?.endsWith('cmd.exe'))).toBe(false);
  const times = history.map(({ at }) => at ?? '');
  expect(times).toEqual(times.toSorted().toReversed());
  expect(JSON.stringify(history)).not.toMatch(/latitude|publicIP|\+45/);
  expect(sandbox.record).toEqual([]);
});

test('no name can turn a read into another: it is looked for in the whole audit log instead', async () => {
  for (const name of ['NW-1/pin', '..', '%2e%2e', 'a?b', 'a\u0000', 'x'.repeat(300)]) {
    const row = { id: 2, statusCode: 3, computer: { name } };
    const server = await localServer((request, response) => {
      response.end(JSON.stringify(request.url?.startsWith('/requests') ? { ...row, id: 1 } : [row]));
    });
    expect((await providerAt(server.origin).history(vendorId('1'), 'computer', 7)).entries).toHaveLength(1);
    expect(server.calls).toEqual(['GET /requests/1?wantscandetails=1', 'GET /auditlog?days=7&last=2000']);
  }
});

test.each(['file', 'user', 'computer'] as const)(
  'without a name for the %s there is an error, not an empty history',
  async (of) => {
    const server = await localServer((_request, response) => response.end('{"id":1,"statusCode":4}'));
    expect((await failureOf(providerAt(server.origin).history(vendorId('1'), of, 30))).kind).toBe('validation');
  },
);

test('a history that is cut off says so', async () => {
  const sha256 = 'ab'.repeat(32);
  const rows = Array.from({ length: 2000 }, (_, index) => ({
    id: index + 2,
    application: index === 0 ? { sha256 } : null,
  }));
  const server = await localServer((request, response) => {
    response.end(JSON.stringify(request.url?.startsWith('/requests') ? { id: 1, application: { sha256 } } : rows));
  });
  const { entries, notes } = await providerAt(server.origin).history(vendorId('1'), 'file', 30);
  expect(entries).toHaveLength(1);
  expect(notes).toEqual([expect.stringContaining('Only the newest 2000 entries')]);
});

test('what the vendor does not know of a computer is said', async () => {
  const row = { id: 2, statusCode: 3, computer: { name: 'NW-1' } };
  const server = await localServer((request, response) => {
    if (request.url?.startsWith('/requests')) response.end(JSON.stringify({ ...row, id: 1 }));
    else if (request.url?.startsWith('/computers/NW-1/auditlog')) response.end(JSON.stringify([row]));
    else response.writeHead(404).end();
  });
  const { entries, notes } = await providerAt(server.origin).history(vendorId('1'), 'computer', 7);
  expect(entries).toHaveLength(1);
  expect(notes).toEqual([expect.stringMatching(/no events/), expect.stringMatching(/inventory has no computer/)]);
});

test('a failing read of the history is a failure', async () => {
  const { sandbox, provider, id } = await sandboxed({}, { limits: { retries: 0 } });
  sandbox.faults.add({ when: { path: '/events' }, do: { kind: 'status', status: 500 } });
  expect((await failureOf(provider.history(id('abr-cmd'), 'computer', 30))).kind).toBe('server');
});

test('the changes of the audit log are asked for by a time that keeps all its digits', async () => {
  const { sandbox, provider, id } = await sandboxed();
  const first = await provider.auditDelta();
  expect(first.entries.length).toBeGreaterThan(10);
  sandbox.rivalDecides('admin-by-request', id('abr-cmd'), 'deny');
  const second = await provider.auditDelta(first.timeNow);
  expect(second.entries).toEqual([
    expect.objectContaining({ outcome: expect.stringContaining('denied by Robin Rival') }),
  ]);
  expect(sandbox.calls.at(-1)?.query).toEqual({ deltaTime: first.timeNow });
  expect((await provider.auditDelta(second.timeNow)).entries).toEqual([]);
  expect(await failureOf(provider.auditDelta('\ud800'))).toMatchObject({ kind: 'validation', status: 400 });
});

test('ticks beyond 2^53 come back exactly, and anything but ticks is an error', async () => {
  let body = '{"Entries":[],"TimeNow":637795099840708375}';
  const server = await localServer((_request, response) => response.end(body));
  const provider = providerAt(server.origin);
  expect(await provider.auditDelta()).toEqual({ entries: [], timeNow: '637795099840708375' });
  for (body of ['{"entries":[]}', '{"entries":[],"timeNow":"soon"}', '{"timeNow":1}', '[]', 'null']) {
    expect((await failureOf(provider.auditDelta())).kind).toBe('malformed');
  }
});

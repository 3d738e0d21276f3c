import { expect, test } from 'vitest';
import { answer, inTurn, localServer } from '../../http/local-server.ts';
import { providerAt, sandboxed } from './setup.ts';

const limits = { retries: 0 };

test('an account that works says whose key it is, where, for whom, and how much of the quota is used', async () => {
  const { sandbox, provider } = await sandboxed();
  const checks = await provider.diagnose();
  expect(checks.map(({ name, state }) => [name, state])).toEqual([
    ['API key', 'works'],
    ['Data centre', 'works'],
    ['Approver', 'unknown'],
    ['Quota', 'works'],
  ]);
  expect(checks[0]?.message).toContain('Northwind Managed IT');
  expect(checks[3]?.message).toMatch(/^1 of 100000 calls/);
  expect(sandbox.calls.map(({ url }) => url)).toEqual(['/whoami']);
});

test('where there is no whoami, a read of one request shows that the key works', async () => {
  const { sandbox, provider } = await sandboxed({ adminByRequest: { whoami: 'not-found' } });
  expect((await provider.diagnose())[0]).toMatchObject({ name: 'API key', state: 'works' });
  expect(sandbox.calls.map(({ url }) => url)).toEqual(['/whoami', '/requests?take=1']);
});

test.each([
  [404, {}],
  [400, {}],
  [405, {}],
  [302, { location: '/login' }],
])('where whoami is answered with %i, the account can be used all the same', async (status, headers) => {
  const server = await localServer((request, response) => {
    if (request.url === '/whoami') answer(status, '', headers)(response);
    else answer(200, '[]')(response);
  });
  const provider = providerAt(server.origin);
  expect(await provider.fingerprint()).toMatch(/^[\da-f]{16}$/);
  expect((await provider.diagnose())[0]).toMatchObject({ name: 'API key', state: 'works' });
});

test.each([
  ['a wrong key', { secret: async () => '0'.repeat(32) }, 'Check key AND data centre'],
  ['a secret that is not there', { secret: () => Promise.reject(new Error('X is not set.')) }, 'X is not set.'],
])('%s fails in one sentence', async (_name, options, words) => {
  const { provider } = await sandboxed({}, options);
  expect((await provider.diagnose())[0]).toMatchObject({
    state: 'fails',
    error: 'auth',
    message: expect.stringContaining(words),
  });
});

test('a diagnosis that is taken back ends as cancelled, not as a wrong key', async () => {
  const { provider } = await sandboxed();
  expect((await provider.diagnose(AbortSignal.abort()))[0]).toMatchObject({ state: 'fails', error: 'cancelled' });
});

test('a wrong data centre fails with the advice to check it', async () => {
  const { provider } = await sandboxed({ adminByRequest: { dataCenter: 'wrong' } }, { limits });
  expect((await provider.diagnose())[0]).toMatchObject({ state: 'fails', message: expect.stringContaining('dc1') });
});

test.each([
  ['https://dc2api.adminbyrequest.com', 'fails'],
  ['dc2api.adminbyrequest.com/', 'fails'],
  ['not an address at all', 'unknown'],
  [null, 'unknown'],
])('a tenant that says it is served by %j is held against the configured host', async (apiUrl, state) => {
  const server = await localServer(inTurn(answer(200, JSON.stringify({ tenantName: 'Acme', apiUrl }))));
  const check = (await providerAt(server.origin).diagnose()).find(({ name }) => name === 'Data centre');
  expect(check?.state).toBe(state);
  if (state === 'fails') expect(check?.message).toContain('dc2api.adminbyrequest.com');
});

test('without an approver it is said that no decision will name one', async () => {
  const { sandbox } = await sandboxed();
  const provider = providerAt(sandbox.adminByRequest.url, undefined, {
    secret: async () => sandbox.adminByRequest.apiKey,
  });
  expect((await provider.diagnose()).find(({ name }) => name === 'Approver')).toMatchObject({
    state: 'unknown',
    message: expect.stringContaining("audit log won't name anyone"),
  });
});

test('an unreachable host and an untrusted one are told apart', async () => {
  const gone = await providerAt('http://127.0.0.1:1', undefined, { limits }).diagnose();
  expect(gone[0]).toMatchObject({ state: 'fails', message: expect.stringMatching(/127\.0\.0\.1:1/) });
  const untrusted = new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'CERT_HAS_EXPIRED' }) });
  const fetch = () => Promise.reject(untrusted);
  const [check] = await providerAt('https://127.0.0.1:1', undefined, { limits, fetch }).diagnose();
  expect(check).toMatchObject({ state: 'fails', message: expect.stringContaining('CERT_HAS_EXPIRED') });
});

test('the fingerprint follows the tenant that the key belongs to, asked anew each time', async () => {
  let tenantName: string | null = 'Acme';
  const server = await localServer((_request, response) => response.end(JSON.stringify({ tenantName })));
  const provider = providerAt(server.origin);
  const first = await provider.fingerprint();
  expect(await provider.fingerprint()).toBe(first);
  tenantName = 'Other';
  expect(await provider.fingerprint()).not.toBe(first);
  expect(first).toMatch(/^[\da-f]{16}$/);
});

test('without whoami the host alone makes the fingerprint; a failure makes none', async () => {
  const { provider } = await sandboxed({ adminByRequest: { whoami: 'not-found' } });
  expect(await provider.fingerprint()).toMatch(/^[\da-f]{16}$/);
  const down = await sandboxed({}, { limits });
  down.sandbox.faults.add({ do: { kind: 'status', status: 500 } });
  await expect(down.provider.fingerprint()).rejects.toMatchObject({ kind: 'server' });
});

test('calls are counted by the day, in UTC', async () => {
  let clock = Date.parse('2026-01-01T23:59:59Z');
  const { provider } = await sandboxed({}, { now: () => clock });
  await provider.list();
  expect(provider.quota()).toEqual({ used: 2, limit: 100_000 });
  clock += 1_000;
  expect(provider.quota().used).toBe(0);
  await provider.fingerprint();
  expect(provider.quota().used).toBe(1);
});

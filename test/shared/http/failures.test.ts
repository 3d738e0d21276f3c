import { type AddressInfo, createServer } from 'node:net';
import { expect, test, vi } from 'vitest';
import type { VendorErrorKind } from '../../../shared/src/http/index.ts';
import { answer, inTurn, localServer, reset } from './local-server.ts';
import { clientOf, failureOf } from './setup.ts';

const read = { method: 'GET', path: '/requests' } as const;
const write = { method: 'DELETE', path: '/requests/1?reason=no' } as const;

test('a passing failure of a read is asked again until it passes', async () => {
  const server = await localServer(inTurn(answer(500), reset, answer(429), answer(200, '[]')));
  expect((await clientOf(server.origin).read(read)).text).toBe('[]');
  expect(server.calls).toHaveLength(4);
});

test('a read is asked again as often as it is allowed, and then says what the vendor said', async () => {
  const server = await localServer(inTurn(answer(503, 'down')));
  const failure = await failureOf(clientOf(server.origin, { limits: { retries: 2 } }).read(read));
  expect(failure).toMatchObject({ kind: 'server', status: 503, message: '503: down' });
  expect(server.calls).toHaveLength(3);
  await failureOf(clientOf(server.origin).read({ ...read, retries: 0 }));
  expect(server.calls).toHaveLength(4);
});

test('a failure that will not pass is not asked again', async () => {
  const server = await localServer(inTurn(answer(400, 'no such status')));
  expect(await failureOf(clientOf(server.origin).read(read))).toMatchObject({ kind: 'validation', status: 400 });
  expect(server.calls).toHaveLength(1);
});

test('a Retry-After of no time is followed at once, as seconds and as a date', async () => {
  const past = 'Mon, 07 Jun 2021 11:25:27 GMT';
  const server = await localServer(
    inTurn(answer(429, '', { 'retry-after': '0' }), answer(503, '', { 'retry-after': past }), answer(200, '[]')),
  );
  await clientOf(server.origin).read(read);
  expect(server.calls).toHaveLength(3);
});

test('a Retry-After beyond the budget is told instead of waited for', async () => {
  const now = () => Date.parse('2021-06-08T11:25:27Z');
  const seconds = await localServer(inTurn(answer(429, '', { 'retry-after': '20' })));
  const date = await localServer(inTurn(answer(429, '', { 'retry-after': 'Tue, 08 Jun 2021 11:30:27 GMT' })));
  const limits = { retryBudgetMs: 20_000 };
  expect(await failureOf(clientOf(seconds.origin, { now, limits }).read(read))).toMatchObject({ retryAfterMs: 20_000 });
  expect(await failureOf(clientOf(date.origin, { now, limits }).read(read))).toMatchObject({ retryAfterMs: 300_000 });
  expect([...seconds.calls, ...date.calls]).toHaveLength(2);
});

test('all attempts at a read share one budget of time', async () => {
  let clock = 0;
  const server = await localServer((_request, response) => {
    clock += 6_000;
    response.writeHead(500).end();
  });
  const client = clientOf(server.origin, { now: () => clock, limits: { retries: 100, retryBudgetMs: 20_000 } });
  await failureOf(client.read(read));
  expect(server.calls).toHaveLength(4);
});

test.each([
  ['the connection breaks before an answer', reset, 'network'],
  ['the vendor fails', answer(500), 'server'],
  ['the vendor is busy', answer(503, '', { 'retry-after': '0' }), 'server'],
  ['the vendor wants fewer calls', answer(429, '', { 'retry-after': '0' }), 'rate-limited'],
  ['no answer comes in time', () => undefined, 'time-out'],
  [
    'half an answer comes',
    (response: Parameters<typeof reset>[0]) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('[', () => response.destroy());
    },
    'network',
  ],
] as const)('a write is sent once, even when %s', async (_name, handler, kind) => {
  const server = await localServer(inTurn(handler, answer(200)));
  const failure = await failureOf(clientOf(server.origin, { limits: { timeoutMs: 250 } }).write(write));
  expect(failure).toMatchObject({ kind, neverSent: false });
  expect(failure.isDefiniteRefusal).toBe(kind === 'rate-limited');
  expect(server.calls).toEqual(['DELETE /requests/1?reason=no']);
});

test('a call has one time limit, from connecting to the last byte', async () => {
  const server = await localServer((_request, response) => {
    response.write('[');
  });
  const failure = await failureOf(clientOf(server.origin, { limits: { timeoutMs: 100, retries: 0 } }).read(read));
  expect(failure.kind).toBe('time-out');
  expect(failure.message).toContain('within 0.1 s');
});

test('a host that nobody listens on was never reached', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  const failure = await failureOf(clientOf(`http://127.0.0.1:${port}`, { limits: { retries: 0 } }).write(write));
  expect(failure).toMatchObject({ kind: 'network', neverSent: true, isDefiniteRefusal: true });
  expect(failure.message).toContain(`No connection to 127.0.0.1:${port} (ECONNREFUSED)`);
});

test('a server that speaks no TLS is not trusted, and no key is sent to it', async () => {
  const server = await localServer(inTurn(answer(200, '[]')));
  const origin = server.origin.replace('http:', 'https:');
  expect(await failureOf(clientOf(origin, { limits: { retries: 0 } }).read(read))).toMatchObject({
    kind: 'certificate',
  });
  expect(server.calls).toEqual([]);
});

/** As Node's fetch fails: a TypeError whose cause names the code and the system call. */
function fetchFailure(code: string, syscall?: string) {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code, syscall }) });
}

test.each<[string, unknown, VendorErrorKind, boolean]>([
  ['an unknown issuer', fetchFailure('UNABLE_TO_GET_ISSUER_CERT_LOCALLY'), 'certificate', true],
  ['another name', fetchFailure('ERR_TLS_CERT_ALTNAME_INVALID'), 'certificate', true],
  ['broken encryption', fetchFailure('ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC'), 'certificate', false],
  ['an unknown host', fetchFailure('ENOTFOUND', 'getaddrinfo'), 'network', true],
  ['no route while connecting', fetchFailure('EHOSTUNREACH', 'connect'), 'network', true],
  ['no route to a host that was connected', fetchFailure('EHOSTUNREACH', 'read'), 'network', false],
  ['every address unreachable', fetchFailureOfAll('ETIMEDOUT', 'ENETUNREACH'), 'network', true],
  ['a connection cut while reading', fetchFailure('ECONNRESET', 'read'), 'network', false],
  ['a failure without a reason', new TypeError('fetch failed'), 'network', false],
])('%s: what it is, and whether the call can have left', async (_name, error, kind, neverSent) => {
  const fetch = vi.fn(() => Promise.reject(error as Error));
  const failure = await failureOf(clientOf('https://dc1api.adminbyrequest.com', { fetch }).write(write));
  expect(failure).toMatchObject({ kind, neverSent, cause: error });
  expect(failure.message).toContain('dc1api.adminbyrequest.com');
  expect(fetch).toHaveBeenCalledTimes(1);
});

function fetchFailureOfAll(...codes: string[]) {
  const attempts = codes.map((code) => Object.assign(new Error(code), { code, syscall: 'connect' }));
  return new TypeError('fetch failed', { cause: new AggregateError(attempts) });
}

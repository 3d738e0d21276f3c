import { afterEach, expect, test, vi } from 'vitest';
import { answer, inTurn, localServer } from './local-server.ts';
import { clientOf, failureOf } from './setup.ts';

afterEach(() => {
  vi.useRealTimers();
});

const read = { method: 'GET', path: '/requests' } as const;
const write = { method: 'PUT', path: '/requests/1' } as const;

test('no more calls than allowed are under way at a time', async () => {
  let underWay = 0;
  let most = 0;
  const held: (() => void)[] = [];
  const server = await localServer((_request, response) => {
    underWay += 1;
    most = Math.max(most, underWay);
    held.push(() => {
      underWay -= 1;
      response.end('[]');
    });
    // One that breaks the limit has arrived by the time that a second connection has been answered.
    if (underWay === 3) void fetch(other.origin).then(() => held.splice(0).forEach((release) => void release()));
  });
  const other = await localServer(inTurn(answer(200)));
  const client = clientOf(server.origin, { limits: { concurrency: 3 } });
  await Promise.all(Array.from({ length: 9 }, () => client.read(read)));
  expect(server.calls).toHaveLength(9);
  expect(most).toBe(3);
});

test('no more calls begin in a second than the pace allows', async () => {
  vi.useFakeTimers();
  const fetch = vi.fn(async () => new Response('[]'));
  const client = clientOf('https://vendor.example', { fetch, limits: { callsPerSecond: 8, concurrency: 100 } });
  const all = Promise.all(Array.from({ length: 10 }, () => client.read(read)));
  await vi.advanceTimersByTimeAsync(900);
  expect(fetch).toHaveBeenCalledTimes(8);
  await vi.advanceTimersByTimeAsync(200);
  await all;
  expect(fetch).toHaveBeenCalledTimes(10);
});

test('every call that leaves is counted, each attempt for itself', async () => {
  const server = await localServer(inTurn(answer(500), answer(200, '[]')));
  const onCall = vi.fn();
  await clientOf(server.origin, { onCall }).read(read);
  expect(onCall).toHaveBeenCalledTimes(2);
});

test.each(['its default reason', new Error('the window was closed')])(
  'a read can be cancelled, for %s',
  async (reason) => {
    const controller = new AbortController();
    const server = await localServer(() => controller.abort(...(reason instanceof Error ? [reason] : [])));
    const failure = await failureOf(clientOf(server.origin).read({ ...read, signal: controller.signal }));
    expect(failure).toMatchObject({ kind: 'cancelled', neverSent: false });
    expect(server.calls).toHaveLength(1);
  },
);

test('a cancelled read is not asked again, even where it would have been', async () => {
  const controller = new AbortController();
  const server = await localServer((_request, response) => {
    response.writeHead(503, { 'retry-after': '1000' }).end(() => setImmediate(() => controller.abort()));
  });
  const client = clientOf(server.origin, { limits: { retryBudgetMs: 2_000_000 } });
  const failure = await failureOf(client.read({ ...read, signal: controller.signal }));
  expect(failure.kind).toBe('cancelled');
  expect(server.calls).toHaveLength(1);
});

test('a write that is cancelled while it waits its turn is known never to have left', async () => {
  const controller = new AbortController();
  let release = () => {};
  const server = await localServer((request, response) => {
    release = () => response.end('[]');
    if (request.method === 'GET') controller.abort(new Error('changed my mind'));
  });
  const client = clientOf(server.origin, { limits: { concurrency: 1 } });
  const first = client.read(read);
  const failure = await failureOf(client.write({ ...write, signal: controller.signal }));
  expect(failure).toMatchObject({ kind: 'cancelled', neverSent: true, isDefiniteRefusal: true });
  release();
  await first;
  expect(server.calls).toEqual(['GET /requests']);
});

test('a write that is cancelled on its way may have arrived', async () => {
  const controller = new AbortController();
  const server = await localServer(() => controller.abort());
  const failure = await failureOf(clientOf(server.origin).write({ ...write, signal: controller.signal }));
  expect(failure).toMatchObject({ kind: 'cancelled', neverSent: false, isDefiniteRefusal: false });
  expect(server.calls).toEqual(['PUT /requests/1']);
});

import { expect, test } from 'vitest';
import { answer, inTurn, localServer } from '../../http/local-server.ts';
import { failureOf } from '../../http/setup.ts';
import { providerAt, sandboxed } from './setup.ts';

/** A vendor whose every queue is these rows, but for the quarantined ones. */
async function listing(pending: unknown, quarantined: unknown = []) {
  const server = await localServer((request, response) => {
    response.end(JSON.stringify(request.url?.includes('status=pending') ? pending : quarantined));
  });
  return providerAt(server.origin).list();
}

test('the queue holds what is pending and what is quarantined, and nothing that was decided', async () => {
  const { sandbox, provider } = await sandboxed();
  const waiting = sandbox.requests.filter(
    ({ vendor, name }) => vendor === 'admin-by-request' && !/finished|denied|approved/.test(name),
  );
  const { requests, notes } = await provider.list();
  expect(requests.map(({ vendorId }) => vendorId)).toEqual(waiting.map(({ id }) => id));
  expect(requests.filter(({ status }) => status === 'quarantined')).toHaveLength(1);
  expect(notes).toEqual([]);
});

test('every page is read, each request once, in the order of their ids', async () => {
  const { sandbox, provider } = await sandboxed({ population: { threatLocker: 0, adminByRequest: 2_345 } });
  const { requests } = await provider.list();
  expect(new Set(requests.map(({ reference }) => reference)).size).toBe(2_345);
  expect(requests).toHaveLength(2_345);
  const ids = requests.map(({ vendorId }) => Number(vendorId));
  expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  const starts = sandbox.calls
    .filter(({ query }) => query['status'] === 'pending')
    .map(({ query }) => query['startid']);
  expect(starts.slice(0, 3)).toEqual([undefined, String(Number(ids[999]) + 1), String(Number(ids[1999]) + 1)]);
  expect(sandbox.calls.every(({ query }) => query['take'] === '1000' && query['wantscandetails'] === '1')).toBe(true);
});

test('a vendor that hands out shorter pages than it was asked for is read to the end', async () => {
  const all = Array.from({ length: 120 }, (_, index) => ({ id: String(900 + index), statusCode: 4 }));
  const server = await localServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://vendor');
    const rows = searchParams.get('status') === 'pending' ? all : [];
    const from = Number(searchParams.get('startid') ?? 0);
    response.end(JSON.stringify(rows.filter(({ id }) => Number(id) >= from).slice(0, 50)));
  });
  expect((await providerAt(server.origin).list()).requests).toHaveLength(120);
});

test.each([
  ['a reset', 'resetBeforeEffect'],
  ['malformed JSON', 'malformedJson'],
  ['half a page', 'truncatedJson'],
  ['nothing', 'emptyBody'],
  ['a web page', 'htmlPage'],
] as const)('%s instead of the second page makes the whole queue fail', async (_name, kind) => {
  const { sandbox, provider } = await sandboxed({ population: { threatLocker: 0, adminByRequest: 1_100 } });
  sandbox.faults.add({ when: { path: '/requests' }, after: 2, do: { kind } });
  await failureOf(provider.list());
});

test('a request that the vendor releases from quarantine while the queue is read is not missed', async () => {
  const { sandbox, provider, id } = await sandboxed();
  sandbox.faults.add({
    when: { where: ({ query }) => query['status'] === 'pending' },
    times: 1,
    do: {
      kind: 'meanwhile',
      run: () =>
        sandbox.change('admin-by-request', id('abr-quarantined'), (request) => {
          request.statusCode = 4;
        }),
    },
  });
  const { requests } = await provider.list();
  expect(requests.filter(({ vendorId }) => vendorId === id('abr-quarantined'))).toEqual([
    expect.objectContaining({ status: 'pending' }),
  ]);
});

test('a status that is not known stays in the queue as unknown, a decided one does not', async () => {
  const rows = [7, '4', null, 4.5, 0, 1, 2, 3, 6].map((statusCode, index) => ({ id: index + 1, statusCode }));
  const { requests } = await listing(rows);
  expect(requests.map(({ status }) => status)).toEqual(['other(7)', 'other("4")', 'other()', 'other(4.5)']);
  expect(requests.every(({ unapprovable }) => unapprovable !== null)).toBe(true);
});

test('rows without a readable id are counted, not dropped in silence', async () => {
  const rows = [
    { statusCode: 4 },
    { id: 'x1', statusCode: 4 },
    { id: -3 },
    { id: 1.5 },
    null,
    'row',
    { id: 7, statusCode: 4 },
  ];
  const { requests, notes } = await listing(rows);
  expect(requests.map(({ vendorId }) => vendorId)).toEqual(['7']);
  expect(notes).toEqual([expect.stringContaining('6 entries without a readable id')]);
});

test.each([
  ['an error in words', '{"Message":"General error"}', 'It says: "General error"'],
  ['an object', '{"requests":[]}', 'something else than a list'],
  ['null', 'null', 'something else than a list'],
  ['nothing at all', '', 'answered with nothing'],
  ['a web page', '<html><body>Sign in</body></html>', 'web page'],
  ['text', 'ok', 'no JSON'],
])('%s is no empty queue', async (_name, body, words) => {
  const server = await localServer(inTurn(answer(200, body)));
  const failure = await failureOf(providerAt(server.origin).list());
  expect(failure.kind).toBe('malformed');
  expect(failure.message).toContain(words);
});

test('a queue that never ends is an error, not a part of it', async () => {
  const page = Array.from({ length: 1000 }, (_, index) => ({ id: 1 + index, statusCode: 4 }));
  const server = await localServer(inTurn(answer(200, JSON.stringify(page))));
  const failure = await failureOf(providerAt(server.origin).list());
  expect(failure.kind).toBe('malformed');
  expect(server.calls).toHaveLength(2);
});

test('an id beyond 2^53 keeps its digits', async () => {
  const server = await localServer((request, response) => {
    response.end(request.url?.includes('pending') ? '[{"id":9007199254740993,"statusCode":4}]' : '[]');
  });
  expect((await providerAt(server.origin).list()).requests[0]?.vendorId).toBe('9007199254740993');
});

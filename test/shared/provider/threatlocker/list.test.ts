import { expect, test } from 'vitest';
import { example, LIST } from './seed-portal.ts';
import { answers, failureOf, type PortalCall, portal, providerAt, world } from './setup.ts';

type Row = Readonly<Record<string, unknown>>;

const id = (n: number) => `${String(n).padStart(8, '0')}-aaaa-4bbb-8ccc-000000000000`;
const [sample] = example<readonly Row[]>('list.response');
const row = (n: number, more: Row = {}): Row => ({ ...sample, approvalRequestId: id(n), ...more });
const rows = (count: number): Row[] => Array.from({ length: count }, (_, n) => row(n + 1));

interface Queue {
  /** What waits, oldest first, by status. */
  readonly waiting: Record<number, Row[]>;
  /** Whether totals stand in the `pagination` header. */
  header?: boolean;
  /** The server's own limit to a page. */
  largestPage?: number;
  /** Called before a page is answered, with the number of pages of that status already served. */
  meanwhile?: (status: number, served: number) => void;
  /** Replaces the answer. */
  instead?: (status: number, page: number) => object | null;
}

async function queueServer(queue: Queue) {
  const served = new Map<number, number>();
  const list = ({ body }: PortalCall) => {
    const { statusId, pageNumber, pageSize } = JSON.parse(body);
    const count = served.get(statusId) ?? 0;
    queue.meanwhile?.(statusId, count);
    served.set(statusId, count + 1);
    const all = queue.waiting[statusId] ?? [];
    const size = Math.min(pageSize, queue.largestPage ?? pageSize);
    const page = all.slice((pageNumber - 1) * size, pageNumber * size);
    const totals = { currentPage: pageNumber, totalItems: all.length, totalPages: Math.ceil(all.length / size) };
    const headers = queue.header === false ? {} : { pagination: JSON.stringify(totals) };
    return queue.instead?.(statusId, pageNumber) ?? { body: page, headers };
  };
  const server = await portal(answers({ [LIST]: list }));
  return { list: () => providerAt(server.origin).list(), ...server };
}

const idsOf = (requests: readonly { readonly vendorId: string }[]) =>
  requests.map(({ vendorId }) => vendorId).toSorted();
const firstIds = (count: number) => rows(count).map(({ approvalRequestId }) => approvalRequestId);

test.each([true, false])('every page is read, with the header (%j) or without', async (header) => {
  for (const count of [0, 1, 199, 200, 201, 400, 450]) {
    const { list } = await queueServer({ waiting: { 1: rows(count) }, header });
    expect(idsOf((await list()).requests)).toEqual(firstIds(count));
  }
});

test('a server that gives shorter pages than were asked for is read to the end', async () => {
  for (const header of [true, false]) {
    const { list } = await queueServer({ waiting: { 1: rows(120) }, header, largestPage: 50 });
    expect(idsOf((await list()).requests)).toEqual(firstIds(120));
  }
});

test('a server that pays no attention to the page number gives its one page once', async () => {
  const page = rows(3);
  const { list } = await queueServer({ waiting: {}, instead: (status) => ({ body: status === 1 ? page : [] }) });
  expect(idsOf((await list()).requests)).toEqual(firstIds(3));
});

test.each([true, false])('a row that moves to a page already read is not lost (header: %j)', async (header) => {
  for (const count of [201, 202, 400, 401]) {
    const waiting = { 1: rows(count) };
    const { list } = await queueServer({
      waiting,
      header,
      // Somebody decides the fifth request while the second page is asked for.
      meanwhile: (status, served) => {
        if (status === 1 && served === 1) waiting[1].splice(4, 1);
      },
    });
    const { requests } = await list();
    expect(idsOf(requests)).toEqual(firstIds(count).filter((candidate) => candidate !== id(5)));
  }
});

test('a row that moves while a new one arrives is not lost, though the count stays the same', async () => {
  const waiting = { 1: rows(201) };
  const { list } = await queueServer({
    waiting,
    meanwhile: (status, served) => {
      if (status !== 1 || served !== 1) return;
      waiting[1].splice(4, 1);
      waiting[1].push(row(900));
    },
  });
  expect(idsOf((await list()).requests)).toContain(id(201));
});

test.each([true, false])(
  'a queue that never stands still is an error, not a part of it (header: %j)',
  async (header) => {
    const waiting = { 1: rows(500) };
    const { list } = await queueServer({
      waiting,
      header,
      meanwhile: () => waiting[1].splice(0, 1),
    });
    expect((await failureOf(list())).message).toMatch(/kept changing while it was read/);
  },
);

test('a count that is never reached is an error', async () => {
  const { list } = await queueServer({
    waiting: {},
    instead: (status) => ({
      body: status === 1 ? rows(3) : '',
      headers: status === 1 ? { pagination: '{"totalItems":4,"totalPages":1}' } : {},
    }),
  });
  expect((await failureOf(list())).kind).toBe('malformed');
});

test.each<readonly [string, object]>([
  ['an empty answer', { body: '' }],
  ['an empty list', { body: [] }],
  ['a list that is too short', { body: rows(210).slice(200) }],
])('half a queue, with %s and no count in the place of its second page, is an error', async (_what, second) => {
  for (const status of [1, 13, 17]) {
    const { list } = await queueServer({
      waiting: { [status]: rows(450).map((one) => ({ ...one, statusId: status })) },
      instead: (statusId, page) => (statusId === status && page > 1 ? (page === 2 ? second : { body: '' }) : null),
    });
    const { kind, message } = await failureOf(list());
    expect(kind).toBe('malformed');
    expect(message).toMatch(/^ThreatLocker counts 450 requests in its queue and listed 2[01]0 of them\. Try again/);
  }
});

test('a count that stands on the first page alone is enough', async () => {
  const { list } = await queueServer({
    waiting: { 1: rows(450) },
    instead: (status, page) =>
      status === 1 && page > 1 ? { body: rows(450).slice((page - 1) * 200, page * 200) } : null,
  });
  expect(idsOf((await list()).requests)).toEqual(firstIds(450));
});

test.each(['', 'null', '[]', '  \n', '\uFEFF'])('an empty queue may look like %j', async (body) => {
  const { list } = await queueServer({ waiting: {}, instead: () => ({ body }) });
  expect(await list()).toEqual({ requests: [], notes: [] });
});

test.each(['{}', '{"message":"x"}', '0', 'false', '"no"', '{"data":[]}', '[', '<html>', 'no rows'])(
  '%j is no queue, and not an empty one',
  async (body) => {
    const { list } = await queueServer({ waiting: {}, instead: () => ({ body }) });
    expect((await failureOf(list())).kind).toBe('malformed');
  },
);

test.each(['{', 'null', '[]', '{}', '{"totalItems":"3","totalPages":"1"}', '"x"', '{"totalItems":null}'])(
  'a pagination header that can not be read (%j) is as good as none',
  async (pagination) => {
    const { list } = await queueServer({
      waiting: {},
      instead: (status, page) => ({ body: status === 1 && page === 1 ? rows(3) : '', headers: { pagination } }),
    });
    expect(idsOf((await list()).requests)).toEqual(firstIds(3));
  },
);

test.each([400, 401, 403, 417, 429, 440, 500, 502, 503, 404, 302])(
  'a page that fails with HTTP %i fails the whole list',
  async (status) => {
    for (const failing of [1, 2, 3]) {
      const { list } = await queueServer({
        waiting: { 1: rows(450) },
        instead: (statusId, page) => (statusId === 1 && page === failing ? { status, body: '' } : null),
      });
      await failureOf(list());
    }
  },
);

test.each([400, 417, 500])('where escalated requests are refused (HTTP %i), the list says so', async (status) => {
  for (const refused of [13, 17]) {
    const { list } = await queueServer({
      waiting: { 1: rows(2), 13: [row(50, { statusId: 13 })], 17: [row(60, { statusId: 17 })] },
      instead: (statusId) => (statusId === refused ? { status, body: '' } : null),
    });
    const { requests, notes } = await list();
    expect(idsOf(requests)).toEqual([...firstIds(2), refused === 13 ? id(60) : id(50)]);
    expect(notes).toEqual([expect.stringContaining(`does not list requests with status ${refused} (escalated)`)]);
  }
});

test.each([401, 403, 404, 429, 440, 502, 503])(
  'any other failure (HTTP %i) for escalated requests fails the list',
  async (status) => {
    const { list } = await queueServer({
      waiting: { 1: rows(2) },
      instead: (statusId) => (statusId === 17 ? { status, body: '' } : null),
    });
    await failureOf(list());
  },
);

test('escalated requests that begin to be listed and then fail are an error, not a note', async () => {
  const { list } = await queueServer({
    waiting: { 1: [], 13: Array.from({ length: 300 }, (_, n) => row(n + 1, { statusId: 13 })) },
    instead: (statusId, page) => (statusId === 13 && page === 2 ? { status: 500, body: '' } : null),
  });
  expect((await failureOf(list())).kind).toBe('server');
});

test('a request that is escalated between two readings stands in the list once, as escalated', async () => {
  const { list } = await queueServer({ waiting: { 1: rows(2), 13: [row(2, { statusId: 13 })] } });
  const { requests } = await list();
  expect(requests.map(({ vendorId, status }) => [vendorId, status])).toEqual([
    [id(1), 'pending'],
    [id(2), 'escalated'],
  ]);
});

test('an entry without a usable id is counted, not passed over', async () => {
  const unusable = [row(0, { approvalRequestId: null }), row(0, { approvalRequestId: '../x' }), null, 'x', 5];
  for (const header of [true, false]) {
    const { list } = await queueServer({ waiting: { 1: [...(unusable.slice(0, 4) as Row[]), ...rows(2)] }, header });
    const { requests, notes } = await list();
    expect(idsOf(requests)).toEqual(firstIds(2));
    expect(notes).toEqual(['4 entries of the queue could not be read; look in the portal.']);
  }
});

test('a page of entries that can not be read does not end the list', async () => {
  const unreadable = Array.from({ length: 200 }, (_, n) => ({ n }));
  const { list } = await queueServer({ waiting: { 1: [...unreadable, ...rows(2)] }, header: false });
  const { requests, notes } = await list();
  expect(idsOf(requests)).toEqual(firstIds(2));
  expect(notes).toEqual(['200 entries of the queue could not be read; look in the portal.']);
});

test('what was decided meanwhile is left out; what has an unknown status is not', async () => {
  const statuses = [1, 4, 10, 12, 16, 6, 2, 99, null, '1'];
  const { list } = await queueServer({ waiting: { 1: statuses.map((statusId, n) => row(n + 1, { statusId })) } });
  const { requests } = await list();
  expect(requests.map(({ status }) => status)).toEqual([
    'pending',
    'other(6)',
    'other(2)',
    'other(99)',
    'other()',
    'other()',
  ]);
});

test('against the sandbox: every organization below, every kind, the escalated too', async () => {
  for (const emptyList of ['empty-body', 'null', 'array'] as const) {
    const { acme, sandbox } = await world({ sandbox: { threatLocker: { emptyList } } });
    const { requests, notes } = await acme.list();
    const open = sandbox.requests
      .filter(({ vendor, name }) => vendor === 'threatlocker' && !name.startsWith('already'))
      .map((request) => request.id);
    expect(idsOf(requests)).toEqual(open.toSorted());
    expect(notes).toEqual([]);
    expect(new Set(requests.map(({ kind }) => kind))).toEqual(
      new Set(['application', 'elevation', 'storage', 'network']),
    );
    expect(requests.filter(({ status }) => status === 'escalated')).toHaveLength(2);
  }
});

test('without child organizations only the own ones are listed', async () => {
  const { acme, sandbox } = await world({ accounts: { threatLocker: { includeChildOrganizations: false } } });
  const organizations = new Set((await acme.list()).requests.map(({ organization }) => organization.id));
  expect(organizations).toEqual(new Set([sandbox.threatLocker.organizationId]));
});

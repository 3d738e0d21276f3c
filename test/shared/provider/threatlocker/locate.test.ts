import { expect, test } from 'vitest';
import { BY_ID, CHILDREN, example, LIST, MOVE_COMPUTERS, pendingOnly, SEED, seedPortal } from './seed-portal.ts';
import { DECISION, failureOf, type PortalCall, providerAt, vendorId, world } from './setup.ts';

const NOT_HERE = { status: 417, body: { Message: 'Missing Parameters. Unable to load details.' } };
const [row] = example<readonly Readonly<Record<string, unknown>>[]>('list.response');
const account = { organizationId: SEED.parent, includeChildOrganizations: true };

/** GetById that answers only where the call names the request's own organization. */
const strict = ({ headers }: PortalCall) =>
  headers['managedorganizationid'] === SEED.organization ? { body: { ...row, statusId: 10 } } : NOT_HERE;
const askedAt = (calls: readonly PortalCall[]) => calls.map(({ headers }) => headers['managedorganizationid']);

test('what the queue shows is asked for where the queue shows it', async () => {
  const { origin, to } = await seedPortal({ [BY_ID]: strict });
  await providerAt(origin, account).get(SEED.request);
  expect(askedAt(to(BY_ID))).toEqual([SEED.organization]);
  expect(to(CHILDREN)).toEqual([]);
});

test('what has left the queue is asked for in each organization below, until one knows it', async () => {
  const others = ['00000211-aaaa-4bbb-8ccc-000000000211', '00000212-aaaa-4bbb-8ccc-000000000212'];
  const children = [...others, SEED.organization, '00000213-aaaa-4bbb-8ccc-000000000213'];
  const { origin, to } = await seedPortal({
    [LIST]: '',
    [BY_ID]: strict,
    [CHILDREN]: children.map((organizationId) => ({ organizationId, name: 'x' })),
  });
  const acme = providerAt(origin, account);
  expect((await acme.get(SEED.request)).request.status).toBe('denied');
  expect(askedAt(to(BY_ID))).toEqual([SEED.parent, ...others, SEED.organization]);
  await acme.get(SEED.request);
  expect(askedAt(to(BY_ID)).at(-1)).toBe(SEED.organization);
  expect(to(BY_ID)).toHaveLength(5);
  expect(to(CHILDREN)).toHaveLength(1);
});

test('an account without child organizations asks its own only', async () => {
  const { origin, to } = await seedPortal({ [LIST]: '', [BY_ID]: strict });
  const error = await failureOf(providerAt(origin, { ...account, includeChildOrganizations: false }).get(SEED.request));
  expect(error.kind).toBe('not-found');
  expect(askedAt(to(BY_ID))).toEqual([SEED.parent]);
  expect(to(CHILDREN)).toEqual([]);
});

test('gone is said only after it was asked for by id', async () => {
  for (const gone of [NOT_HERE, { status: 404 }]) {
    const { origin, to } = await seedPortal({ [LIST]: '', [BY_ID]: () => gone, [CHILDREN]: [], [MOVE_COMPUTERS]: [] });
    const error = await failureOf(providerAt(origin, account).get(SEED.request));
    expect(error.kind).toBe('not-found');
    expect(error.message).toMatch(/knows no request with this id/);
    expect(to(BY_ID)).toHaveLength(1);
  }
});

const unreadable: readonly (readonly [string, object])[] = [
  ['an empty body', { body: '' }],
  ['null', { body: 'null' }],
  ['a web page', { body: '<html>', headers: { 'content-type': 'text/html' } }],
  ['an object that is no request', { body: {} }],
];

test.each(unreadable)('an answer that is %s does not say "gone", wherever it comes from', async (_what, answer) => {
  const children = [{ organizationId: SEED.organization, name: 'x' }];
  const own = await seedPortal({ [LIST]: '', [BY_ID]: () => answer, [CHILDREN]: [], [MOVE_COMPUTERS]: [] });
  expect((await failureOf(providerAt(own.origin, account).get(SEED.request))).kind).toBe('malformed');
  for (const from of [SEED.parent, SEED.organization]) {
    const some = ({ headers }: PortalCall) => (headers['managedorganizationid'] === from ? answer : NOT_HERE);
    const { origin } = await seedPortal({ [LIST]: '', [BY_ID]: some, [CHILDREN]: children });
    expect((await failureOf(providerAt(origin, account).get(SEED.request))).kind).toBe('malformed');
  }
});

test.each(unreadable)(
  'after an answer that is %s from one organization another is still asked',
  async (_what, answer) => {
    const some = ({ headers }: PortalCall) =>
      headers['managedorganizationid'] === SEED.organization ? { body: { ...row, statusId: 10 } } : answer;
    const children = [{ organizationId: SEED.organization, name: 'x' }];
    const { origin } = await seedPortal({ [LIST]: '', [BY_ID]: some, [CHILDREN]: children });
    expect((await providerAt(origin, account).get(SEED.request)).request.status).toBe('denied');
  },
);

test.each([401, 403, 429, 440, 500, 502])('a failure (HTTP %i) is not "gone"', async (status) => {
  const { origin } = await seedPortal({ [LIST]: '', [BY_ID]: () => ({ status }), [CHILDREN]: [] });
  expect((await failureOf(providerAt(origin, account).get(SEED.request))).kind).not.toBe('not-found');
});

test('a queue that can not be read is a failure of the look-up too', async () => {
  const { origin } = await seedPortal({ [LIST]: () => ({ status: 500 }), [BY_ID]: strict });
  expect((await failureOf(providerAt(origin, account).get(SEED.request))).kind).toBe('server');
});

test.each<readonly [string, unknown]>([
  ['another request', { ...row, approvalRequestId: SEED.own }],
  ['a request without id', { ...row, approvalRequestId: null }],
  ['a list', [row]],
  ['a number', 5],
  ['an empty object', {}],
])('an answer that is %s is used for nothing', async (_what, body) => {
  const { origin } = await seedPortal({ [BY_ID]: () => ({ body }) });
  expect((await failureOf(providerAt(origin, account).get(SEED.request))).kind).toBe('malformed');
});

test('against the sandbox: handled requests of children and grandchildren are found, unknown ids are not', async () => {
  const { acme, named, sandbox } = await world();
  for (const [name, status] of [
    ['already-approved', 'approved'],
    ['already-denied', 'denied'],
  ] as const) {
    const { request } = await acme.get(named(name).id);
    expect(request).toMatchObject({ status, decided: { by: 'Robin Rival' } });
  }
  const { id } = named('obsidian-harbor');
  await acme.list();
  sandbox.rivalDecides('threatlocker', id, 'deny');
  expect((await acme.get(id)).request.status).toBe('denied');
  expect((await failureOf(acme.get(vendorId(SEED.request)))).kind).toBe('not-found');
});

test.each(['contoso', 'a\r\nb: c', '\u202e', '\ud800', ' ', 7, {}, `${SEED.organization}x`])(
  'an organization id that is none (%j) is never sent in a header, and spoils no later look-up',
  async (organizationId) => {
    let broken = true;
    const answer = () => ({ body: broken ? { ...row, organizationId } : row });
    const { origin, to } = await seedPortal({
      [LIST]: (call: PortalCall) => pendingOnly([answer().body])(call),
      [BY_ID]: answer,
      [CHILDREN]: () => ({ body: [{ organizationId, name: 'x' }] }),
    });
    const acme = providerAt(origin, account);
    expect((await acme.get(SEED.request)).request.organization.id).toBeNull();
    expect(await acme.prepare(SEED.request, { verdict: 'take-ownership' }, DECISION)).toMatchObject({
      outcome: 'refused',
      message: expect.stringContaining('does not say which organization'),
    });
    broken = false;
    expect((await acme.get(SEED.request)).request.organization.id).toBe(SEED.organization);
    for (const asked of askedAt(to(BY_ID))) expect([SEED.parent, SEED.organization]).toContain(asked);
  },
);

test.each([400, 417])(
  'a call that an organization refuses (HTTP %i) is not "gone", and another is still asked',
  async (status) => {
    const refusal = { status, body: { Message: 'Something else is wrong.' } };
    const children = [{ organizationId: SEED.organization, name: 'x' }];
    const some = ({ headers }: PortalCall) =>
      headers['managedorganizationid'] === SEED.organization ? { body: { ...row, statusId: 10 } } : refusal;
    const found = await seedPortal({ [LIST]: '', [BY_ID]: some, [CHILDREN]: children });
    expect((await providerAt(found.origin, account).get(SEED.request)).request.status).toBe('denied');
    const none = await seedPortal({ [LIST]: '', [BY_ID]: () => refusal, [CHILDREN]: children });
    expect((await failureOf(providerAt(none.origin, account).get(SEED.request))).kind).toBe('validation');
  },
);

test('a server that does not tell its organizations has not said that it does not know the request', async () => {
  const missing = () => ({ status: 404 });
  const { origin } = await seedPortal({
    [LIST]: '',
    [BY_ID]: () => NOT_HERE,
    [CHILDREN]: missing,
    [MOVE_COMPUTERS]: missing,
  });
  expect((await failureOf(providerAt(origin, account).get(SEED.request))).kind).toBe('malformed');
});

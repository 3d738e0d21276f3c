import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type Connection, connect, ERAS, type Era, typed } from './client.ts';
import { hurried } from './clock.ts';
import { openPlace, type Place } from './place.ts';

const QUEUE = 'countersign://queue';
const TEMPLATES = ['countersign://request/{account}/{id}', 'countersign://decision/{id}'];

async function read({ client }: Connection, uri: string) {
  const { contents, ...rest } = await client.readResource({ uri });
  const [content] = contents;
  if (contents.length !== 1 || content === undefined || !('text' in content)) throw new Error('one text was expected');
  expect(content).toMatchObject({ uri, mimeType: 'application/json' });
  return { content: JSON.parse(content.text) as Record<string, unknown>, rest };
}

const failureOf = (connection: Connection, uri: string) =>
  connection.client.readResource({ uri }).then(
    () => {
      throw new Error(`${uri} was read`);
    },
    ({ code, message, data }: { code: number; message: string; data?: unknown }) => ({ code, message, data }),
  );

/** Without the ages that differ from call to call. */
const timeless = (value: unknown) => JSON.parse(JSON.stringify(value).replace(/"at":"[^"]+"/g, '"at":""')) as unknown;

describe.each(ERAS)('%s era', (era: Era) => {
  let place: Place;
  let connection: Connection;
  beforeAll(async () => {
    place = await openPlace();
    connection = await connect(place, { era, env: await hurried(place) });
  });
  afterAll(async () => {
    await connection.close();
    await place.close();
    expect(connection.noise()).toBe('');
  });

  const own = async (options: Parameters<typeof openPlace>[0]) => {
    const other = await openPlace(options);
    const client = await connect(other, { era, env: await hurried(other) });
    onTestFinished(async () => {
      await client.close();
      await other.close();
      expect(other.sandbox.record).toEqual([]);
    });
    return { place: other, connection: client };
  };

  test('what there is, is listed; none of it can be subscribed to, and the lists never change', async () => {
    const { client } = connection;
    const { resources, ...list } = await client.listResources();
    const { resourceTemplates, ...templates } = await client.listResourceTemplates();
    expect(resources.map(({ uri }) => uri)).toEqual([QUEUE]);
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual(TEMPLATES);
    for (const { title, description, mimeType } of [...resources, ...resourceTemplates]) {
      expect(title).toBeTruthy();
      expect(description?.length).toBeGreaterThan(60);
      expect(mimeType).toBe('application/json');
    }
    const { tools, resources: about, prompts } = client.getServerCapabilities() ?? {};
    expect([tools, about, prompts]).toEqual([{ listChanged: false }, { listChanged: false }, { listChanged: false }]);
    const hint = era === 'modern' ? { ttlMs: 300_000, cacheScope: 'private' } : {};
    expect([list, templates, await client.listTools(), await client.listPrompts()]).toMatchObject([
      hint,
      hint,
      hint,
      hint,
    ]);
  });

  test('the queue is what list_pending answers, old at once', async () => {
    const { content, rest } = await read(connection, QUEUE);
    const { structured } = await connection.call('list_pending', { limit: 100 });
    expect(timeless(content)).toEqual(timeless(structured));
    expect(content).toMatchObject({ total: (content['requests'] as unknown[]).length });
    expect(rest).toMatchObject(era === 'modern' ? { ttlMs: 0, cacheScope: 'private' } : {});
  });

  test('a request is what get_request answers, of either vendor', async () => {
    for (const reference of [`acme/${place.sandbox.id('anydesk')}`, `acme-abr/${place.sandbox.id('abr-cmd')}`]) {
      const { content } = await read(connection, `countersign://request/${reference}`);
      expect(content).toEqual((await connection.call('get_request', { request: reference })).structured);
      expect(content).toMatchObject({ request: reference, status: 'pending' });
    }
  });

  test('a decision is what get_decision answers', async () => {
    const { reference } = place.arrival('admin-by-request');
    const answer = await connection.call('deny_request', { requests: [reference], reason: 'No.' }, typed);
    const decision = String(answer.structured['decision']);
    const { content } = await read(connection, `countersign://decision/${decision}`);
    expect(content).toEqual((await connection.call('get_decision', { decision })).structured);
    expect(content).toMatchObject({ decision, verdict: 'deny', status: 'applied' });
  });

  test.each([
    ['an account that is not there', () => `countersign://request/nobody/${place.sandbox.id('anydesk')}`, /no account/],
    ['a request that is not there', () => 'countersign://request/acme-abr/99999999', /look in the portal/],
    ['a request of another account', () => `countersign://request/acme/${place.sandbox.id('abr-cmd')}`, /knows no/],
    ['what is no reference', () => 'countersign://request/acme/..%2F..%2Fx', /looks like "account\/id"/],
    ['a request with a query', () => `countersign://request/acme-abr/${place.sandbox.id('abr-cmd')}?x=1`, /looks like/],
    ['a decision that is not there', () => 'countersign://decision/none', /no such decision/],
    ['an address that nobody knows', () => 'countersign://queues', /not found/],
    ['another scheme', () => 'file:///etc/passwd', /not found/],
  ])('%s is not found', async (_what, uri, says) => {
    const failure = await failureOf(connection, uri());
    expect(failure).toEqual({ code: -32602, message: expect.stringMatching(says), data: { uri: uri() } });
  });

  test('an account that is closed to assistants does not exist', async () => {
    const { place: closed, connection: client } = await own({ accounts: { threatLocker: { assistants: 'none' } } });
    const known = `countersign://request/acme/${closed.sandbox.id('anydesk')}`;
    const nowhere = known.replace('/acme/', '/emca/');
    const [one, other] = [await failureOf(client, known), await failureOf(client, nowhere)];
    expect(one).toEqual({ ...other, message: other.message.replace('emca', 'acme'), data: { uri: known } });
    const { content } = await read(client, QUEUE);
    expect(content['sources']).toMatchObject([{ account: 'acme-abr' }]);
    expect(JSON.stringify(content)).not.toContain('"acme"');
    const { completion } = await client.client.complete({
      ref: { type: 'ref/resource', uri: 'countersign://request/{account}/{id}' },
      argument: { name: 'account', value: '' },
    });
    expect(completion.values).toEqual(['acme-abr']);
  });

  test('what failed is neither empty nor not there', async () => {
    const { connection: empty } = await own({ sandbox: { population: 'empty' } });
    expect((await read(empty, QUEUE)).content).toMatchObject({ total: 0, sources: [{ state: 'ready' }, {}] });
    const { place: failing, connection: client } = await own({ sandbox: { population: 'empty' } });
    const { reference } = failing.arrival('threatlocker');
    failing.sandbox.faults.add({ do: { kind: 'status', status: 403, body: { message: 'No permission' } } });
    expect((await read(client, QUEUE)).content).toMatchObject({
      total: 0,
      sources: [{ account: 'acme', state: 'failed', error: { kind: 'permission' } }, {}],
    });
    const failure = await failureOf(client, `countersign://request/${reference}`);
    expect(failure).toMatchObject({ code: -32603, message: expect.stringMatching(/role doesn't allow this/) });
  });

  test('settings that can not be read: what to do', async () => {
    const { place: broken, connection: client } = await own({});
    await broken.settingsText('{ "accounts": ');
    const failure = await failureOf(client, QUEUE);
    expect(failure).toMatchObject({ code: -32603, message: expect.stringMatching(/accounts\.json: this is not JSON/) });
  });
});

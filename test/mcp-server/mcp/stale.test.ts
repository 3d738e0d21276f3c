import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { type Answer, type ClientOptions, type Connection, connect, ERAS } from './client.ts';
import { clockOf, hurried } from './clock.ts';
import { openPlace, type Place } from './place.ts';

// What an assistant is told of a queue that could be read once and can't be read now.

const MINUTE = 60_000;

let place: Place;
beforeEach(async () => {
  place = await openPlace();
});
afterEach(() => place.close());

async function open(options: Partial<ClientOptions> = {}): Promise<Connection> {
  const connection = await connect(place, { era: 'modern', ...options });
  onTestFinished(async () => {
    expect(connection.noise()).toBe('');
    await connection.close();
  });
  return connection;
}

/** A server process reads the queues and is gone; then ThreatLocker can't be read, and another server has this clock. */
async function later(shift: number): Promise<Connection> {
  const before = await connect(place, { era: 'modern' });
  await before.call('list_pending', {});
  await before.close();
  place.sandbox.faults.add({ when: { vendor: 'threatlocker' }, do: { kind: 'status', status: 503 } });
  const clock = await clockOf(place);
  clock.shift(shift);
  const { NODE_OPTIONS = '' } = await hurried(place);
  return await asked(await open({ env: { NODE_OPTIONS: `${clock.env['NODE_OPTIONS']} ${NODE_OPTIONS}` } }));
}

/** A first look may show what is known before the vendor has answered; from the second on it is waited for. */
async function asked(connection: Connection): Promise<Connection> {
  await connection.call('list_accounts', {});
  return connection;
}

const lineOf = (text: string, part: string) => text.split('\n').find((line) => line.includes(part)) ?? '';
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

interface Row {
  readonly request: string;
  readonly account: string;
  readonly asOf?: string;
}
const rowsOf = ({ structured }: Answer) => structured['requests'] as readonly Row[];

describe('list_pending', () => {
  test('shows what another process read, each row with its age, and says why it is not newer', async () => {
    const connection = await later(14 * MINUTE);
    const answer = await connection.call('list_pending', { limit: 100 });
    expect(answer.structured).toMatchObject({
      total: 27,
      sources: [
        { account: 'acme', state: 'stale', at: expect.stringMatching(TIME), error: { kind: 'server' } },
        { account: 'acme-abr', state: 'ready' },
      ],
    });
    for (const { account, asOf, request } of rowsOf(answer)) {
      expect(asOf === undefined, request).toBe(account === 'acme-abr');
      expect(lineOf(answer.text, `${request}|`).includes('|as of 14 min ago')).toBe(account === 'acme');
    }
    expect(answer.text).toMatch(
      /^acme is stale: 19 waited as of 14 min ago; it could not be read now: ThreatLocker failed \(HTTP 503\)/,
    );
    expect(answer.text).toContain('27 requests wait (19 of them by an older reading), 27 shown');
  });

  test('a page says of all that was found how many are old, not of the page alone', async () => {
    const connection = await later(0);
    const { text } = await connection.call('list_pending', { limit: 1, kind: 'elevation' });
    expect(text).toContain('2 requests wait (2 of them by an older reading), 1 shown');
  });

  test('a queue that was empty is stale, and not said to be empty', async () => {
    await place.close();
    place = await openPlace({ sandbox: { population: 'empty' } });
    const connection = await later(14 * MINUTE);
    const { structured, text } = await connection.call('list_pending', {});
    expect(structured).toMatchObject({ total: 0, sources: [{ state: 'stale' }, { state: 'ready' }] });
    expect(text).toMatch(/^acme is stale: 0 waited as of 14 min ago; it could not be read now: /);
    expect(text).toContain('Nothing else waits in what could be read.');
    expect(text).not.toContain('Nothing waits.');
  });

  test.each(ERAS)('once it can be read again nothing says stale any more, %s era', async (era) => {
    await (await later(0)).call('list_pending', {});
    place.sandbox.faults.clear();
    const answer = await (await asked(await open({ era }))).call('list_pending', { limit: 100 });
    expect(answer.structured).toMatchObject({ sources: [{ state: 'ready' }, { state: 'ready' }] });
    expect(JSON.stringify(answer)).not.toMatch(/stale|asOf|older reading/);
  });
});

test('list_accounts counts nothing as pending that was not read now', async () => {
  const connection = await later(14 * MINUTE);
  const { structured, text } = await connection.call('list_accounts', {});
  expect(structured).toMatchObject({
    accounts: [
      { account: 'acme', pending: null, source: { state: 'stale', at: expect.stringMatching(TIME) } },
      { account: 'acme-abr', pending: 8, source: { state: 'ready' } },
    ],
  });
  expect(lineOf(text, '- acme ')).toMatch(/stale: 19 waited as of 14 min ago; it could not be read now: ThreatLocker/);
});

describe('one request', () => {
  test('the same file elsewhere may be old knowledge, and then a note says so', async () => {
    const connection = await later(14 * MINUTE);
    const answer = await connection.call('get_request', { request: `acme-abr/${place.sandbox.id('abr-obsidian')}` });
    expect(answer.structured).toMatchObject({
      sameFileElsewhere: expect.arrayContaining([`acme/${place.sandbox.id('obsidian-contoso')}`]),
      notes: [expect.stringMatching(/^Looking for the same file elsewhere: acme is stale: 19 waited as of 14 min ago/)],
    });
  });

  test('of a stale queue is neither shown from memory nor decided', async () => {
    const connection = await later(0);
    const request = `acme/${place.sandbox.id('obsidian-contoso')}`;
    expect(rowsOf(await connection.call('list_pending', {}))).toContainEqual(expect.objectContaining({ request }));
    expect(await connection.call('get_request', { request })).toMatchObject({ isError: true });
    const approval = await connection.call('approve_request', { requests: [request] });
    expect(approval.text).toMatch(/ThreatLocker failed \(HTTP 503\).* Nothing was planned, and nothing was sent\./);
    expect(place.sandbox.record).toEqual([]);
  });
});

test('where no ledger can be opened queues are read all the same, and one that fails is failed', async () => {
  const file = path.join(place.folder, 'file');
  await writeFile(file, 'no folder');
  const clock = await clockOf(place);
  const connection = await open({ env: { ...clock.env, COUNTERSIGN_STATE_DIR: file } });
  for (const tool of ['list_pending', 'list_accounts', 'list_pending'])
    expect(await connection.call(tool, {})).toMatchObject({ isError: false });
  place.sandbox.faults.add({ do: { kind: 'htmlPage', status: 400 } });
  clock.shift(MINUTE);
  expect((await connection.call('list_pending', {})).structured).toMatchObject({
    total: 0,
    sources: [{ state: 'failed' }, { state: 'failed' }],
  });
});

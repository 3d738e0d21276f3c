import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Connection, connect, ERAS, type Era, typed } from '../mcp/client.ts';
import { openPlace, type Place } from '../mcp/place.ts';
import { type HttpServer, start } from './process.ts';

const WRITES = ['approve_request', 'deny_request', 'take_ownership'];
const TRANSPORTS = ['stdio', 'HTTP'] as const;
const FACES = TRANSPORTS.flatMap((transport) => ERAS.map((era) => [transport, era] as const));

/** A client of a server with these arguments, over either transport. */
async function reach(place: Place, transport: string, era: Era, args: readonly string[]) {
  const server: HttpServer | null = transport === 'HTTP' ? await start(place, { args }) : null;
  const connection = await connect(place, { era, ...(server ? { http: server } : { args }) });
  const end = async () => {
    await connection.close();
    await server?.end();
  };
  return { connection, end };
}

describe.each(FACES)('%s, %s era', (transport, era) => {
  let place: Place;
  let connection: Connection;
  let end: () => Promise<void>;

  describe('--read-only', () => {
    beforeAll(async () => {
      place = await openPlace();
      ({ connection, end } = await reach(place, transport, era, ['--read-only']));
    });
    afterAll(async () => {
      await end();
      expect(place.sandbox.record).toEqual([]);
      await place.close();
    });

    test('lists every tool but those that write', async () => {
      const { tools } = await connection.client.listTools();
      expect(tools.length).toBeGreaterThanOrEqual(8);
      for (const { name, annotations } of tools) expect(annotations?.readOnlyHint, name).toBe(true);
    });

    test.each(WRITES)('%s is not there, whoever calls it', async (tool) => {
      const { reference } = place.arrival('threatlocker');
      const options = tool === 'deny_request' ? { reason: 'No.' } : {};
      const called = connection.call(tool, { requests: [reference], ...options }, typed);
      await expect(called).rejects.toThrow(new RegExp(`${tool} not found`));
      expect(connection.asked()).toBe(0);
    });

    test('says of no account that decisions can be proposed', async () => {
      const { structured, text } = await connection.call('list_accounts', {});
      expect(structured['accounts']).toMatchObject([{ mayPropose: false }, { mayPropose: false }]);
      expect(text.match(/read only/g)).toHaveLength(2);
      expect(connection.client.getInstructions()).toContain('no decision can be proposed');
    });
  });

  describe('an account', () => {
    beforeAll(async () => {
      place = await openPlace({
        accounts: { threatLocker: { assistants: 'read' }, adminByRequest: { assistants: 'none' } },
      });
      ({ connection, end } = await reach(place, transport, era, []));
    });
    afterAll(async () => {
      await end();
      expect(place.sandbox.record).toEqual([]);
      await place.close();
    });

    test('that assistants may read takes no proposal', async () => {
      const { reference } = place.arrival('threatlocker');
      const answer = await connection.call('approve_request', { requests: [reference] }, typed);
      expect(answer).toMatchObject({ isError: true, structured: { status: 'refused' } });
      expect(connection.asked()).toBe(0);
      expect(await connection.call('get_request', { request: reference })).toMatchObject({ isError: false });
    });

    test('that is closed to assistants is not there', async () => {
      const { reference } = place.arrival('admin-by-request');
      const answer = await connection.call('deny_request', { requests: [reference], reason: 'No.' }, typed);
      expect(answer.text).toMatch(/names no request of a known account/);
      expect((await connection.call('list_accounts', {})).structured['accounts']).toMatchObject([{ account: 'acme' }]);
      expect((await connection.call('list_pending', {})).text).not.toContain('acme-abr');
    });
  });
});

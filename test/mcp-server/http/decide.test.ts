import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Connection, connect, ERAS, typed } from '../mcp/client.ts';
import { openPlace, type Place } from '../mcp/place.ts';
import { type HttpServer, start } from './process.ts';

const NODES = { 'this Node': process.execPath, 'the oldest Node': path.resolve('node_modules/node-floor/bin/node') };
const CASES = ERAS.flatMap((era) => Object.entries(NODES).map(([name, node]) => [era, name, node] as const));

describe.each(CASES)('%s era over HTTP, %s', (era, _name, node) => {
  let place: Place;
  let server: HttpServer;
  let connection: Connection;
  beforeAll(async () => {
    place = await openPlace();
    server = await start(place, { node });
    connection = await connect(place, { era, http: server });
  });
  afterAll(async () => {
    await connection.close();
    expect(await server.end()).toBe(0);
    expect(server.errors().trimEnd().split('\n')).toHaveLength(2);
    await place.close();
  });

  test('a person countersigns an approval in their client, and exactly that is written', async () => {
    const { id, reference } = place.arrival('threatlocker');
    const answer = await connection.call('approve_request', { requests: [reference] }, typed);
    expect(answer).toMatchObject({ isError: false, structured: { status: 'applied' } });
    expect(connection.asked()).toBe(1);
    expect(place.writesOn(id)).toMatchObject([{ verdict: 'approve', effect: 'applied' }]);
  });

  test('a person declines, and nothing is written', async () => {
    const { id, reference } = place.arrival('admin-by-request');
    const answer = await connection.call('approve_request', { requests: [reference] }, () => ({ action: 'decline' }));
    expect(answer).toMatchObject({ isError: false, structured: { status: 'declined' } });
    expect(place.writesOn(id)).toEqual([]);
    const again = await connection.call('approve_request', { requests: [reference] }, typed);
    expect(again.text).toMatch(/declined/);
    expect(place.writesOn(id)).toEqual([]);
  });
});

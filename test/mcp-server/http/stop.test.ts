import { connect as connectTo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { connect, ERAS, typed } from '../mcp/client.ts';
import { hurried } from '../mcp/clock.ts';
import { ledgerOf } from '../mcp/ledger-of.ts';
import { openPlace, type Place } from '../mcp/place.ts';
import { allowed, openSession, raw, stream } from './raw.ts';
import { serve } from './server.ts';

async function open(): Promise<Place> {
  const place = await openPlace();
  onTestFinished(() => place.close());
  return place;
}

const STOPPED = 'The server that asked is being stopped.';

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s: who waits for a person is told that it was withdrawn, and the process ends by itself',
  async (signal) => {
    const place = await open();
    const server = await serve(place);
    const session = await openSession(server);
    const held = stream(server, { ...session, method: 'GET' });
    await held.begun;
    const { id, reference } = place.arrival('threatlocker');
    const params = { name: 'approve_request', arguments: { requests: [reference] } };
    const call = stream(server, {
      ...session,
      body: JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'tools/call', params }),
    });
    expect(await call.next()).toMatchObject({ method: 'elicitation/create' });
    const ended = server.end(signal);
    expect(await call.next()).toMatchObject({ method: 'notifications/cancelled' });
    expect(await call.next()).toMatchObject({
      result: { structuredContent: { status: 'refused', message: expect.stringContaining(STOPPED) } },
    });
    expect(await ended).toBe(0);
    await Promise.all([held.ended, call.ended]);
    const { planned, ledger } = ledgerOf(place);
    expect(await planned(reference)).toMatchObject([{ phase: 'refused' }]);
    expect(await ledger.verify()).toEqual([]);
    expect(place.writesOn(id)).toEqual([]);
    await expect(raw(server, { method: 'GET', path: '/healthz' })).rejects.toThrow(/ECONNREFUSED/);
    expect(server.errors().trimEnd().split('\n')).toHaveLength(2);
  },
);

test('a plan whose question a client of 2026-07-28 holds is withdrawn', async () => {
  const place = await open();
  const server = await serve(place);
  const connection = await connect(place, { era: 'modern', http: server });
  onTestFinished(() => connection.close());
  const { id, reference } = place.arrival('threatlocker');
  let code: number | null = -1;
  const called = connection.call('approve_request', { requests: [reference] }, async (question) => {
    code = await server.end();
    return typed(question);
  });
  await expect(called).rejects.toThrow();
  expect(code).toBe(0);
  expect(await ledgerOf(place).planned(reference)).toMatchObject([{ phase: 'refused' }]);
  expect(place.writesOn(id)).toEqual([]);
});

test.each(ERAS)('%s era: what a person has confirmed is carried out and told', async (era) => {
  const place = await open();
  const server = await serve(place);
  const connection = await connect(place, { era, http: server });
  onTestFinished(() => connection.close());
  const { id, reference } = place.arrival('threatlocker');
  let ended: Promise<number | null> | null = null;
  const stop = () => {
    ended = server.end();
  };
  const isWrite = ({ path }: { readonly path: string }) => path.endsWith('PermitApplication');
  place.sandbox.faults.add({ when: { where: isWrite }, times: 1, do: { kind: 'meanwhile', run: stop } });
  const answer = await connection.call('approve_request', { requests: [reference] }, typed);
  expect(answer).toMatchObject({ structured: { status: 'applied' } });
  expect(await ended).toBe(0);
  expect(place.writesOn(id)).toMatchObject([{ verdict: 'approve', effect: 'applied' }]);
  expect(await ledgerOf(place).planned(reference)).toMatchObject([{ phase: 'applied' }]);
});

test('nothing new is taken while it stops', async () => {
  const place = await open();
  const server = await serve(place);
  const session = await openSession(server);
  const { reference } = place.arrival('threatlocker');
  let refused: Promise<unknown> = Promise.resolve('never asked');
  const call = (requests: readonly string[]) => ({
    ...session,
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 2,
      method: 'tools/call',
      params: { name: 'get_request', arguments: { request: requests[0] } },
    }),
  });
  const intoTheStop = () => {
    void server.end();
    refused = raw(server, { headers: allowed(server), body: '{}' }).then(
      ({ status }) => status,
      (error: NodeJS.ErrnoException) => error.code,
    );
  };
  place.sandbox.faults.add({ times: 1, do: { kind: 'meanwhile', run: intoTheStop } });
  const answer = await raw(server, call([reference]));
  expect(answer.status).toBe(200);
  expect([503, 'ECONNREFUSED', 'ECONNRESET']).toContain(await refused);
});

test('a request that never arrives whole holds no stop up', { timeout: 20_000 }, async () => {
  const place = await open();
  const server = await serve(place, { env: await hurried(place) });
  const { port } = new URL(server.url);
  const socket = connectTo(Number(port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => undefined);
  const headers = Object.entries({ host: `127.0.0.1:${port}`, ...allowed(server), 'content-length': '100' });
  const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  await new Promise((resolve) => socket.write(`POST /mcp HTTP/1.1\r\n${head}\r\n{"jsonrpc"`, resolve));
  // Answered after it, so that the server has begun to read both.
  expect((await raw(server, { method: 'GET', path: '/healthz' })).status).toBe(200);
  expect(await server.end()).toBe(0);
});

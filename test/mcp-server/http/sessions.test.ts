import { expect, onTestFinished, test } from 'vitest';
import { type Connection, connect, type Era, questionIn } from '../mcp/client.ts';
import { clockOf } from '../mcp/clock.ts';
import { ledgerOf } from '../mcp/ledger-of.ts';
import type { Message } from '../mcp/lines.ts';
import { openPlace, type Place } from '../mcp/place.ts';
import type { HttpServer } from './process.ts';
import { openSession, type RawSession, raw, type Stream, stream } from './raw.ts';
import { serve } from './server.ts';

async function open(lanes = 1): Promise<Place> {
  const place = await openPlace({ lanes });
  onTestFinished(() => place.close());
  return place;
}

const PING = JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'ping' });
async function ping(server: HttpServer, { headers }: RawSession) {
  const answer = await raw(server, { headers, body: PING });
  // Answered after it, so the server has seen the end of the ping.
  await fetch(new URL('/healthz', server.url));
  return answer;
}

function approve(server: HttpServer, { headers }: RawSession, reference: string): Stream {
  const params = { name: 'approve_request', arguments: { requests: [reference] } };
  return stream(server, { headers, body: JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'tools/call', params }) });
}

/** Sends what a person typed into the form of a question. */
async function type(server: HttpServer, { headers }: RawSession, question: Message): Promise<void> {
  const result = { action: 'accept', content: { confirm: questionIn(question.params).text } };
  const answer = await raw(server, { headers, body: JSON.stringify({ jsonrpc: '2.0', id: question.id, result }) });
  expect(answer.status).toBe(202);
}

/** A plan, as soon as it is there. */
async function planned(place: Place, reference: string): Promise<string> {
  const { planned: plansFor, until } = ledgerOf(place);
  const { plan } = await until(async () => (await plansFor(reference))[0]);
  return plan.decision;
}

test('a session is asked its own question, and no other session can answer it', async () => {
  const place = await open();
  const server = await serve(place);
  const [first, second] = [await openSession(server), await openSession(server)];
  expect(first.id).not.toBe(second.id);
  const [mine, yours] = [place.arrival('threatlocker'), place.arrival('admin-by-request')];
  const [call, other] = [approve(server, first, mine.reference), approve(server, second, yours.reference)];
  const [question, another] = [await call.next(), await other.next()];
  expect(question.params?.['message']).toContain(mine.reference);
  expect(another.params?.['message']).toContain(yours.reference);

  // The ids of both questions are the same: each counts in its session alone.
  expect(another.id).toBe(question.id);
  await type(server, second, question);
  expect(await other.next()).toMatchObject({ result: { structuredContent: { status: 'refused' } } });
  expect(place.sandbox.record).toEqual([]);

  await type(server, first, question);
  expect(await call.next()).toMatchObject({ result: { structuredContent: { status: 'applied' } } });
  expect(place.writesOn(mine.id)).toMatchObject([{ verdict: 'approve', effect: 'applied' }]);
  expect(place.writesOn(yours.id)).toEqual([]);
});

test('an answer of a session that was asked nothing changes nothing', async () => {
  const place = await open();
  const server = await serve(place);
  const [asked, other] = [await openSession(server), await openSession(server)];
  const { id, reference } = place.arrival('threatlocker');
  const call = approve(server, asked, reference);
  const question = await call.next();
  await type(server, other, question);
  expect(place.writesOn(id)).toEqual([]);
  await type(server, asked, question);
  expect(await call.next()).toMatchObject({ result: { structuredContent: { status: 'applied' } } });
  expect(place.writesOn(id)).toHaveLength(1);
});

test('DELETE ends a session and withdraws what it proposed', async () => {
  const place = await open();
  const server = await serve(place);
  const session = await openSession(server);
  const { id, reference } = place.arrival('threatlocker');
  const question = await approve(server, session, reference).next();
  const decision = await planned(place, reference);
  expect((await raw(server, { ...session, method: 'DELETE' })).status).toBe(200);
  expect(await ledgerOf(place).read(decision)).toMatchObject({ phase: 'refused' });

  const late = await raw(server, {
    ...session,
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: question.id,
      result: { action: 'accept', content: { confirm: questionIn(question.params).text } },
    }),
  });
  expect(late).toMatchObject({ status: 404, text: expect.stringContaining('send initialize for a new one') });
  expect((await raw(server, { ...session, method: 'DELETE' })).status).toBe(404);
  expect(place.writesOn(id)).toEqual([]);

  // Nothing of it stands in the way of the next one.
  const call = approve(server, await openSession(server), reference);
  expect(await call.next()).toMatchObject({ method: 'elicitation/create' });
});

test('DELETE withdraws also what waits for a person at a terminal', async () => {
  const place = await open();
  const server = await serve(place);
  const connection = await connect(place, { era: 'legacy', http: server, forms: false });
  const { id, reference } = place.arrival('threatlocker');
  const answer = await connection.call('approve_request', { requests: [reference] });
  expect(answer.structured).toMatchObject({ status: 'awaiting-confirmation' });
  const { transport } = connection.client;
  if (!transport || !('terminateSession' in transport)) throw new Error('no session to end');
  await (transport.terminateSession as () => Promise<void>)();
  expect(await ledgerOf(place).read(String(answer.structured['decision']))).toMatchObject({ phase: 'refused' });
  expect(place.writesOn(id)).toEqual([]);
});

test.each([
  ['a client that goes away while its person is asked', (call: Stream) => call.drop()],
  ['a process that is killed', (_call: Stream, server: HttpServer) => void server.end('SIGKILL')],
])('%s leaves no open plan', async (_what, goAway) => {
  const place = await open();
  const server = await serve(place);
  const { id, reference } = place.arrival('threatlocker');
  const call = approve(server, await openSession(server), reference);
  await call.next();
  const decision = await planned(place, reference);
  goAway(call, server);
  if (server.child.killed) {
    // Whoever plans next finds out.
    const another = await serve(place);
    const next = approve(another, await openSession(another), reference);
    expect(await next.next()).toMatchObject({ method: 'elicitation/create' });
  }
  await ledgerOf(place).standing(decision, 'refused');
  expect(place.writesOn(id)).toEqual([]);
});

test('only so many sessions are open at once, and one that ends makes room', async () => {
  const place = await open();
  const server = await serve(place);
  const sessions = await Promise.all(Array.from({ length: 32 }, () => openSession(server)));
  expect(new Set(sessions.map(({ id }) => id)).size).toBe(32);
  const refused = await openSession(server).catch((error: Error) => error.message);
  expect(refused).toMatch(/^No session: 503 .*32 sessions are open/);
  const [first, last] = [sessions[0], sessions[31]] as [RawSession, RawSession];
  expect((await ping(server, last)).status).toBe(200);
  expect((await raw(server, { ...first, method: 'DELETE' })).status).toBe(200);
  await openSession(server);
});

test('too many are told when to try again', async () => {
  const place = await open();
  const server = await serve(place);
  const sessions = await Promise.all(Array.from({ length: 40 }, () => openSession(server).catch(() => null)));
  expect(sessions.filter((session) => session !== null)).toHaveLength(32);
  const one = sessions.find((session) => session !== null);
  const { 'mcp-session-id': _, ...headers } = one?.headers ?? {};
  const body = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'x', version: '1' } },
  });
  const answer = await raw(server, { headers, body });
  expect(answer.status).toBe(503);
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(60);
});

const MINUTES = 60_000;

test('a session that nobody uses ends; one whose client listens lasts a day', async () => {
  const place = await open();
  const clock = await clockOf(place);
  const server = await serve(place, { env: clock.env });
  const [used, listening] = [await openSession(server), await openSession(server)];
  const { accept: _, ...headers } = listening.headers;
  const held = stream(server, { method: 'GET', headers: { ...headers, accept: 'text/event-stream' } });
  await held.begun;
  clock.shift(29 * MINUTES);
  expect((await ping(server, used)).status).toBe(200);
  clock.shift(58 * MINUTES);
  expect((await ping(server, used)).status).toBe(200);
  clock.shift(89 * MINUTES);
  expect((await ping(server, used)).status).toBe(404);
  expect((await ping(server, listening)).status).toBe(200);
  clock.shift(24 * 60 * MINUTES + MINUTES);
  expect((await ping(server, listening)).status).toBe(404);
  await held.ended;
});

async function waiting(place: Place, connection: Connection) {
  const { reference } = place.arrival('threatlocker');
  const answer = await connection.call('approve_request', { requests: [reference] });
  return { status: answer.structured['status'], text: answer.text };
}

test.each<readonly [Era, string, boolean]>([
  ['legacy', 'of one name', true],
  ['legacy', 'of two names', true],
  ['modern', 'of one name', false],
  ['modern', 'of two names', true],
])('%s era: of two clients %s, what one has open counts for the other: not %s', async (era, which, apart) => {
  const place = await open(6);
  const server = await serve(place);
  const connected = async (name: string) => {
    const connection = await connect(place, { era, http: server, forms: false, name });
    onTestFinished(() => connection.close());
    return connection;
  };
  const first = await connected('first');
  const second = await connected(which === 'of one name' ? 'first' : 'second');
  for (let count = 0; count < 5; count += 1) {
    expect(await waiting(place, first)).toMatchObject({ status: 'awaiting-confirmation' });
  }
  expect(await waiting(place, first)).toMatchObject({
    status: 'refused',
    text: expect.stringMatching(/has 5 decisions/),
  });
  expect(await waiting(place, second)).toMatchObject({ status: apart ? 'awaiting-confirmation' : 'refused' });
});

test('clients that take ever new names count together after a while', async () => {
  const place = await open(6);
  const server = await serve(place);
  const as = async (name: string) => {
    const connection = await connect(place, { era: 'modern', http: server, forms: false, name });
    onTestFinished(() => connection.close());
    return connection;
  };
  for (let count = 0; count < 31; count += 1) await (await as(`name ${count}`)).call('list_decisions', {});
  for (let count = 0; count < 5; count += 1) {
    expect(await waiting(place, await as(`new ${count}`))).toMatchObject({ status: 'awaiting-confirmation' });
  }
  expect(await waiting(place, await as('new 5'))).toMatchObject({ status: 'refused' });
});

test('a call that its client takes back closes its plan', async () => {
  const place = await open();
  const server = await serve(place);
  const connection = await connect(place, { era: 'legacy', http: server });
  onTestFinished(() => connection.close());
  const { id, reference } = place.arrival('threatlocker');
  const taking = new AbortController();
  let asked = 0;
  connection.client.setRequestHandler('elicitation/create', async () => {
    asked += 1;
    taking.abort();
    return { action: 'cancel' };
  });
  const call = connection.client.callTool(
    { name: 'approve_request', arguments: { requests: [reference] } },
    { signal: taking.signal },
  );
  await expect(call).rejects.toThrow();
  expect(asked).toBe(1);
  const decision = await planned(place, reference);
  await ledgerOf(place).standing(decision, 'refused');
  expect(place.writesOn(id)).toEqual([]);
});

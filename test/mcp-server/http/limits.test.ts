import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPlace, type Place } from '../mcp/place.ts';
import { type HttpServer, start } from './process.ts';
import { allowed, INITIALIZE, modernRequest, openSession, type RawOptions, raw } from './raw.ts';

let place: Place;
let server: HttpServer;
beforeAll(async () => {
  place = await openPlace();
  server = await start(place);
});
afterAll(async () => {
  expect(await server.end()).toBe(0);
  await place.close();
  expect(place.sandbox.calls).toEqual([]);
});

const modern = (body: string): RawOptions => ({
  headers: { ...allowed(server), ...modernRequest('tools/list').headers },
  body,
});

const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const text = (bytes: number) => JSON.stringify({ ...ping, params: { text: 'x'.repeat(bytes) } });

describe.each(['a session', 'a request of 2026-07-28'])('%s', (which) => {
  const send = async (body: string, headers: object = {}) => {
    const options = which === 'a session' ? { headers: (await openSession(server)).headers } : modern('');
    return await raw(server, { body, headers: { ...options.headers, ...headers } });
  };

  test.each([
    ['nothing', '', 400, /not JSON/, -32_700],
    ['half of it', '{"jsonrpc":"2.0","id":1', 400, /not JSON/, -32_700],
    ['no JSON-RPC', '{"hello":"world"}', 400, /./, expect.any(Number)],
    ['a number', '7', 400, /./, expect.any(Number)],
    ['more bytes than it takes', text(1_048_577), 413, /larger than 1048576 bytes/, -32_000],
    ['more elements than it takes', `[${'0,'.repeat(20_000)}0]`, 413, /20000 elements/, -32_600],
    ['too deep', `{"jsonrpc":"2.0","id":1,"method":"ping","params":${nested(65)}}`, 413, /deeper than 64/, -32_600],
    ['deep enough for an overflow', nested(400_000), 413, /deeper than 64/, -32_600],
    ['a batch of none', '[]', 400, /1 to 20 messages/, -32_600],
    ['a batch of many', JSON.stringify(Array.from({ length: 21 }, () => ping)), 400, /1 to 20 messages/, -32_600],
  ])('%s is refused with a sentence', async (_what, body, status, says, code) => {
    const answer = await send(body);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toMatchObject({
      jsonrpc: '2.0',
      id: null,
      error: { code, message: expect.stringMatching(says) },
    });
  });

  test('what is not called JSON is refused', async () => {
    const answer = await send(JSON.stringify(ping), { 'content-type': 'text/plain' });
    expect(answer.status).toBe(415);
    expect(answer.text).toContain('must be application/json');
  });

  test('brackets and commas in texts count for nothing', async () => {
    const params = { name: 'list_accounts', text: '[{,"\\'.repeat(10_000) };
    const body = which === 'a session' ? JSON.stringify({ ...ping, params }) : modernRequest('tools/list', params).body;
    expect(await send(body)).toMatchObject({ status: 200 });
  });
});

test('a length that is announced and not sent is refused before anything is read', async () => {
  const answer = await raw(server, {
    headers: { ...allowed(server), 'transfer-encoding': 'chunked' },
    body: text(3_000_000),
  });
  expect(answer.status).toBe(413);
});

test('a session begins with initialize, and nothing else', async () => {
  const answer = await raw(server, { headers: allowed(server), body: JSON.stringify(ping) });
  expect(answer.status).toBe(400);
  expect(answer.text).toContain('Send initialize first');
  const stranger = await raw(server, {
    headers: { ...allowed(server), 'mcp-session-id': 'no-such-session' },
    body: JSON.stringify(INITIALIZE),
  });
  expect(stranger.status).toBe(404);
  expect(stranger.text).toContain('send initialize for a new one');
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forbiddenIn } from '../../hostile-corpus.ts';
import { openPlace, type Place } from '../mcp/place.ts';
import { type HttpServer, start } from './process.ts';
import { allowed, INITIALIZE, messagesIn, modernRequest, raw } from './raw.ts';

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
  expect(server.errors()).not.toContain(server.token);
});

const discover = modernRequest('server/discover');
const UNSIGNED = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
  ...discover.headers,
};
const list = () => ({ headers: { ...allowed(server), ...discover.headers }, body: discover.body });

test('with the token, both eras are answered', async () => {
  const modern = await raw(server, list());
  expect(modern).toMatchObject({ status: 200 });
  expect(messagesIn(modern)).toMatchObject([{ result: { supportedVersions: ['2026-07-28'] } }]);
  const legacy = await raw(server, { headers: allowed(server), body: JSON.stringify(INITIALIZE) });
  expect(legacy.status).toBe(200);
  expect(messagesIn(legacy)).toMatchObject([{ result: { protocolVersion: '2025-11-25' } }]);
});

describe('without the token', () => {
  test.each([
    ['none', () => ({}), 'Bearer realm="countersign"'],
    ['another one', () => ({ authorization: 'Bearer wrong' }), 'Bearer realm="countersign", error="invalid_token"'],
    [
      'one that begins with it',
      () => ({ authorization: `Bearer ${server.token}x` }),
      'Bearer realm="countersign", error="invalid_token"',
    ],
    [
      'its beginning',
      () => ({ authorization: `Bearer ${server.token.slice(0, -1)}` }),
      'Bearer realm="countersign", error="invalid_token"',
    ],
    ['an empty one', () => ({ authorization: 'Bearer ' }), 'Bearer realm="countersign"'],
    ['another scheme', () => ({ authorization: `Basic ${server.token}` }), 'Bearer realm="countersign"'],
    ['as a cookie', () => ({ cookie: `token=${server.token}` }), 'Bearer realm="countersign"'],
  ])('(%s) nobody comes in', async (_what, given, challenge) => {
    for (const request of [
      { body: discover.body },
      { body: JSON.stringify(INITIALIZE) },
      { method: 'GET' },
      { method: 'DELETE' },
      { method: 'OPTIONS' },
      { path: '/elsewhere' },
      { path: `/mcp?token=${server.token}&access_token=${server.token}` },
    ]) {
      const answer = await raw(server, { ...request, headers: { ...UNSIGNED, ...given() } });
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toBe(challenge);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      expect(JSON.parse(answer.text)).toMatchObject({ jsonrpc: '2.0', id: null, error: { code: -32_000 } });
      expect(answer.text).toContain('Authorization: Bearer');
    }
  });

  test('/healthz says that it runs, and nothing else', async () => {
    const answer = await raw(server, { method: 'GET', path: '/healthz' });
    expect(answer).toMatchObject({ status: 200, text: '{"status":"ok"}' });
    expect(JSON.stringify(answer.headers)).not.toMatch(/countersign|node|mcp/i);
  });
});

test('with the token, another path is told where MCP is', async () => {
  const answer = await raw(server, { ...list(), path: '/elsewhere' });
  expect(answer.status).toBe(404);
  expect(answer.text).toContain('MCP is at /mcp.');
});

const EVIL = 'evil.example';

describe.each(['/mcp', '/healthz'])('%s', (path) => {
  const request = (headers: Readonly<Record<string, string>>) => {
    const { body, headers: known } = list();
    const sent = { path, headers: { ...known, ...headers } };
    return path === '/mcp' ? { ...sent, body } : { ...sent, method: 'GET' };
  };
  test.each([EVIL, `${EVIL}:80`, `127.0.0.1.${EVIL}`, '127.0.0.2', 'localhost@evil.example', '0.0.0.0', '[::2]'])(
    'the Host %s is refused',
    async (host) => {
      const answer = await raw(server, request({ host }));
      expect([400, 403]).toContain(answer.status);
      expect(answer.text).toMatch(/"code":-32000/);
      expect(answer.text).not.toContain(EVIL);
      expect(forbiddenIn(answer.text)).toEqual([]);
    },
  );

  test.each([
    `https://${EVIL}`,
    `http://127.0.0.1.${EVIL}`,
    'null',
    'file://',
    'chrome-extension://abc',
    `http://${EVIL}:80`,
  ])('the Origin %s is refused', async (origin) => {
    const answer = await raw(server, request({ origin }));
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('Web pages of other origins');
    expect(answer.text).not.toContain(EVIL);
  });

  test.each<Readonly<Record<string, string>>>([
    {},
    { host: 'localhost' },
    { origin: 'http://localhost:6274' },
    { origin: 'http://127.0.0.1' },
  ])('%j is let in', async (headers) => {
    const answer = await raw(server, request(headers));
    expect(answer.status).toBe(200);
  });
});

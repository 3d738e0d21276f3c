import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFetch } from '../../../mcp-server/src/undici-fetch.ts';

// The Fetch standard has a call sent again by itself after HTTP 421 (Misdirected Request); a write must never be.

let server: Server;
let calls: string[];
let origin: string;

beforeEach(async () => {
  calls = [];
  server = createServer((request, response) => {
    calls.push(`${request.method} ${request.url}`);
    response.writeHead(request.url === '/misdirected' ? 421 : 200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

test.each(['PUT', 'POST', 'DELETE'])('a %s that is misdirected leaves once', async (method) => {
  const call = createFetch()(`${origin}/misdirected`, { method, body: method === 'POST' ? '{}' : null });
  await expect(call).rejects.toThrow();
  expect(calls).toEqual([`${method} /misdirected`]);
});

test('one fetch serves any number of calls', async () => {
  const fetch = createFetch();
  for (const path of ['/a', '/b']) expect((await fetch(origin + path, { method: 'GET' })).status).toBe(200);
  expect(calls).toEqual(['GET /a', 'GET /b']);
});

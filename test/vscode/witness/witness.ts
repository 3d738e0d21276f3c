import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import { IncomingMessage, ServerResponse } from 'node:http';
import { homedir } from 'node:os';
import path from 'node:path';
import type { WitnessedCall } from './index.ts';

// An extension of its own beside the one under test, in the same process. The sandbox that a person tries runs there, and keeps
// its record to itself; Node tells what it is sent, byte for byte.

const bodies = new WeakMap<IncomingMessage, Buffer[]>();

function partsOf(message: unknown): { request: unknown; response?: unknown } {
  return typeof message === 'object' && message !== null && 'request' in message ? message : { request: null };
}

export function activate(): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = partsOf(message);
    if (!(request instanceof IncomingMessage)) return;
    const chunks: Buffer[] = [];
    bodies.set(request, chunks);
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
  });
  subscribe('http.server.response.finish', (message) => {
    const { request, response } = partsOf(message);
    if (!(request instanceof IncomingMessage && response instanceof ServerResponse)) return;
    const call: WitnessedCall = {
      origin: `http://${request.headers.host}`,
      method: request.method ?? '',
      path: request.url?.split('?')[0] ?? '',
      status: response.statusCode,
      body: Buffer.concat(bodies.get(request) ?? []).toString('utf8'),
    };
    appendFileSync(path.join(homedir(), 'witnessed.jsonl'), `${JSON.stringify(call)}\n`);
  });
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface LocalServer {
  readonly origin: string;
  /** `METHOD /path?query` of every call, in the order of arrival. */
  readonly calls: string[];
  readonly headers: IncomingMessage['headers'][];
}

export type Handler = (request: IncomingMessage, response: ServerResponse, call: number) => void;

/** A server on the loopback address until the test ends. `call` counts from 1. */
export async function localServer(handler: Handler): Promise<LocalServer> {
  const calls: string[] = [];
  const headers: IncomingMessage['headers'][] = [];
  const server = createServer((request, response) => {
    calls.push(`${request.method} ${request.url}`);
    headers.push(request.headers);
    handler(request, response, calls.length);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls, headers };
}

/** Answers the n-th call with the n-th of these, and the last one from then on. */
export function inTurn(...answers: readonly ((response: ServerResponse) => void)[]): Handler {
  return (_request, response, call) => answers[Math.min(call, answers.length) - 1]?.(response);
}

export function answer(status: number, body = '', headers: Readonly<Record<string, string>> = {}) {
  return (response: ServerResponse) => {
    response.writeHead(status, headers).end(body);
  };
}

export function reset(response: ServerResponse) {
  response.socket?.resetAndDestroy();
}

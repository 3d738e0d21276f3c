import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { getRequestListener, RequestError } from '@hono/node-server';
import { complain } from './complain.ts';
import type { HttpFace } from './transport/http-face.ts';
import { refusal } from './transport/refusal.ts';

const HOST = '127.0.0.1';
const MAX_CONNECTIONS = 256;
/** For a request to arrive whole; its answer may take as long as a person does. */
const ARRIVAL_MS = 30_000;
const GRACE_MS = 5000;

export interface Listening {
  readonly port: number;
  /** Stops taking requests, lets calls under way end within a few seconds, then closes everything. */
  stop(): Promise<void>;
}

/** A port that can't be had; the message is a sentence to show. */
export class PortError extends Error {}

/** Listens on this computer's own address alone. @throws PortError */
export async function listen(face: HttpFace, port: number): Promise<Listening> {
  const calls = new Set<ServerResponse>();
  const answer = (request: Request, { outgoing }: { readonly outgoing: NodeJS.EventEmitter }) =>
    face.fetch(request, new Promise((resolve) => outgoing.once('close', resolve)));
  const listener = getRequestListener(answer, {
    overrideGlobalObjects: false,
    errorHandler: (error) => {
      if (error instanceof RequestError) {
        return refusal(400, 'The address or the Host header of this request is not valid.');
      }
      complain(error);
      return refusal(500, "Something unforeseen failed inside Countersign; the server's log says more.");
    },
  });
  const server = createServer({ requestTimeout: ARRIVAL_MS, headersTimeout: ARRIVAL_MS }, (incoming, outgoing) => {
    // Streams that clients hold open to be told things are no calls, and never end by themselves.
    if (incoming.method !== 'GET') {
      calls.add(outgoing);
      outgoing.once('close', () => calls.delete(outgoing));
    }
    void listener(incoming, outgoing);
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.listen(port, HOST);
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    throw new PortError(unavailable(port, error.code), { cause: error });
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      await face.quiet('The server that asked is being stopped.');
      const enough = new AbortController();
      const ended = Promise.all([...calls].map((call) => once(call, 'close')));
      await Promise.race([ended, wait(GRACE_MS, undefined, { signal: enough.signal }).catch(() => undefined)]);
      enough.abort();
      await face.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function unavailable(port: number, code: string | undefined): string {
  return code === 'EADDRINUSE'
    ? `Port ${port} is in use. Stop the program that uses it, or choose another port with --port (0 takes any that is free).`
    : `Port ${port} can't be used (${code}); choose another with --port (0 takes any that is free).`;
}

import { randomUUID } from 'node:crypto';
import {
  isInitializeRequest,
  isJSONRPCRequest,
  type McpServer,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import type { HttpFaceOptions } from './http-face.ts';
import { refusal } from './refusal.ts';

const MAX_SESSIONS = 32;
const MAX_IDLE_MS = 30 * 60_000;
const MAX_AGE_MS = 24 * 3_600_000;
const SESSION_NOT_FOUND = -32_001;

/**
 * Before 2026-07-28 a server asks its client by a request of its own, so it has to know the client from call to call: each
 * session has a server instance and a connection of its own. Its id is random; whoever holds the token is the same user.
 */
interface Session {
  readonly transport: WebStandardStreamableHTTPServerTransport;
  readonly server: McpServer;
  readonly connection: string;
  readonly since: number;
  lastUsed: number;
  calls: number;
  /** Held open by the client, to be told things; such a client is there. */
  streams: number;
}

export interface Sessions {
  /** @param ended resolves when the connection is done with the response, or gone */
  serve(request: Request, message: unknown, ended: Promise<unknown>): Promise<Response>;
  /** Ends those that nobody has used for long. */
  sweep(): Promise<void>;
  withdraw(because: string): Promise<void>;
  close(): Promise<void>;
}

export function createSessions({ createServer, withdraw, now, complain }: HttpFaceOptions): Sessions {
  const sessions = new Map<string, Session>();
  let opening = 0;

  /** When it may end, if it is not used any more. */
  const restsUntil = ({ calls, streams, since, lastUsed }: Session): number =>
    calls > 0
      ? Number.POSITIVE_INFINITY
      : Math.min(since + MAX_AGE_MS, streams > 0 ? Number.POSITIVE_INFINITY : lastUsed + MAX_IDLE_MS);

  async function end(id: string, { server, connection }: Session): Promise<void> {
    sessions.delete(id);
    try {
      await server.close();
    } finally {
      await withdraw(connection);
    }
  }

  async function sweep(): Promise<void> {
    const time = now();
    const over = [...sessions].filter(([, session]) => time >= restsUntil(session));
    await Promise.all(over.map(([id, session]) => end(id, session).catch(complain)));
  }

  async function open(request: Request, message: unknown): Promise<Response> {
    if (sessions.size + opening >= MAX_SESSIONS) {
      const free = Math.min(...[...sessions.values()].map(restsUntil));
      const seconds = Number.isFinite(free) ? Math.max(1, Math.ceil((free - now()) / 1000)) : 60;
      return refusal(503, `${MAX_SESSIONS} sessions are open; end one of them with DELETE, or try again later.`, {
        headers: { 'retry-after': String(seconds) },
      });
    }
    opening += 1;
    try {
      const connection = randomUUID();
      const server = createServer(connection);
      const transport = new WebStandardStreamableHTTPServerTransport({
        sessionIdGenerator: randomUUID,
        onsessioninitialized: (id) => {
          const time = now();
          sessions.set(id, { transport, server, connection, since: time, lastUsed: time, calls: 0, streams: 0 });
        },
        onsessionclosed: async (id) => {
          sessions.delete(id);
          await withdraw(connection).catch(complain);
        },
      });
      await server.connect(transport);
      const response = await transport.handleRequest(request, { parsedBody: message });
      if (transport.sessionId === undefined) await server.close();
      return response;
    } finally {
      opening -= 1;
    }
  }

  /** What nobody can be told the answer to any more is taken back, and with it what it proposed. */
  function takeBack({ transport }: Session, message: unknown): void {
    for (const request of [message].flat().filter(isJSONRPCRequest)) {
      const params = { requestId: request.id, reason: 'The client closed the connection.' };
      transport.onmessage?.({ jsonrpc: '2.0', method: 'notifications/cancelled', params });
    }
  }

  return {
    serve: async (request, message, ended) => {
      await sweep();
      const id = request.headers.get('mcp-session-id');
      if (id === null) {
        if (isInitializeRequest(message)) return await open(request, message);
        return refusal(400, 'Send initialize first, and with every later request the Mcp-Session-Id that it answers.');
      }
      const session = sessions.get(id);
      if (!session) {
        return refusal(404, 'There is no such session, or it has ended; send initialize for a new one.', {
          code: SESSION_NOT_FOUND,
        });
      }
      const use = request.method === 'GET' ? 'streams' : 'calls';
      session[use] += 1;
      ended.then(() => {
        session[use] -= 1;
        session.lastUsed = now();
        if (request.signal.aborted) takeBack(session, message);
      }, complain);
      return await session.transport.handleRequest(request, message === undefined ? {} : { parsedBody: message });
    },
    sweep,
    withdraw: async (because) => {
      await Promise.all([...sessions.values()].map(({ connection }) => withdraw(connection, because)));
    },
    close: async () => {
      await Promise.all([...sessions].map(([id, session]) => end(id, session).catch(complain)));
    },
  };
}

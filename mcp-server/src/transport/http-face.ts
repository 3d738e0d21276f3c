import type { Secret } from '@countersign/shared/account';
import { createMcpHandler, isLegacyRequest, type McpServer } from '@modelcontextprotocol/server';
import { createClients } from './clients.ts';
import { createDoor } from './door.ts';
import { readMessage } from './message.ts';
import { refusal } from './refusal.ts';
import { createSessions } from './sessions.ts';

const MAX_SUBSCRIPTIONS = 32;
const SWEEP_EVERY_MS = 60_000;

export interface HttpFaceOptions {
  readonly token: Secret;
  /** A server instance of its own: for a session, or since 2026-07-28 for a request. */
  readonly createServer: (connection: string) => McpServer;
  /** Closes what a connection proposed and nobody has answered. @param because where it isn't that the client is gone */
  readonly withdraw: (connection: string, because?: string) => Promise<void>;
  readonly now: () => number;
  readonly complain: (error: unknown) => void;
}

/** MCP over HTTP in both eras, for one user: whoever has the token. */
export interface HttpFace {
  /** @param ended resolves when the connection is done with the response, or gone */
  fetch(request: Request, ended: Promise<unknown>): Promise<Response>;
  /** Takes nothing more, and closes what waits for a person, so that calls under way can end. */
  quiet(because: string): Promise<void>;
  /** Ends what is left. */
  close(): Promise<void>;
}

export function createHttpFace(options: HttpFaceOptions): HttpFace {
  const { token, createServer, withdraw, complain } = options;
  const door = createDoor(token);
  const sessions = createSessions(options);
  const clients = createClients();
  const modern = createMcpHandler(({ authInfo }) => createServer(authInfo?.clientId ?? ''), {
    legacy: 'reject',
    maxSubscriptions: MAX_SUBSCRIPTIONS,
    onerror: complain,
  });
  const sweeping = setInterval(() => void sessions.sweep(), SWEEP_EVERY_MS);
  // Of itself it keeps no process alive.
  sweeping.unref();
  let isStopping = false;

  async function withdrawAll(because: string): Promise<void> {
    const ofClients = clients.connections().map((connection) => withdraw(connection, because));
    await Promise.all([sessions.withdraw(because), ...ofClients]).catch(complain);
  }

  async function serve(request: Request, ended: Promise<unknown>): Promise<Response> {
    const read = request.method === 'POST' ? await readMessage(request) : { message: undefined };
    if (read instanceof Response) return read;
    const { message } = read;
    if (await isLegacyRequest(request, message)) return await sessions.serve(request, message, ended);
    // Where the SDK has a place for who calls; the token has been checked, and nobody further in needs it.
    const authInfo = { token: '', clientId: clients.connectionOf(message), scopes: [] };
    return await modern.fetch(request, message === undefined ? { authInfo } : { authInfo, parsedBody: message });
  }

  return {
    fetch: async (request, ended) => {
      const refused = door(request);
      if (refused) return refused;
      if (isStopping) {
        return refusal(503, 'This server is stopping; start it again.', { headers: { connection: 'close' } });
      }
      return await serve(request, ended);
    },
    quiet: async (because) => {
      isStopping = true;
      await withdrawAll(because);
    },
    close: async () => {
      clearInterval(sweeping);
      await modern.close();
      await sessions.close();
      // What was still being planned a moment ago.
      await withdrawAll('The server that asked was stopped.');
    },
  };
}

import { createHash, randomBytes } from 'node:crypto';
import { CLIENT_INFO_META_KEY } from '@modelcontextprotocol/server';
import * as z from 'zod';

const MAX_CLIENTS = 32;

const named = z.object({
  params: z.object({ _meta: z.object({ [CLIENT_INFO_META_KEY]: z.object({ name: z.string() }) }) }),
});

/** Which connection a request of 2026-07-28 counts for. */
export interface Clients {
  connectionOf(message: unknown): string;
  connections(): readonly string[];
}

/**
 * Since 2026-07-28 nothing connects one request with the next, but what a client may have open, and its quiet after a
 * decline, are counted per client. So all requests that bear one client's name count together, as long as this process
 * lives. Names prove nothing, but the program behind a model sets them, not the model; and there are only so many of them
 * before all further ones count together.
 */
export function createClients(): Clients {
  const salt = randomBytes(16);
  const connections = new Set<string>();
  const connectionFor = (name: string) => {
    const connection = createHash('sha256').update(salt).update(name).digest('base64url').slice(0, 22);
    if (!connections.has(connection) && connections.size >= MAX_CLIENTS) return null;
    connections.add(connection);
    return connection;
  };
  const others = connectionFor('') ?? '';
  return {
    connectionOf: (message) => {
      const read = named.safeParse(message).data;
      return connectionFor(read?.params._meta[CLIENT_INFO_META_KEY].name ?? '') ?? others;
    },
    connections: () => [...connections],
  };
}

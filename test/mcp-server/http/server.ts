import { onTestFinished } from 'vitest';
import type { Place } from '../mcp/place.ts';
import { type HttpServer, type ServerOptions, start } from './process.ts';

/** Ends with the test, or with `end`. */
export async function serve(place: Place, options: ServerOptions = {}): Promise<HttpServer> {
  const server = await start(place, options);
  onTestFinished(async () => void (await server.end()));
  return server;
}

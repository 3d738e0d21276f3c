import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { HttpAddress } from '../mcp/client.ts';
import { type Place, SERVER } from '../mcp/place.ts';

/** A process that serves a place's accounts over HTTP, on a port of its own. */
export interface HttpServer extends HttpAddress {
  readonly child: ChildProcess;
  readonly origin: string;
  /** What it wrote to standard error. */
  errors(): string;
  /** Ends it by a signal. @returns its exit code, `null` where the signal itself ended it */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface ServerOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly node?: string;
  /** For a token that the settings name; else the server's own is read from its file. */
  readonly token?: string;
}

export const tokenFile = (place: Place) => path.join(place.folder, 'state', 'http-token');

export async function start(
  place: Place,
  { args = [], env, token, node = process.execPath }: ServerOptions = {},
): Promise<HttpServer> {
  const child = spawn(node, [SERVER, 'mcp', '--http', '--port', '0', ...args], {
    env: { ...place.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(child, 'exit');
  let errors = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
      const address = /http:\/\/127\.0\.0\.1:\d+\/mcp(?=[\s\S]*token)/.exec(errors)?.[0];
      if (address) resolve(address);
    });
    exited.then(([code]) => reject(new Error(`The server ended with ${code}: ${errors}`)), reject);
  });
  return {
    child,
    url,
    origin: new URL(url).origin,
    token: token ?? (await readFile(tokenFile(place), 'utf8')).trim(),
    errors: () => errors,
    end: async (signal = 'SIGTERM') => {
      child.kill(signal);
      const [code] = (await exited) as [number | null];
      return code;
    },
  };
}

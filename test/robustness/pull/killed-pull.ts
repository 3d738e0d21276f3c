import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { SERVER } from '../../mcp-server/mcp/place.ts';
import { preload } from '../preload.ts';
import type { Stage } from './stage.ts';

/** Where a pull is killed; numbers count from 1. */
export type Death =
  | { readonly at: 'commit'; readonly number: number; readonly moment: 'before' | 'after' }
  /** When the vendor has its call of this number. */
  | { readonly at: 'call'; readonly number: number }
  /** When so many bytes of what it prints have arrived. */
  | { readonly at: 'byte'; readonly number: number }
  | { readonly at: 'never' };

/** Something that happens when the vendor gets the call of this number. */
export interface Meanwhile {
  readonly call: number;
  readonly run: () => void;
}

export interface Ended {
  /** `null`: it was killed. */
  readonly code: number | null;
  /** Those lines that arrived whole. */
  readonly lines: readonly string[];
  readonly errors: string;
}

/** Runs the real command, and keeps of what it prints what a receiver has whole when it ends. */
export async function pullAndDie(
  { place, ahead }: Stage,
  death: Death,
  meanwhile: readonly Meanwhile[] = [],
): Promise<Ended> {
  const { sandbox, folder, env } = place;
  const dieAtCommit = death.at === 'commit' ? { dieAtCommit: death } : {};
  const child = spawn(process.execPath, [SERVER, 'pull'], {
    env: { ...env, ...preload(folder, { clockAhead: ahead(), ...dieAtCommit }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const die = () => void child.kill('SIGKILL');
  const orders = [...meanwhile, ...(death.at === 'call' ? [{ call: death.number, run: die }] : [])];
  const withdraw = orders.map(({ call, run }) =>
    sandbox.faults.add({ after: call - 1, times: 1, do: { kind: 'meanwhile', run } }),
  );
  const chunks: Buffer[] = [];
  let bytes = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    bytes += chunk.length;
    if (death.at === 'byte' && bytes >= death.number) die();
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  for (const one of withdraw) one();
  const printed = Buffer.concat(chunks).toString('utf8');
  return { code, lines: printed.split('\n').slice(0, -1), errors };
}

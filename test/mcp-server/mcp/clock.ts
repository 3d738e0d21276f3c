import { writeFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Place } from './place.ts';

/** A server's clock in a test's hands: a preloaded module shifts it by the milliseconds that a file names. */
export interface Clock {
  readonly env: Readonly<Record<string, string>>;
  shift(ms: number): void;
  /** Back to the true time. */
  reset(): Promise<void>;
}

export async function clockOf(place: Place): Promise<Clock> {
  const file = path.join(place.folder, 'clock');
  const shim = path.join(place.folder, 'clock.cjs');
  await writeFile(
    shim,
    `const { readFileSync } = require('node:fs');
const real = Date.now;
Date.now = () => {
  try {
    return real() + Number(readFileSync(${JSON.stringify(file)}, 'utf8'));
  } catch {
    return real();
  }
};
`,
  );
  return {
    env: { NODE_OPTIONS: `--require ${JSON.stringify(shim)}` },
    shift: (ms) => writeFileSync(file, String(ms)),
    reset: () => rm(file, { force: true }),
  };
}

/** The environment of a server whose timers run fifty times as fast, so that its pace towards the vendors holds no test up. */
export async function hurried(place: Place): Promise<Readonly<Record<string, string>>> {
  const shim = path.join(place.folder, 'hurried.cjs');
  await writeFile(
    shim,
    `for (const name of ['setTimeout', 'setInterval']) {
  const real = globalThis[name];
  globalThis[name] = (work, ms = 0, ...rest) => real(work, ms / 50, ...rest);
}
const promises = require('node:timers/promises');
const wait = promises.setTimeout;
promises.setTimeout = (ms, ...rest) => wait(ms / 50, ...rest);
`,
  );
  return { NODE_OPTIONS: `--require ${JSON.stringify(shim)}` };
}

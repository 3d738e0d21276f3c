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

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { type AccountIo, nodeIo } from '../../../shared/src/account/index.ts';

/** A temporary folder that goes when the test file ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'countersign-account-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function write(folder: string, name: string, content: unknown, mode = 0o600): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content), { mode });
  return file;
}

/** The real world, with a home and an environment of the test's own. */
export function ioWith(homedir: string, env: Readonly<Record<string, string>> = {}): AccountIo {
  return { ...nodeIo(), homedir, env };
}

export const TOKEN = 'f00dfacef00dfacef00dfacef00dfacef00dfacef00dfacef00dfacef00dface';

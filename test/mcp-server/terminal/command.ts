import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Sandbox } from '@countersign/shared/sandbox';
import { onTestFinished } from 'vitest';
import {
  accountsFile,
  KEY_VARIABLE,
  TOKEN_VARIABLE,
  UNATTENDED_SECRET,
  UNATTENDED_VARIABLE,
} from '../../support/world.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
export const MAIN = path.join(ROOT, 'mcp-server/dist/main.cjs');

/** `npm test` builds first; a test that is run by itself may be the first to need the bundle. */
export function buildIfMissing(): void {
  if (!existsSync(MAIN)) execFileSync(process.execPath, ['esbuild.config.mjs'], { cwd: ROOT });
}

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the built command as a process of its own, without the terminal that the tests were started from, and with no more of
 * this process's environment than it needs.
 */
export function countersign(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const home = temporaryFolder();
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { HOME: home, USERPROFILE: home, LOCALAPPDATA: home, ...env },
    cwd: home,
    detached: true,
  });
  // A command that should have ended by itself outlives no test.
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stdin.end();
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      printed[name] += text;
    });
  }
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ code: code ?? -1, ...printed }));
  });
}

/** The environment of a person who works with this sandbox. */
export function accountsOf(
  sandbox: Sandbox,
  change: Parameters<typeof accountsFile>[1] = {},
  secrets: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const file = path.join(temporaryFolder(), 'accounts.json');
  writeFileSync(file, accountsFile(sandbox, change));
  return {
    COUNTERSIGN_CONFIG: file,
    [TOKEN_VARIABLE]: sandbox.threatLocker.token,
    [KEY_VARIABLE]: sandbox.adminByRequest.apiKey,
    ...secrets,
  };
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'countersign-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The accounts of a sandbox that take decisions from a ticket system, and a state of their own. */
export function unattendedAccountsOf(sandbox: Sandbox): Record<string, string> {
  const unattended = { unattended: { secret: { env: UNATTENDED_VARIABLE } } };
  const state = { [UNATTENDED_VARIABLE]: UNATTENDED_SECRET, COUNTERSIGN_STATE_DIR: temporaryFolder() };
  return accountsOf(sandbox, { threatLocker: unattended, adminByRequest: unattended }, state);
}

import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { sha256Hex } from '../../approval/index.ts';
import { asLedgerError, isBusy, ledgerError } from './errors.ts';
import type { Sqlite } from './store.ts';

/** Held until it is released, or until the process ends, however it ends: then the system releases it. */
export interface Lock {
  release(): void;
}

export interface LockOptions {
  /** Held by any number at once, but not beside an exclusive one. */
  readonly isShared?: boolean;
  /** How long to wait for others, blocking the process. */
  readonly waitMs?: number;
}

/** Files by a digest's beginning; two requests may share one, and then wait for each other. */
const FILES_DIGITS = 3;
const RETRY_EVERY_MS = 25;

/**
 * Takes the lock that a file stands for, by an exclusive transaction in a database of its own; `null` while another
 * holds it. Only who keeps all others from locking it meanwhile may delete the file: two holders could have two files
 * of one name, and SQLite fails where it finds none.
 */
export function tryLock(sqlite: Sqlite, file: string, options: LockOptions = {}): Lock | null {
  const { isShared = false, waitMs = 0 } = options;
  let db: DatabaseSync | null = null;
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    makePrivate(file);
    db = new sqlite.DatabaseSync(file, { timeout: waitMs });
    db.exec(isShared ? 'BEGIN; SELECT count(*) FROM sqlite_schema' : 'BEGIN EXCLUSIVE');
    return { release: () => db?.close() };
  } catch (error) {
    db?.close();
    if (isBusy(error)) return null;
    throw asLedgerError(error, file);
  }
}

/** Makes a file before SQLite would, so that nobody else can ever read it; its companions take over its mode. */
export function makePrivate(file: string): void {
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
}

/**
 * Runs `work` while nobody else, in this process or another, runs any under the same name.
 * @param forMs how long to wait for others @throws LedgerError, `busy` where they take longer; then nothing was run
 */
export async function withLock<T>(
  sqlite: Sqlite,
  folder: string,
  name: string,
  work: () => Promise<T>,
  forMs: number = Number.POSITIVE_INFINITY,
): Promise<T> {
  const deadline = performance.now() + forMs;
  const file = path.join(folder, 'locks', `${sha256Hex(name).slice(0, FILES_DIGITS)}.lock`);
  let lock = tryLock(sqlite, file);
  while (lock === null) {
    if (performance.now() >= deadline) throw ledgerError('busy', file);
    await delay(RETRY_EVERY_MS);
    lock = tryLock(sqlite, file);
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}

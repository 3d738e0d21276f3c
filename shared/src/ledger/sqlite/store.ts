import { chmodSync, copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { asLedgerError, isBusy, isDamage, ledgerError } from './errors.ts';
import { type Lock, makePrivate, tryLock } from './lock.ts';
import { MIGRATIONS } from './schema.ts';

export type Sqlite = Pick<typeof import('node:sqlite'), 'DatabaseSync'>;

export interface StoreOptions {
  /** Folder of the state; made if it is missing, for its owner alone. */
  readonly folder: string;
  /** `undefined` where the runtime has none. */
  readonly sqlite: Sqlite | undefined;
  /** How long SQLite itself waits for others, blocking the process. */
  readonly busyTimeoutMs: number;
  /** How long an operation is tried again, without blocking, before it fails as busy. */
  readonly retryForMs: number;
  readonly now: () => number;
  /** Told, in a sentence, what happened to a file that was damaged. */
  readonly warn: (message: string) => void;
}

/** The database that every process of a user shares. */
export interface Store {
  readonly folder: string;
  readonly file: string;
  /** Runs `work` as one transaction that no other process interrupts. @throws LedgerError */
  write<T>(work: (db: DatabaseSync) => T): Promise<T>;
  /** Reads one state of the database. @throws LedgerError */
  read<T>(work: (db: DatabaseSync) => T): Promise<T>;
  /** Tries again, without blocking, while others keep what it needs busy. @throws LedgerError */
  patiently<T>(attempt: () => T): Promise<T>;
  /** Calls `changed` after every write, at once after one of this process, else within WATCH_EVERY_MS. @returns what ends it */
  watch(changed: () => void): () => void;
  close(): void;
}

const RETRY_EVERY_MS = 15;
/** 32 MB before it is written back, where SQLite's own 4 MB would be with every third page of a long pull. */
const WAL_PAGES = 8000;
const WATCH_EVERY_MS = 100;

/** Where the ledger of a folder stands, or would. */
export function ledgerFile(folder: string): string {
  return path.join(folder, 'ledger.sqlite');
}

/** Opens the store, makes it, or sets a damaged one aside and makes a new one. @throws LedgerError */
export function openStore(options: StoreOptions): Store {
  const { folder, sqlite } = options;
  const file = ledgerFile(folder);
  if (sqlite === undefined) throw ledgerError('unavailable', file);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return storeOver(openDatabase(sqlite, file, options), file, options);
  } catch (error) {
    throw asLedgerError(error, file);
  }
}

interface Opened {
  readonly db: DatabaseSync;
  /** Shared with all who use the file, so that it is set aside only while nobody does. */
  readonly use: Lock;
}

function openDatabase(sqlite: Sqlite, file: string, options: StoreOptions): Opened {
  const deadline = performance.now() + options.busyTimeoutMs;
  let wasSetAside = false;
  for (;;) {
    try {
      return opened(sqlite, file, options);
    } catch (error) {
      if (isDamage(error) && !wasSetAside && setAsideAlone(sqlite, file, options)) {
        wasSetAside = true;
        continue;
      }
      if (!isBusy(error) && !isDamage(error)) throw error;
      if (performance.now() >= deadline) throw isDamage(error) ? ledgerError('damaged', file, error) : error;
      // SQLite itself waits for nobody while it makes a file a WAL, and others may be about to set a damaged one aside.
      standStill(RETRY_EVERY_MS);
    }
  }
}

function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function opened(sqlite: Sqlite, file: string, options: StoreOptions): Opened {
  const use = tryLock(sqlite, useFile(options), { isShared: true, waitMs: options.busyTimeoutMs });
  if (use === null) throw ledgerError('busy', file);
  try {
    return { db: prepared(sqlite, file, options), use };
  } catch (error) {
    use.release();
    throw error;
  }
}

function useFile({ folder }: StoreOptions): string {
  return path.join(folder, 'in-use.lock');
}

class Damage extends Error {
  readonly errcode = 11;
}

function prepared(sqlite: Sqlite, file: string, { busyTimeoutMs }: StoreOptions): DatabaseSync {
  makePrivate(file);
  chmodSync(file, 0o600);
  const db = new sqlite.DatabaseSync(file, { timeout: busyTimeoutMs });
  try {
    // Before anything that reads the schema, which may be in words that only a newer SQLite knows.
    if (versionOf(db) > MIGRATIONS.length) throw ledgerError('newer', file);
    db.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF',
    );
    db.exec(`PRAGMA wal_autocheckpoint = ${WAL_PAGES}`);
    const check = db.prepare('PRAGMA quick_check(1)').get();
    if (check?.['quick_check'] !== 'ok') throw new Damage('the integrity check failed');
    migrate(db, file);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function migrate(db: DatabaseSync, file: string): void {
  if (versionOf(db) === MIGRATIONS.length) return;
  inTransaction(db, 'BEGIN IMMEDIATE', () => {
    // Looked at again, because another process may have been faster.
    const version = versionOf(db);
    if (version > MIGRATIONS.length) throw ledgerError('newer', file);
    for (const migration of MIGRATIONS.slice(version)) db.exec(migration);
    db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
  });
}

function versionOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
}

/** Sets the damaged file aside, unless another process was faster. @returns `false`: somebody uses it */
function setAsideAlone(sqlite: Sqlite, file: string, options: StoreOptions): boolean {
  // Not waited for: who waits to be alone keeps all others out, also those who find a sound one by now.
  const alone = tryLock(sqlite, useFile(options));
  if (alone === null) return false;
  try {
    prepared(sqlite, file, options).close();
  } catch (error) {
    if (!isDamage(error)) throw error;
    options.warn(setAside(file, options.now()));
  } finally {
    alone.release();
  }
  return true;
}

const COMPANIONS = ['-wal', '-shm'];

/** Keeps the damaged file with all that belongs to it, under a name that says when. */
function setAside(file: string, now: number): string {
  const name = `${file}.damaged-${new Date(now).toISOString().replace(/[:.]/g, '-')}`;
  let kept = name;
  const isTaken = () => ['', ...COMPANIONS].some((companion) => existsSync(kept + companion));
  for (let again = 2; isTaken(); again += 1) kept = `${name}-${again}`;
  const companions = COMPANIONS.filter((companion) => existsSync(file + companion));
  // Before the file itself: SQLite deletes a log that lies beside an empty one, and it may hold what is newest.
  for (const companion of companions) keepToo(file + companion, kept + companion);
  renameSync(file, kept);
  for (const companion of companions) rmSync(file + companion, { force: true });
  return `The ledger was damaged. It was kept whole as ${kept}, and a new one was begun; look there for earlier decisions, and in the vendors' portals for any that were under way.`;
}

function keepToo(file: string, kept: string): void {
  try {
    linkSync(file, kept);
  } catch {
    // Not every file system has links.
    copyFileSync(file, kept);
  }
}

function inTransaction<T>(db: DatabaseSync, begin: 'BEGIN' | 'BEGIN IMMEDIATE', work: () => T): T {
  db.exec(begin);
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk ends the transaction by itself.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

function storeOver({ db, use }: Opened, file: string, { folder, retryForMs }: StoreOptions): Store {
  async function patiently<T>(attempt: () => T): Promise<T> {
    const deadline = performance.now() + retryForMs;
    for (;;) {
      try {
        return attempt();
      } catch (error) {
        if (!isBusy(error) || performance.now() >= deadline) throw asLedgerError(error, file);
        await delay(RETRY_EVERY_MS);
      }
    }
  }
  /** A newer Countersign may have changed the tables since this process opened them. */
  function known<T>(work: (db: DatabaseSync) => T): T {
    if (versionOf(db) > MIGRATIONS.length) throw ledgerError('newer', file);
    return work(db);
  }
  const watching = watchingOver(db);
  return {
    folder,
    file,
    write: async (work) => {
      const written = await patiently(() => inTransaction(db, 'BEGIN IMMEDIATE', () => known(work)));
      watching.tell();
      return written;
    },
    read: (work) => patiently(() => inTransaction(db, 'BEGIN', () => known(work))),
    patiently,
    watch: watching.watch,
    close: () => {
      watching.end();
      db.close();
      use.release();
    },
  };
}

interface Watching {
  watch(changed: () => void): () => void;
  /** Tells of a write by this process, which SQLite doesn't count. */
  tell(): void;
  end(): void;
}

function watchingOver(db: DatabaseSync): Watching {
  const listeners = new Set<() => void>();
  // Grows when another process has written; asking costs microseconds.
  const version = db.prepare('PRAGMA data_version');
  const seen = () => {
    try {
      return Number(version.get()?.['data_version']);
    } catch {
      // Like nothing else, so that everybody looks, and finds out what is wrong.
      return Number.NaN;
    }
  };
  let timer: NodeJS.Timeout | undefined;
  const tell = () => {
    for (const changed of listeners) changed();
  };
  const start = () => {
    let last = seen();
    timer = setInterval(() => {
      const current = seen();
      if (current === last) return;
      last = current;
      tell();
    }, WATCH_EVERY_MS);
    // Waiting alone keeps no process alive.
    timer.unref();
  };
  const end = () => clearInterval(timer);
  return {
    tell,
    end,
    watch: (changed) => {
      if (listeners.size === 0) start();
      listeners.add(changed);
      return () => {
        if (listeners.delete(changed) && listeners.size === 0) end();
      };
    },
  };
}

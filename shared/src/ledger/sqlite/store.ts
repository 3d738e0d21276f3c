import { chmodSync, closeSync, existsSync, mkdirSync, openSync, renameSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { asLedgerError, isBusy, isDamage, ledgerError } from './errors.ts';
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
  /** Grows when another process has written; own writes don't count. Costs microseconds. @throws LedgerError */
  dataVersion(): number;
  close(): void;
}

const RETRY_EVERY_MS = 15;

/** Opens the store, makes it, or sets a damaged one aside and makes a new one. @throws LedgerError */
export function openStore(options: StoreOptions): Store {
  const { folder, sqlite } = options;
  const file = path.join(folder, 'ledger.sqlite');
  if (sqlite === undefined) throw ledgerError('unavailable', file);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const db = openDatabase(sqlite, file, options);
    return storeOver(db, file, options);
  } catch (error) {
    throw asLedgerError(error, file);
  }
}

function openDatabase(sqlite: Sqlite, file: string, options: StoreOptions): DatabaseSync {
  try {
    return prepared(sqlite, file, options);
  } catch (error) {
    if (!isDamage(error)) throw error;
    options.warn(setAside(file, options.now()));
    return prepared(sqlite, file, options);
  }
}

class Damage extends Error {
  readonly errcode = 11;
}

function prepared(sqlite: Sqlite, file: string, { busyTimeoutMs }: StoreOptions): DatabaseSync {
  // Made by us before SQLite would, so that nobody else can ever read it; its companions take over its mode.
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
  const db = new sqlite.DatabaseSync(file, { timeout: busyTimeoutMs });
  try {
    db.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF',
    );
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
  inTransaction(db, () => {
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

/** Keeps the damaged file with all that belongs to it, under a name that says when. */
function setAside(file: string, now: number): string {
  const kept = `${file}.damaged-${new Date(now).toISOString().replace(/[:.]/g, '-')}`;
  for (const companion of ['', '-wal', '-shm']) {
    if (existsSync(file + companion)) renameSync(file + companion, kept + companion);
  }
  return `The ledger was damaged. It was kept whole as ${kept}, and a new one was begun; look there for earlier decisions, and in the vendors' portals for any that were under way.`;
}

function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
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

function storeOver(db: DatabaseSync, file: string, { folder, retryForMs }: StoreOptions): Store {
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
  const dataVersion = db.prepare('PRAGMA data_version');
  return {
    folder,
    file,
    write: (work) => patiently(() => inTransaction(db, () => work(db))),
    read: (work) => patiently(() => work(db)),
    dataVersion: () => Number(dataVersion.get()?.['data_version']),
    close: () => db.close(),
  };
}

import { randomUUID } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { asLedgerError, ledgerError } from './errors.ts';
import { type Lock, tryLock } from './lock.ts';
import type { Sqlite } from './store.ts';

/** How the processes that share a ledger know of each other: a file each, locked until its process ends. */
export interface Processes {
  /** Names this process, which lives from then on until it leaves or ends, however it ends. @throws LedgerError */
  enter(): Present;
  /** The owners that live now; removes what those that were killed left behind. @throws LedgerError */
  living(): ReadonlySet<string>;
}

export interface Present {
  readonly owner: string;
  leave(): void;
}

/** @param waitMs how long to wait for others that enter or look, blocking the process */
export function processesIn(sqlite: Sqlite, state: string, waitMs: number): Processes {
  const folder = path.join(state, 'processes');
  const fileOf = (owner: string) => path.join(folder, `${owner}.lock`);
  const turn = (forMs: number) => tryLock(sqlite, `${folder}.lock`, { waitMs: forMs });

  /** A file that were removed between its making and its locking would be locked unseen: its process would live, and count as gone. */
  function inTurn<T>(work: () => T): T {
    const taken = turn(waitMs);
    if (taken === null) throw ledgerError('busy', `${folder}.lock`);
    try {
      return work();
    } catch (error) {
      throw asLedgerError(error, folder);
    } finally {
      taken.release();
    }
  }

  /** Once its process has ended. @returns whether it had */
  function wasLeft(owner: string): boolean {
    const lock = tryLock(sqlite, fileOf(owner));
    lock?.release();
    if (lock !== null) removeFile(fileOf(owner));
    return lock !== null;
  }

  function leave(owner: string, alive: Lock): void {
    alive.release();
    let taken: Lock | null = null;
    try {
      taken = turn(0);
    } catch {
      // Whoever looks next removes it.
    }
    if (taken === null) return;
    removeFile(fileOf(owner));
    taken.release();
  }

  return {
    enter: () => {
      const owner = randomUUID();
      const alive = inTurn(() => tryLock(sqlite, fileOf(owner)));
      if (alive === null) throw ledgerError('busy', fileOf(owner));
      return { owner, leave: () => leave(owner, alive) };
    },
    living: () => inTurn(() => new Set(ownersIn(folder).filter((owner) => !wasLeft(owner)))),
  };
}

function ownersIn(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => /^([0-9a-f-]{36})\.lock$/.exec(name)?.[1] ?? []);
}

function removeFile(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // It stays, and is removed another time.
  }
}

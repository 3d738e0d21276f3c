import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { DecisionId, Plan, RequestReference } from '../../approval/index.ts';
import { verifyRows } from '../journal.ts';
import type { Ledger, Unfinished } from '../ledger.ts';
import {
  insertDecision,
  isUnsettled,
  readDecision,
  recordOutcome,
  setPhase,
  subjectOf,
  whyNotOpen,
} from './decision-table.ts';
import { ledgerError } from './errors.ts';
import { allRowsOf, append, headOf, ledgerId, rowsOf } from './journal-table.ts';
import { type Lock, tryLock, withLock } from './lock.ts';
import { openStore, type Sqlite, type Store, type StoreOptions } from './store.ts';

export interface OpenLedger extends Ledger {
  /** What was said of a damaged file that was set aside when this one was opened; `null` when there was none. */
  readonly damage: string | null;
  close(): void;
}

const RULES = { plansPerClient: 5, quietAfterDeclineMs: 10 * 60_000 };

/**
 * The ledger in SQLite, shared by every process of the user.
 * @throws LedgerError when it can't be opened; then nothing may be decided
 */
export function openLedger(options: StoreOptions): OpenLedger {
  let damage: string | null = null;
  const warn = (message: string) => {
    damage = message;
    options.warn(message);
  };
  const store = openStore({ ...options, warn });
  // Checked by openStore: without SQLite there is no store.
  const sqlite = options.sqlite as Sqlite;
  const owner = randomUUID();
  const alive = aliveAs(store, sqlite, owner);
  return {
    damage,
    ...ledgerOver(store, sqlite, options.now, owner),
    close: () => {
      alive.release();
      rmSync(ownerFile(store, owner), { force: true });
      store.close();
    },
  };
}

function aliveAs(store: Store, sqlite: Sqlite, owner: string): Lock {
  try {
    const alive = tryLock(sqlite, ownerFile(store, owner));
    if (alive === null) throw ledgerError('busy', ownerFile(store, owner));
    return alive;
  } catch (error) {
    store.close();
    throw error;
  }
}

/** Locked while the process lives, so that others can tell. */
function ownerFile({ folder }: Store, owner: string): string {
  return path.join(folder, 'processes', `${owner}.lock`);
}

function ledgerOver(store: Store, sqlite: Sqlite, now: () => number, owner: string): Ledger {
  // Begun by this process and not at their end yet; nobody but it may say what becomes of them.
  const underWay = new Set<string>();
  const key = (decision: DecisionId, request: RequestReference) => `${decision} ${request}`;
  return {
    open: (plan, digest, confirmText, proposer) =>
      store.write((db) => {
        const time = now();
        expireUnanswered(db, time);
        const because = whyNotOpen(db, plan.targets, proposer, time, RULES);
        if (because !== null) return { opened: false, because };
        insertDecision(db, { plan, digest, confirmText, proposer }, time);
        append(db, { decision: plan.decision, phase: 'planned', data: { plan, digest, proposer } }, time);
        return { opened: true };
      }),

    read: (decision) => store.read((db) => readDecision(db, decision)),

    answer: (decision, answer, channel) =>
      store.write((db) => {
        const time = now();
        const taken = db
          .prepare(
            "UPDATE decisions SET phase = ?, channel = ?, owner = ?, answered = ? WHERE decision = ? AND phase = 'planned'",
          )
          .run(answer, channel, owner, time, decision);
        if (taken.changes === 0) return false;
        append(db, { decision, phase: answer, data: { channel } }, time);
        return true;
      }),

    begin: async (decision, request) => {
      const isBegun = await store.write((db) => {
        const time = now();
        // Only for the process that took the answer, only while it stands, and only once.
        const begun = db
          .prepare(
            `UPDATE targets SET begun = ? WHERE decision = ? AND request = ? AND begun IS NULL AND outcome IS NULL
             AND EXISTS (SELECT 1 FROM decisions d
                         WHERE d.decision = targets.decision AND d.phase IN ('confirmed', 'executing') AND d.owner = ?)`,
          )
          .run(time, decision, request, owner);
        if (begun.changes === 0) return false;
        setPhase(db, decision, 'executing');
        append(db, { decision, phase: 'executing', request, data: {} }, time);
        return true;
      });
      if (isBegun) underWay.add(key(decision, request));
      return isBegun;
    },

    finish: async (decision, outcome) => {
      try {
        await store.write((db) => {
          recordOutcome(db, decision, outcome);
          append(db, { decision, phase: outcome.status, request: outcome.request, data: outcome }, now());
        });
      } finally {
        // Also when it can't be recorded: then what became of the write is to be found out.
        underWay.delete(key(decision, outcome.request));
      }
    },

    exclusively: (fingerprint, request, work) => withLock(sqlite, store.folder, subjectOf(fingerprint, request), work),

    takeOver: async () => {
      const owners = await store.read(unsettledOwners);
      const gone = owners.filter((other) => other !== owner && isGone(store, sqlite, other));
      return await store.write((db) => {
        for (const other of gone) takeOverFrom(db, other, owner, now());
        return unsettledOf(db, owner).filter(({ plan, request }) => !underWay.has(key(plan.decision, request)));
      });
    },

    reconcile: (decision, outcome) =>
      store.write((db) => {
        // Still unknown is no news, and what somebody else found out meanwhile is none either.
        if (outcome.status === 'unknown' || !isUnsettled(db, decision, outcome.request)) return;
        recordOutcome(db, decision, outcome);
        append(db, { decision, phase: 'reconciled', request: outcome.request, data: outcome }, now());
      }),

    head: () => store.write(headOf),

    rows: (after, limit) => store.read((db) => rowsOf(db, after, limit)),

    verify: (known) => store.write((db) => [...verifyRows(allRowsOf(db), ledgerId(db), known)]),
  };
}

/** Plans that nobody answered in time make room for others. */
function expireUnanswered(db: DatabaseSync, time: number): void {
  for (const row of db.prepare("SELECT decision FROM decisions WHERE phase = 'planned' AND expires <= ?").all(time)) {
    expire(db, String(row['decision']) as DecisionId, 'nobody answered in time', time);
  }
}

function expire(db: DatabaseSync, decision: DecisionId, because: string, time: number): void {
  setPhase(db, decision, 'expired');
  append(db, { decision, phase: 'expired', data: { because } }, time);
}

/** Processes that took an answer and have not brought all of it to an end. */
function unsettledOwners(db: DatabaseSync): readonly string[] {
  return db
    .prepare(
      `SELECT DISTINCT owner FROM decisions d WHERE owner IS NOT NULL AND (phase IN ('confirmed', 'executing')
       OR EXISTS (SELECT 1 FROM targets t WHERE t.decision = d.decision AND t.begun IS NOT NULL AND t.settled = 0))`,
    )
    .all()
    .map((row) => String(row['owner']));
}

function isGone(store: Store, sqlite: Sqlite, owner: string): boolean {
  const file = ownerFile(store, owner);
  // Removed at an orderly end, and locked until then.
  if (!existsSync(file)) return true;
  const lock = tryLock(sqlite, file);
  lock?.release();
  return lock !== null;
}

/** What was confirmed but not begun expires; what was begun gets a new owner, who may find out what became of it. */
function takeOverFrom(db: DatabaseSync, gone: string, owner: string, time: number): void {
  const unbegun = db
    .prepare(
      `SELECT t.decision, t.request FROM targets t JOIN decisions d USING (decision)
       WHERE d.owner = ? AND d.phase IN ('confirmed', 'executing') AND t.begun IS NULL AND t.outcome IS NULL`,
    )
    .all(gone);
  for (const row of unbegun) {
    const decision = String(row['decision']) as DecisionId;
    const request = String(row['request']) as RequestReference;
    const message = 'The process that was to carry it out ended before it began. Nothing was sent.';
    const outcome = { request, status: 'expired', message } as const;
    recordOutcome(db, decision, outcome);
    append(db, { decision, phase: 'expired', request, data: outcome }, time);
  }
  db.prepare('UPDATE decisions SET owner = ? WHERE owner = ?').run(owner, gone);
}

/** Writes of this owner that were begun and have no outcome, and anybody's whose outcome is unknown: they are over. */
function unsettledOf(db: DatabaseSync, owner: string): readonly Unfinished[] {
  return db
    .prepare(
      `SELECT d.plan, t.request FROM targets t JOIN decisions d USING (decision)
       WHERE t.begun IS NOT NULL AND t.settled = 0 AND (d.owner = ? OR t.outcome IS NOT NULL) ORDER BY t.begun`,
    )
    .all(owner)
    .map((row) => ({
      plan: JSON.parse(String(row['plan'])) as Plan,
      request: String(row['request']) as RequestReference,
    }));
}

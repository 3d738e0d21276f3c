import { setImmediate as othersTurn } from 'node:timers/promises';
import type { DecisionId, RequestReference } from '../../approval/index.ts';
import { type JournalRow, verifyRows } from '../journal.ts';
import type { Ledger, OpenResult } from '../ledger.ts';
import { leaveCountersignature, listenAs, listeningKeys, stopListeningAs } from './countersignatures.ts';
import {
  earlierDecisions,
  familiarityOf,
  insertDecision,
  listDecisions,
  readDecision,
  recordOutcome,
  setPhase,
  settle,
  settleEarlier,
  subjectOf,
  waitingDecisions,
  whyNotOpen,
} from './decision-table.ts';
import { append, confirmedFor, hasLine, headOf, ledgerId, partOf, rowsAbout, rowsOf } from './journal-table.ts';
import { withLock } from './lock.ts';
import { beginPull, keepPulled, openOf, outboxOf, pullOf, takeLines, toldOf } from './offload.ts';
import { type Present, type Processes, processesIn } from './processes.ts';
import { announce, dropSnapshot, keepSnapshot, snapshotOf } from './readings.ts';
import { openStore, type Sqlite, type Store, type StoreOptions } from './store.ts';
import {
  closeDecision,
  closeSuperseded,
  expireUnanswered,
  takeOverFrom,
  unsettledOf,
  unsettledOwners,
} from './take-over.ts';
import { endTurn, holderOf, takeTurn } from './turns.ts';

export interface OpenLedger extends Ledger {
  /** What was said of a damaged file that was set aside when this one was opened; `null` when there was none. */
  readonly damage: string | null;
  close(): void;
}

/** Lines that are read at a time: a few milliseconds' worth. */
const PART = 250;
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
  const processes = processesIn(sqlite, store.folder, options.busyTimeoutMs);
  const self = entered(processes, store);
  return {
    damage,
    ...ledgerOver(store, sqlite, options.now, processes, self.owner),
    close: () => {
      self.leave();
      store.close();
    },
  };
}

function entered(processes: Processes, store: Store): Present {
  try {
    return processes.enter();
  } catch (error) {
    store.close();
    throw error;
  }
}

function ledgerOver(store: Store, sqlite: Sqlite, now: () => number, processes: Processes, owner: string): Ledger {
  // Begun by this process and not at their end yet; nobody but it may say what becomes of them.
  const underWay = new Set<string>();
  const key = (decision: DecisionId, request: RequestReference) => `${decision} ${request}`;
  // Proposed by this process, and no answer taken: kept here too, because rows can be set back by hand.
  const unanswered = new Set<DecisionId>();
  const isOurs = (decision: DecisionId, other: string) => other === owner && unanswered.has(decision);
  return {
    open: async (plan, digest, proposer, channel) => {
      const result = await store.write((db): OpenResult => {
        const time = now();
        expireUnanswered(db, time);
        db.exec('SAVEPOINT superseding');
        closeSuperseded(db, plan.targets, proposer, time);
        const notOpened = whyNotOpen(db, plan.targets, proposer, time, RULES);
        if (notOpened !== null) {
          // Nothing gives way to a plan that is not opened.
          db.exec('ROLLBACK TO superseding');
          return notOpened;
        }
        const entry = { decision: plan.decision, phase: 'planned', data: { plan, digest, proposer, channel } } as const;
        const { seq } = append(db, entry, time);
        insertDecision(db, { plan, digest, proposer, channel, owner, seq }, time);
        return { opened: true };
      });
      if (result.opened) unanswered.add(plan.decision);
      return result;
    },

    read: (decision) => store.read((db) => readDecision(db, decision, isOurs)),

    list: (filter) => store.read((db) => listDecisions(db, filter, isOurs)),

    confirmedFor: (ticket) => store.read((db) => confirmedFor(db, ticket)),

    waiting: (channel) => store.read((db) => waitingDecisions(db, channel, now(), isOurs)),

    familiarity: (signer, accounts) => store.read((db) => familiarityOf(db, signer, accounts)),

    earlier: (request, limit, accounts) => store.read((db) => earlierDecisions(db, request, limit, accounts)),

    answer: async (decision, answer, answered, because) => {
      const isTaken = await store.write((db) => {
        const time = now();
        // An answer that the journal has holds, whatever somebody made of the row since.
        if (hasLine(db, decision, 'confirmed')) return false;
        const taken = db
          .prepare(
            `UPDATE decisions SET phase = ?, closed_because = ?, answered = ?, owner = ?, answered_at = ?
             WHERE decision = ? AND phase = 'planned'`,
          )
          .run(answer, because ?? null, JSON.stringify(answered), owner, time, decision);
        if (taken.changes === 0) return false;
        append(db, { decision, phase: answer, data: { ...answered, because } }, time);
        return true;
      });
      unanswered.delete(decision);
      return isTaken;
    },

    closePlan: (decision, phase, because) => store.write((db) => closeDecision(db, decision, phase, because, now())),

    withdraw: (client, because) =>
      store.write((db) => {
        const open = db.prepare("SELECT decision FROM decisions WHERE client = ? AND phase = 'planned'").all(client);
        for (const row of open) closeDecision(db, String(row['decision']) as DecisionId, 'refused', because, now());
      }),

    begin: (decision, request) =>
      store.write((db) => {
        const time = now();
        if (hasLine(db, decision, 'executing', request)) return false;
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
        settleEarlier(db, decision, request);
        append(db, { decision, phase: 'executing', request, data: {} }, time);
        // Before anybody else has a turn who looks for what was begun and left.
        underWay.add(key(decision, request));
        return true;
      }),

    finish: async (decision, outcome) => {
      try {
        await store.write((db) => {
          const time = now();
          recordOutcome(db, decision, outcome, time);
          append(db, { decision, phase: outcome.status, request: outcome.request, data: outcome }, time);
        });
      } finally {
        // Also when it can't be recorded: then what became of the write is to be found out.
        underWay.delete(key(decision, outcome.request));
      }
    },

    exclusively: (fingerprint, request, work) => withLock(sqlite, store.folder, subjectOf(fingerprint, request), work),

    takeOver: async () => {
      const owners = await store.read(unsettledOwners);
      // Looked at after they were read: whoever had written something then lived then.
      const living = await store.patiently(processes.living);
      const gone = owners.filter((other) => other !== owner && !living.has(other));
      if (gone.length > 0) {
        await store.write((db) => {
          for (const other of gone) takeOverFrom(db, other, owner, now());
        });
      }
      const unsettled = await store.read((db) => unsettledOf(db, owner));
      return unsettled.filter(({ plan, request }) => !underWay.has(key(plan.decision, request)));
    },

    reconcile: (decision, outcome) =>
      store.write((db) => {
        const time = now();
        if (!settle(db, decision, outcome, time)) return;
        append(db, { decision, phase: 'reconciled', request: outcome.request, data: outcome }, time);
      }),

    leave: (countersignature) => store.write((db) => leaveCountersignature(db, countersignature, now())),
    listen: (keyId) => store.write((db) => listenAs(db, owner, keyId, now())),
    stopListening: () => store.write((db) => stopListeningAs(db, owner)),
    listening: () => store.read((db) => listeningKeys(db, now())),
    watch: store.watch,

    head: () => store.read(headOf),
    rows: (after, limit) => store.read((db) => rowsOf(db, after, limit)),
    lines: (decision) => store.read((db) => rowsAbout(db, decision)),
    verify: async (known) => await verifyRows(partsOf(store), await store.read(ledgerId), known),

    announce: (scope, subjects) => store.write((db) => announce(db, scope, subjects, now())),
    keepSnapshot: (source, snapshot) => store.write((db) => keepSnapshot(db, source, snapshot, now())),
    snapshot: (source, after) => store.read((db) => snapshotOf(db, source, now(), after)),
    dropSnapshot: (source) => store.write((db) => dropSnapshot(db, source)),

    takeTurn: async (source, forMs) => {
      const holder = await store.read((db) => holderOf(db, source, now()));
      if (holder !== null && holder !== owner) {
        const living = await store.patiently(processes.living);
        if (living.has(holder)) return false;
      }
      // Another process may be faster; then the holder is not the one who is gone.
      return await store.write((db) => takeTurn(db, source, { owner, gone: holder }, now(), now() + forMs));
    },
    endTurn: (source) => store.write((db) => endTurn(db, source, owner)),

    pull: (account) => store.read((db) => pullOf(db, account)),
    beginPull: (account, fingerprint, since) => store.write((db) => beginPull(db, account, fingerprint, since)),
    toldOf: (account, ids) => store.read((db) => toldOf(db, account, ids)),
    openOf: (account) => store.read((db) => openOf(db, account)),
    keepPulled: (account, part) => store.write((db) => keepPulled(db, account, part, now())),
    outbox: (accounts, after) => store.read((db) => outboxOf(db, accounts, after)),
    taken: (accounts, upTo) => store.write((db) => takeLines(db, accounts, upTo)),
  };
}

/** Every line in parts, with turns for others between them. Nothing but a new end is ever added meanwhile. */
async function* partsOf(store: Store): AsyncGenerator<readonly JournalRow[]> {
  let after: string | null = null;
  for (;;) {
    const { rows, last }: ReturnType<typeof partOf> = await store.read((db) => partOf(db, after, PART));
    if (last === null) return;
    yield rows;
    after = last;
    await othersTurn();
  }
}

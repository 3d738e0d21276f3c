import type { DatabaseSync } from 'node:sqlite';
import { canonicalJson, type DecisionId, type RequestReference } from '../../approval/index.ts';
import { firstDigest, type JournalHead, type JournalRow, rowDigest } from '../journal.ts';
import type { DecisionPhase } from '../ledger.ts';
import { TICKET } from './schema.ts';

export interface JournalEntry {
  readonly decision: DecisionId;
  readonly phase: DecisionPhase;
  readonly request?: RequestReference;
  readonly data: unknown;
}

/** Adds a line. Only within a transaction, so that no other process adds one in between. */
export function append(db: DatabaseSync, { decision, phase, request, data }: JournalEntry, now: number): JournalHead {
  const head = headOf(db);
  const row = {
    seq: head.seq + 1,
    at: new Date(now).toISOString(),
    decision,
    phase,
    request: request ?? '',
    data: canonicalJson(data),
    previous: head.digest,
  };
  const digest = rowDigest(row);
  db.prepare(
    'INSERT INTO journal (seq, at, decision, phase, request, data, previous, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  ).run(row.seq, row.at, row.decision, row.phase, row.request, row.data, row.previous, digest);
  return { seq: row.seq, digest };
}

export function headOf(db: DatabaseSync): JournalHead {
  const last = db.prepare('SELECT seq, digest FROM journal ORDER BY seq DESC LIMIT 1').get();
  return last
    ? { seq: Number(last['seq']), digest: String(last['digest']) }
    : { seq: 0, digest: firstDigest(ledgerId(db)) };
}

/** A random id, made with the ledger. */
export function ledgerId(db: DatabaseSync): string {
  return String(db.prepare("SELECT value FROM meta WHERE name = 'ledger'").get()?.['value']);
}

export type DecisionLine = Pick<JournalRow, 'phase' | 'request' | 'data'>;

/** What the journal says of one decision, oldest first. */
export function linesOf(db: DatabaseSync, decision: string): readonly DecisionLine[] {
  return db
    .prepare('SELECT phase, request, data FROM journal WHERE decision = ? ORDER BY seq')
    .all(decision)
    .map((line) => ({
      phase: String(line['phase']),
      request: String(line['request']),
      data: String(line['data']),
    }));
}

/** Whether the journal has a line of this phase. What it once said holds, whatever stands beside it. */
export function hasLine(
  db: DatabaseSync,
  decision: DecisionId,
  phase: DecisionPhase,
  request: RequestReference | '' = '',
): boolean {
  const line = db.prepare('SELECT 1 FROM journal WHERE decision = ? AND phase = ? AND request = ?');
  return line.get(decision, phase, request) !== undefined;
}

export function confirmedFor(db: DatabaseSync, ticket: string): readonly DecisionId[] {
  return db
    .prepare(`SELECT decision FROM journal WHERE phase = 'confirmed' AND ${TICKET} = ? ORDER BY seq DESC`)
    .all(ticket)
    .map(({ decision }) => String(decision) as DecisionId);
}

// As text, because what somebody else put there may be more than a number holds.
const COLUMNS = 'CAST(seq AS TEXT) AS seq, at, decision, phase, request, data, previous, digest';

export function rowsOf(db: DatabaseSync, after: number, limit: number): readonly JournalRow[] {
  return db
    .prepare(`SELECT ${COLUMNS} FROM journal WHERE journal.seq > ? ORDER BY journal.seq LIMIT ?`)
    .all(after, limit)
    .map(rowOf);
}

/** Every line of one decision, oldest first. */
export function rowsAbout(db: DatabaseSync, decision: DecisionId): readonly JournalRow[] {
  return db.prepare(`SELECT ${COLUMNS} FROM journal WHERE decision = ? ORDER BY journal.seq`).all(decision).map(rowOf);
}

/** A part of every line that there is, also where none should be. @param after the place that the part before told; `null`: none */
export function partOf(
  db: DatabaseSync,
  after: string | null,
  limit: number,
): { readonly rows: readonly JournalRow[]; readonly last: string | null } {
  const from = after === null ? '' : 'WHERE journal.seq > CAST(:after AS INTEGER)';
  const found = db
    .prepare(`SELECT ${COLUMNS} FROM journal ${from} ORDER BY journal.seq LIMIT :limit`)
    .all(after === null ? { limit } : { after, limit });
  const last = found.at(-1);
  return { rows: found.map(rowOf), last: last ? String(last['seq']) : null };
}

function rowOf(row: Readonly<Record<string, unknown>>): JournalRow {
  return {
    seq: Number(row['seq']),
    at: String(row['at']),
    decision: String(row['decision']),
    phase: String(row['phase']),
    request: String(row['request']),
    data: String(row['data']),
    previous: String(row['previous']),
    digest: String(row['digest']),
  };
}

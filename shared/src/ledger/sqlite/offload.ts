import type { DatabaseSync } from 'node:sqlite';
import type { VendorId } from '../../approval/index.ts';
import type { KeptPart, OutboxLines, Pull, PulledPart, ToldRequest } from '../offload.ts';

const DAY = 24 * 60 * 60_000;
/** What is decided and wasn't seen for so long is told once more if the vendor ever brings it up again. */
const TOLD_FOR = 90 * DAY;

export function pullOf(db: DatabaseSync, account: string): Pull | null {
  const row = db.prepare('SELECT fingerprint, since, cursor, revision FROM pulls WHERE account = ?').get(account);
  if (!row) return null;
  const { fingerprint, since, cursor, revision } = row;
  return {
    fingerprint: String(fingerprint),
    since: since === null ? null : Number(since),
    cursor: cursor === null ? null : String(cursor),
    revision: Number(revision),
  };
}

export function beginPull(db: DatabaseSync, account: string, fingerprint: string, since: number | null): Pull {
  const revision = (pullOf(db, account)?.revision ?? 0) + 1;
  db.prepare('DELETE FROM told WHERE account = ?').run(account);
  db.prepare(
    `INSERT INTO pulls (account, fingerprint, since, cursor, revision) VALUES (:account, :fingerprint, :since, NULL, :revision)
     ON CONFLICT (account) DO UPDATE SET fingerprint = excluded.fingerprint, since = excluded.since, cursor = NULL,
       revision = excluded.revision`,
  ).run({ account, fingerprint, since, revision });
  return { fingerprint, since, cursor: null, revision };
}

export function toldOf(
  db: DatabaseSync,
  account: string,
  ids: readonly VendorId[],
): ReadonlyMap<VendorId, ToldRequest> {
  const one = db.prepare('SELECT id, status, open, organization FROM told WHERE account = ? AND id = ?');
  const told = ids.flatMap((id) => {
    const row = one.get(account, id);
    return row ? [toldFrom(row)] : [];
  });
  return new Map(told.map((request) => [request.id, request]));
}

export function openOf(db: DatabaseSync, account: string): readonly ToldRequest[] {
  return db
    .prepare('SELECT id, status, open, organization FROM told WHERE account = ? AND open = 1 ORDER BY id')
    .all(account)
    .map(toldFrom);
}

function toldFrom({ id, status, open, organization }: Record<string, unknown>): ToldRequest {
  return {
    id: String(id) as VendorId,
    status: String(status),
    isOpen: open === 1,
    organization: organization === null ? null : String(organization),
  };
}

export function keepPulled(db: DatabaseSync, account: string, part: PulledPart, time: number): KeptPart | null {
  const revision = part.revision + 1;
  const moved = db
    .prepare('UPDATE pulls SET revision = ?, cursor = ifnull(?, cursor) WHERE account = ? AND revision = ?')
    .run(revision, part.cursor ?? null, account, part.revision);
  if (moved.changes === 0) return null;
  const tell = db.prepare(
    `INSERT INTO told (account, id, status, open, organization, at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (account, id) DO UPDATE SET status = excluded.status, open = excluded.open,
       organization = excluded.organization, at = excluded.at`,
  );
  for (const { id, status, isOpen, organization } of part.told) {
    tell.run(account, id, status, isOpen ? 1 : 0, organization, time);
  }
  // Not with every reading, which would write a page for each that stands in a list.
  const see = db.prepare('UPDATE told SET at = ? WHERE account = ? AND id = ? AND at < ?');
  for (const id of part.seen) see.run(time, account, id, time - DAY);
  const forget = db.prepare('DELETE FROM told WHERE account = ? AND id = ?');
  for (const id of part.gone) forget.run(account, id);
  // With the end of a reading, which names where the next one begins, rather than with each of its parts.
  if (part.lines.length === 0 && part.cursor !== undefined) {
    db.prepare('DELETE FROM told WHERE account = ? AND open = 0 AND at < ?').run(account, time - TOLD_FOR);
  }
  if (part.taken !== undefined) takeLines(db, [account], part.taken);
  return { revision, first: append(db, account, part.lines, time) };
}

function append(db: DatabaseSync, account: string, lines: readonly string[], time: number): number {
  // The clock's, where it is ahead: so a ledger that is new, or restored, gives no number that the one before it gave.
  const first = Math.max(nextNumber(db), time);
  if (lines.length === 0) return first;
  db.prepare('INSERT INTO outbox (first, last, account, lines) VALUES (?, ?, ?, ?)').run(
    first,
    first + lines.length - 1,
    account,
    lines.join('\n'),
  );
  // Kept apart, because numbers are never given twice, and the outbox is empty most of the time.
  db.prepare(
    "INSERT INTO meta (name, value) VALUES ('outbox', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
  ).run(String(first + lines.length));
  return first;
}

function nextNumber(db: DatabaseSync): number {
  return Number(db.prepare("SELECT value FROM meta WHERE name = 'outbox'").get()?.['value'] ?? 1);
}

export function outboxOf(db: DatabaseSync, accounts: readonly string[], after: number): OutboxLines | null {
  const row = db
    .prepare(
      `SELECT first, account, lines FROM outbox
       WHERE last > ? AND account IN (SELECT value FROM json_each(?)) ORDER BY first LIMIT 1`,
    )
    .get(after, JSON.stringify(accounts));
  if (!row) return null;
  const first = Math.max(Number(row['first']), after + 1);
  const lines = String(row['lines'])
    .split('\n')
    .slice(first - Number(row['first']));
  return { account: String(row['account']), first, lines };
}

export function takeLines(db: DatabaseSync, accounts: readonly string[], upTo: number): boolean {
  const of = JSON.stringify(accounts);
  const whose = 'account IN (SELECT value FROM json_each(:of))';
  const begun = db.prepare(
    `SELECT first, last FROM outbox WHERE first <= :upTo AND ${whose} ORDER BY first DESC LIMIT 1`,
  );
  const row = begun.get({ upTo, of });
  // Only a line that is here says something of those before it: any other number may be another ledger's.
  if (!row) return upTo < nextNumber(db);
  if (Number(row['last']) < upTo) return false;
  db.prepare(`DELETE FROM outbox WHERE last <= :upTo AND ${whose}`).run({ upTo, of });
  if (Number(row['last']) === upTo) return true;
  const first = Number(row['first']);
  const { lines } = db.prepare('SELECT lines FROM outbox WHERE first = ?').get(first) ?? {};
  const left = String(lines)
    .split('\n')
    .slice(upTo + 1 - first);
  db.prepare('UPDATE outbox SET first = ?, lines = ? WHERE first = ?').run(upTo + 1, left.join('\n'), first);
  return true;
}

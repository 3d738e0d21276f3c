import type { DatabaseSync } from 'node:sqlite';
import type { Snapshot } from '../ledger.ts';
import { subjectOf } from './decision-table.ts';

// What was read of the vendors' queues, for what comes after.

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Since anybody last asked. What waits for as long is asked about whenever an editor starts. */
const ANNOUNCED_FOR = 90 * DAY;

export function announce<Subject extends string>(
  db: DatabaseSync,
  scope: string,
  subjects: readonly Subject[],
  time: number,
): readonly Subject[] {
  db.prepare('DELETE FROM announced WHERE at < ?').run(time - ANNOUNCED_FOR);
  const again = db.prepare('UPDATE announced SET at = max(at, ?) WHERE subject = ?');
  const mark = db.prepare('INSERT INTO announced (subject, at) VALUES (?, ?)');
  return subjects.filter((subject) => {
    const known = subjectOf(scope, subject);
    if (again.run(time, known).changes === 1) return false;
    mark.run(known, time);
    return true;
  });
}

/** Older than this a queue tells nothing about what waits, and accounts that are no longer there leave nothing behind. */
const KEPT_FOR = 30 * DAY;

export function keepSnapshot(db: DatabaseSync, source: string, { at, content }: Snapshot, time: number): void {
  db.prepare('DELETE FROM snapshots WHERE at < ?').run(instant(time - KEPT_FOR));
  // One from the future was taken while the clock was wrong, and would stand for as long as it was.
  db.prepare(
    `INSERT INTO snapshots (source, at, requests) VALUES (:source, :at, :content)
     ON CONFLICT (source) DO UPDATE SET at = excluded.at, requests = excluded.requests
     WHERE snapshots.at > :now
        OR excluded.at > snapshots.at AND (excluded.requests <> snapshots.requests OR snapshots.at <= :minuteBefore)`,
  ).run({ source, at, content, now: instant(time), minuteBefore: instant(Date.parse(at) - MINUTE) });
}

export function snapshotOf(db: DatabaseSync, source: string, time: number, after = ''): Snapshot | null {
  const row = db
    .prepare('SELECT at, requests FROM snapshots WHERE source = ? AND at BETWEEN ? AND ? AND at > ?')
    .get(source, instant(time - KEPT_FOR), instant(time), after);
  return row ? { at: String(row['at']), content: String(row['requests']) } : null;
}

export function dropSnapshot(db: DatabaseSync, source: string): void {
  db.prepare('DELETE FROM snapshots WHERE source = ?').run(source);
}

/** All of one length, so that their order is that of their letters. */
function instant(time: number): string {
  return new Date(time).toISOString();
}

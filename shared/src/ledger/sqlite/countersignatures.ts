import type { DatabaseSync } from 'node:sqlite';
import { type Countersignature, canonicalJson } from '../../approval/index.ts';

/** How long it counts that somebody said they listen. */
const HEARTBEAT_MS = 10_000;

export function leaveCountersignature(db: DatabaseSync, countersignature: Countersignature, time: number): boolean {
  const left = db
    .prepare(
      `INSERT INTO countersignatures (decision, countersignature)
       SELECT decision, :countersignature FROM decisions
       WHERE decision = :decision AND phase = 'planned' AND expires > :time
       ON CONFLICT DO NOTHING`,
    )
    .run({
      decision: countersignature.decision,
      countersignature: canonicalJson(countersignature),
      time,
    });
  return left.changes === 1;
}

export function listenAs(db: DatabaseSync, owner: string, key: string, time: number): void {
  db.prepare('DELETE FROM listeners WHERE seen < ?').run(time - HEARTBEAT_MS);
  db.prepare(
    `INSERT INTO listeners (owner, key, seen) VALUES (?, ?, ?)
     ON CONFLICT (owner) DO UPDATE SET key = excluded.key, seen = excluded.seen`,
  ).run(owner, key, time);
}

export function stopListeningAs(db: DatabaseSync, owner: string): void {
  db.prepare('DELETE FROM listeners WHERE owner = ?').run(owner);
}

/** Seen in the future counts for nothing: then a clock went back. */
export function listeningKeys(db: DatabaseSync, time: number): readonly string[] {
  return db
    .prepare('SELECT DISTINCT key FROM listeners WHERE seen BETWEEN ? AND ?')
    .all(time - HEARTBEAT_MS, time)
    .map((row) => String(row['key']));
}

import type { DatabaseSync } from 'node:sqlite';
import type { ApprovalRequest, RequestReference } from '../../approval/index.ts';
import type { Snapshot } from '../ledger.ts';
import { subjectOf } from './decision-table.ts';

// What was read of the vendors' queues, for what comes after.

export function cursorOf(db: DatabaseSync, fingerprint: string): number | null {
  const row = db.prepare('SELECT highest FROM cursors WHERE fingerprint = ?').get(fingerprint);
  return row ? Number(row['highest']) : null;
}

export function moveCursor(db: DatabaseSync, fingerprint: string, highest: number): void {
  db.prepare(
    `INSERT INTO cursors (fingerprint, highest) VALUES (?, ?)
     ON CONFLICT (fingerprint) DO UPDATE SET highest = max(highest, excluded.highest)`,
  ).run(fingerprint, highest);
}

export function announce(
  db: DatabaseSync,
  fingerprint: string,
  requests: readonly RequestReference[],
  time: number,
): readonly RequestReference[] {
  const mark = db.prepare('INSERT INTO announced (subject, at) VALUES (?, ?) ON CONFLICT DO NOTHING');
  return requests.filter((request) => mark.run(subjectOf(fingerprint, request), time).changes === 1);
}

export function keepSnapshot(db: DatabaseSync, source: string, { at, requests }: Snapshot): void {
  db.prepare(
    `INSERT INTO snapshots (source, at, requests) VALUES (?, ?, ?)
     ON CONFLICT (source) DO UPDATE SET at = excluded.at, requests = excluded.requests
     WHERE excluded.at > snapshots.at`,
  ).run(source, at, JSON.stringify(requests));
}

export function snapshotOf(db: DatabaseSync, source: string): Snapshot | null {
  const row = db.prepare('SELECT at, requests FROM snapshots WHERE source = ?').get(source);
  if (!row) return null;
  return { at: String(row['at']), requests: JSON.parse(String(row['requests'])) as readonly ApprovalRequest[] };
}

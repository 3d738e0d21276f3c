import type { DatabaseSync } from 'node:sqlite';

/** Who has the turn to read a queue; `null`: nobody. A turn from the future was given while the clock was wrong. */
export function holderOf(db: DatabaseSync, source: string, time: number): string | null {
  const row = db
    .prepare('SELECT owner FROM turns WHERE source = :source AND since <= :time AND until > :time')
    .get({ source, time });
  return row ? String(row['owner']) : null;
}

/** @param gone a holder that is known to have ended @returns `false` while another has it */
export function takeTurn(
  db: DatabaseSync,
  source: string,
  { owner, gone }: { readonly owner: string; readonly gone: string | null },
  since: number,
  until: number,
): boolean {
  const holder = holderOf(db, source, since);
  if (holder !== null && holder !== owner && holder !== gone) return false;
  db.prepare('DELETE FROM turns WHERE until <= ?').run(since);
  db.prepare(
    `INSERT INTO turns (source, owner, since, until) VALUES (:source, :owner, :since, :until)
     ON CONFLICT (source) DO UPDATE SET owner = excluded.owner, since = excluded.since, until = excluded.until`,
  ).run({ source, owner, since, until });
  return true;
}

export function endTurn(db: DatabaseSync, source: string, owner: string): void {
  db.prepare('DELETE FROM turns WHERE source = ? AND owner = ?').run(source, owner);
}

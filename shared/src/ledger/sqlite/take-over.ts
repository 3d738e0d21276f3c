import type { DatabaseSync } from 'node:sqlite';
import type { DecisionId, Plan, RequestReference } from '../../approval/index.ts';
import type { Proposer, Unfinished } from '../ledger.ts';
import { whyExpired, whyGone } from '../unanswered.ts';
import { recordOutcome, subjectOf } from './decision-table.ts';
import { append } from './journal-table.ts';

/** Ends a plan that nobody has answered. */
export function closeDecision(
  db: DatabaseSync,
  decision: DecisionId,
  phase: 'refused' | 'expired',
  because: string,
  time: number,
): boolean {
  const closed = db
    .prepare("UPDATE decisions SET phase = ?, closed_because = ? WHERE decision = ? AND phase = 'planned'")
    .run(phase, because, decision);
  if (closed.changes === 0) return false;
  append(db, { decision, phase, data: { because } }, time);
  return true;
}

const IS_ANSWER_LEFT = 'EXISTS (SELECT 1 FROM countersignatures c WHERE c.decision = d.decision) AS isAnswerLeft';

/** Plans that nobody answered in time make room for others. */
export function expireUnanswered(db: DatabaseSync, time: number): void {
  const isOver = db.prepare(
    `SELECT decision, ${IS_ANSWER_LEFT} FROM decisions d WHERE phase = 'planned' AND expires <= ?`,
  );
  for (const { decision, isAnswerLeft } of isOver.all(time)) {
    closeDecision(db, String(decision) as DecisionId, 'expired', whyExpired(isAnswerLeft === 1), time);
  }
}

/** A client may think better of what it proposed, while no question of its own stands open: what waits for a terminal gives way. */
export function closeSuperseded(db: DatabaseSync, targets: Plan['targets'], { client }: Proposer, time: number): void {
  const waiting = db.prepare(
    `SELECT DISTINCT d.decision FROM decisions d JOIN targets t USING (decision)
     WHERE t.subject = ? AND d.client = ? AND d.channel = 'terminal' AND d.phase = 'planned'`,
  );
  for (const { request, fingerprint } of targets) {
    for (const row of waiting.all(subjectOf(fingerprint, request), client)) {
      const decision = String(row['decision']) as DecisionId;
      closeDecision(db, decision, 'refused', 'The client that proposed it proposed another one instead.', time);
    }
  }
}

/** Processes that have not brought all to an end that they proposed or took an answer to. */
export function unsettledOwners(db: DatabaseSync): readonly string[] {
  return db
    .prepare(
      `SELECT owner FROM decisions WHERE phase IN ('planned', 'confirmed', 'executing')
       UNION SELECT d.owner FROM targets t JOIN decisions d USING (decision) WHERE t.begun IS NOT NULL AND t.settled = 0`,
    )
    .all()
    .map((row) => String(row['owner']));
}

/**
 * What was planned is closed with the process that proposed it; what was confirmed but not begun expires; what was begun gets
 * a new owner, who may find out what became of it.
 */
export function takeOverFrom(db: DatabaseSync, gone: string, owner: string, time: number): void {
  const planned = db.prepare(
    `SELECT decision, ${IS_ANSWER_LEFT} FROM decisions d WHERE owner = ? AND phase = 'planned'`,
  );
  for (const { decision, isAnswerLeft } of planned.all(gone)) {
    closeDecision(db, String(decision) as DecisionId, 'refused', whyGone(isAnswerLeft === 1), time);
  }
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
    recordOutcome(db, decision, outcome, time);
    append(db, { decision, phase: 'expired', request, data: outcome }, time);
  }
  db.prepare('UPDATE decisions SET owner = ? WHERE owner = ?').run(owner, gone);
}

/** Writes of this owner that were begun and have no outcome, and anybody's whose outcome is not settled. */
export function unsettledOf(db: DatabaseSync, owner: string): readonly Unfinished[] {
  return db
    .prepare(
      `SELECT d.plan, t.request, t.begun, t.outcome IS NOT NULL AS recorded FROM targets t JOIN decisions d USING (decision)
       WHERE t.begun IS NOT NULL AND t.settled = 0 AND (d.owner = ? OR t.outcome IS NOT NULL) ORDER BY t.begun`,
    )
    .all(owner)
    .map((row) => ({
      plan: JSON.parse(String(row['plan'])) as Plan,
      request: String(row['request']) as RequestReference,
      begunAt: Number(row['begun']),
      isRecorded: row['recorded'] === 1,
    }));
}

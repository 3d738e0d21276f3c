import type { DatabaseSync } from 'node:sqlite';
import type { DecisionId, Plan, PlanDigest, RequestReference } from '../../approval/index.ts';
import type { DecisionRecord, Proposer, TargetOutcome } from '../ledger.ts';
import { overallStatus } from '../overall.ts';

// Where decisions stand: what the journal's lines add up to, kept beside it so that nobody has to add them up.

export function insertDecision(
  db: DatabaseSync,
  { plan, digest, confirmText, proposer }: Pick<DecisionRecord, 'plan' | 'digest' | 'confirmText' | 'proposer'>,
  time: number,
): void {
  db.prepare(
    `INSERT INTO decisions (decision, digest, plan, client, client_name, confirm_text, opened, expires, phase)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'planned')`,
  ).run(
    plan.decision,
    digest,
    JSON.stringify(plan),
    proposer.client,
    proposer.name,
    confirmText,
    time,
    Date.parse(plan.expiresAt),
  );
  const insert = db.prepare('INSERT INTO targets (decision, position, request, subject) VALUES (?, ?, ?, ?)');
  for (const [position, { request, fingerprint }] of plan.targets.entries()) {
    insert.run(plan.decision, position, request, subjectOf(fingerprint, request));
  }
}

/**
 * A request by its tenant and its vendor's id, so that two account ids for one tenant mean the same request. GUIDs don't tell
 * upper from lower case.
 */
export function subjectOf(fingerprint: string, request: RequestReference): string {
  return `${fingerprint} ${request.slice(request.indexOf('/') + 1).toLowerCase()}`;
}

export function readDecision(db: DatabaseSync, decision: DecisionId): DecisionRecord | null {
  const row = db.prepare('SELECT * FROM decisions WHERE decision = ?').get(decision);
  if (!row) return null;
  return {
    // Whoever acts on it holds it against its digest first.
    plan: JSON.parse(String(row['plan'])) as Plan,
    digest: String(row['digest']) as PlanDigest,
    proposer: { client: String(row['client']), name: String(row['client_name']) },
    confirmText: String(row['confirm_text']),
    phase: String(row['phase']) as DecisionRecord['phase'],
    channel: row['channel'] === null ? null : (String(row['channel']) as DecisionRecord['channel']),
    outcomes: outcomesOf(db, decision).filter((outcome) => outcome !== null),
  };
}

/** By position; `null` while there is none. */
function outcomesOf(db: DatabaseSync, decision: DecisionId): readonly (TargetOutcome | null)[] {
  return db
    .prepare('SELECT outcome FROM targets WHERE decision = ? ORDER BY position')
    .all(decision)
    .map((row) => (row['outcome'] === null ? null : (JSON.parse(String(row['outcome'])) as TargetOutcome)));
}

/** Records a target's outcome, and with the last one the decision's end. */
export function recordOutcome(db: DatabaseSync, decision: DecisionId, outcome: TargetOutcome): void {
  db.prepare('UPDATE targets SET outcome = ?, settled = ? WHERE decision = ? AND request = ?').run(
    JSON.stringify(outcome),
    outcome.status === 'unknown' ? 0 : 1,
    decision,
    outcome.request,
  );
  const outcomes = outcomesOf(db, decision);
  const known = outcomes.filter((entry) => entry !== null);
  if (known.length === outcomes.length) setPhase(db, decision, overallStatus(known));
}

export function isUnsettled(db: DatabaseSync, decision: DecisionId, request: RequestReference): boolean {
  const target = db.prepare('SELECT settled FROM targets WHERE decision = ? AND request = ?').get(decision, request);
  return target?.['settled'] === 0;
}

export function setPhase(db: DatabaseSync, decision: DecisionId, phase: DecisionRecord['phase']): void {
  db.prepare('UPDATE decisions SET phase = ? WHERE decision = ?').run(phase, decision);
}

export interface OpeningRules {
  readonly plansPerClient: number;
  readonly quietAfterDeclineMs: number;
}

/** Why no plan for these requests may be opened now; `null` when one may. */
export function whyNotOpen(
  db: DatabaseSync,
  targets: Plan['targets'],
  { client }: Proposer,
  time: number,
  { plansPerClient, quietAfterDeclineMs }: OpeningRules,
): string | null {
  const open = db.prepare(
    `SELECT 1 FROM targets t JOIN decisions d USING (decision)
     WHERE t.subject = ? AND d.phase IN ('planned', 'confirmed', 'executing') LIMIT 1`,
  );
  const declined = db.prepare(
    `SELECT 1 FROM targets t JOIN decisions d USING (decision)
     WHERE t.subject = ? AND d.client = ? AND d.phase = 'declined' AND d.answered > ? LIMIT 1`,
  );
  for (const { request, fingerprint } of targets) {
    const subject = subjectOf(fingerprint, request);
    if (open.get(subject)) return alreadyOpen(request);
    if (declined.get(subject, client, time - quietAfterDeclineMs)) return declinedLately(request);
  }
  const count = db.prepare("SELECT count(*) AS n FROM decisions WHERE client = ? AND phase = 'planned'").get(client);
  return Number(count?.['n']) < plansPerClient ? null : tooManyOpen(plansPerClient);
}

function alreadyOpen(request: RequestReference): string {
  return `A decision on ${request} already waits for a person, or is being carried out. Let it end first.`;
}

function declinedLately(request: RequestReference): string {
  return `A person declined a decision on ${request} a short while ago. It can be asked again ten minutes after that.`;
}

function tooManyOpen(limit: number): string {
  return `This client has ${limit} decisions that wait for a person. Let one be answered first.`;
}

import type { DatabaseSync } from 'node:sqlite';
import type { AnswerChannel, Channel } from '../../account/index.ts';
import {
  type ApprovalRequest,
  type Countersignature,
  type DecisionId,
  type Plan,
  type PlanDigest,
  pathAndSigner,
  type RequestReference,
} from '../../approval/index.ts';
import type {
  Answered,
  DecisionFilter,
  DecisionRecord,
  EarlierOwnDecision,
  Familiarity,
  NotOpened,
  Proposer,
  SameFile,
  TargetOutcome,
} from '../ledger.ts';
import { overallStatus } from '../overall.ts';
import { isAsJournaled } from './as-journaled.ts';

// Where decisions stand: what the journal's lines add up to, kept beside it so that nobody has to add them up.

export interface NewDecision {
  readonly plan: Plan;
  readonly digest: PlanDigest;
  readonly proposer: Proposer;
  readonly channel: AnswerChannel;
  readonly owner: string;
  /** Place of its first line in the journal. */
  readonly seq: number;
}

export function insertDecision(db: DatabaseSync, decision: NewDecision, time: number): void {
  const { plan, digest, proposer, channel, owner, seq } = decision;
  db.prepare(
    `INSERT INTO decisions (decision, seq, digest, plan, client, client_name, channel, opened, expires, phase, owner)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'planned', ?)`,
  ).run(
    plan.decision,
    seq,
    digest,
    JSON.stringify(plan),
    proposer.client,
    proposer.name,
    channel,
    time,
    Date.parse(plan.expiresAt),
    owner,
  );
  const insert = db.prepare(
    'INSERT INTO targets (decision, position, request, subject, sha256, path_and_signer) VALUES (?, ?, ?, ?, ?, ?)',
  );
  for (const [position, { request, fingerprint, facts }] of plan.targets.entries()) {
    const byPath = pathAndSigner(facts.path, facts.certificates);
    insert.run(plan.decision, position, request, subjectOf(fingerprint, request), facts.sha256, byPath);
  }
}

/**
 * A request by its tenant and its vendor's id, so that two account ids for one tenant mean the same request. GUIDs don't tell
 * upper from lower case.
 */
export function subjectOf(fingerprint: string, request: RequestReference | string): string {
  return `${fingerprint} ${request.slice(request.indexOf('/') + 1).toLowerCase()}`;
}

type Row = Readonly<Record<string, unknown>>;

/** Whether a decision of this owner is this process's own to take an answer to. */
export type IsOurs = (decision: DecisionId, owner: string) => boolean;

const RECORD = `SELECT d.*, c.countersignature FROM decisions d LEFT JOIN countersignatures c USING (decision)`;

export function readDecision(db: DatabaseSync, decision: DecisionId, isOurs: IsOurs): DecisionRecord | null {
  const row = db.prepare(`${RECORD} WHERE d.decision = ?`).get(decision);
  return row ? recordOf(db, row, isOurs) : null;
}

/** A decision that touches an account which may not be seen is not seen either. `:accounts` is JSON, or null for all. */
const TOUCHES_NO_OTHER = `(:accounts IS NULL OR NOT EXISTS (SELECT 1 FROM targets o WHERE o.decision = d.decision
  AND substr(o.request, 1, instr(o.request, '/') - 1) NOT IN (SELECT value FROM json_each(:accounts))))`;

export function listDecisions(
  db: DatabaseSync,
  { request, since, accounts, limit, before }: DecisionFilter,
  isOurs: IsOurs,
): readonly DecisionRecord[] {
  const rows = db
    .prepare(
      `${RECORD} WHERE d.opened >= :since
       AND (:before IS NULL OR d.seq < (SELECT seq FROM decisions WHERE decision = :before))
       AND (:request IS NULL OR EXISTS (SELECT 1 FROM targets t WHERE t.decision = d.decision AND t.request = :request))
       AND ${TOUCHES_NO_OTHER}
       ORDER BY d.seq DESC`,
    )
    .iterate({
      since: since ?? 0,
      before: before ?? null,
      request: request ?? null,
      accounts: accounts ? JSON.stringify(accounts) : null,
    });
  // Counted as they are read, so that a row which somebody changed doesn't make a page look like the last one.
  const records: DecisionRecord[] = [];
  for (const row of rows) {
    if (records.length >= limit) break;
    const record = recordOf(db, row, isOurs);
    if (record) records.push(record);
  }
  return records;
}

export function waitingDecisions(
  db: DatabaseSync,
  channel: Channel,
  time: number,
  isOurs: IsOurs,
): readonly DecisionRecord[] {
  return db
    .prepare(
      `${RECORD} WHERE d.phase = 'planned' AND d.channel = ? AND d.expires > ? AND c.decision IS NULL ORDER BY d.seq`,
    )
    .all(channel, time)
    .flatMap((row) => recordOf(db, row, isOurs) ?? []);
}

/** `null`: the rows are not what the journal says, or no rows that the ledger writes. */
function recordOf(db: DatabaseSync, row: Row, isOurs: IsOurs): DecisionRecord | null {
  try {
    const decision = String(row['decision']) as DecisionId;
    const standing = {
      plan: JSON.parse(String(row['plan'])) as Plan,
      digest: String(row['digest']) as PlanDigest,
      proposer: { client: String(row['client']), name: String(row['client_name']) },
      channel: String(row['channel']) as AnswerChannel,
      phase: String(row['phase']) as DecisionRecord['phase'],
      closedBecause: row['closed_because'] === null ? null : String(row['closed_because']),
      answered: parsed<Answered>(row['answered']),
    };
    const targets = targetsOf(db, decision);
    if (!isAsJournaled(db, decision, { ...standing, targets })) return null;
    return {
      ...standing,
      left: parsed<Countersignature>(row['countersignature']),
      outcomes: targets.flatMap(({ outcome }) => outcome ?? []),
      isOurs: isOurs(decision, String(row['owner'])),
    };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function parsed<T>(json: unknown): T | null {
  return json === null ? null : (JSON.parse(String(json)) as T);
}

/** By position; an outcome is `null` while there is none. */
function targetsOf(db: DatabaseSync, decision: DecisionId) {
  return db
    .prepare('SELECT request, outcome FROM targets WHERE decision = ? ORDER BY position')
    .all(decision)
    .map((row) => ({ request: String(row['request']), outcome: parsed<TargetOutcome>(row['outcome']) }));
}

/** Records a target's outcome, and with the last one the decision's end. */
export function recordOutcome(db: DatabaseSync, decision: DecisionId, outcome: TargetOutcome, time: number): void {
  db.prepare('UPDATE targets SET outcome = ?, outcome_at = ?, settled = ? WHERE decision = ? AND request = ?').run(
    JSON.stringify(outcome),
    time,
    outcome.status === 'unknown' || outcome.mayStillApply ? 0 : 1,
    decision,
    outcome.request,
  );
  const targets = targetsOf(db, decision);
  const known = targets.flatMap((target) => target.outcome ?? []);
  if (known.length === targets.length) setPhase(db, decision, overallStatus(known));
}

/** Records what became of a write that was not settled. @returns whether that is news */
export function settle(db: DatabaseSync, decision: DecisionId, outcome: TargetOutcome, time: number): boolean {
  const target = db
    .prepare('SELECT outcome FROM targets WHERE decision = ? AND request = ? AND settled = 0')
    .get(decision, outcome.request);
  // What somebody else settled meanwhile is no news, and unknown is none where something is known, or unknown already.
  const before = target && parsed<TargetOutcome>(target['outcome']);
  if (!target || (outcome.status === 'unknown' && before !== null)) return false;
  if (before?.status !== outcome.status) {
    recordOutcome(db, decision, outcome, time);
    return true;
  }
  if (!outcome.mayStillApply) {
    db.prepare('UPDATE targets SET settled = 1 WHERE decision = ? AND request = ?').run(decision, outcome.request);
  }
  return false;
}

/** A new write on the same request: what becomes of it could no longer be told from what an earlier one came to. */
export function settleEarlier(db: DatabaseSync, decision: DecisionId, request: RequestReference): void {
  db.prepare(
    `UPDATE targets SET settled = 1 WHERE settled = 0 AND outcome IS NOT NULL AND decision <> :decision
     AND subject = (SELECT subject FROM targets WHERE decision = :decision AND request = :request)`,
  ).run({ decision, request });
}

export function setPhase(db: DatabaseSync, decision: DecisionId, phase: DecisionRecord['phase']): void {
  db.prepare('UPDATE decisions SET phase = ? WHERE decision = ?').run(phase, decision);
}

/** What was carried out on the same file, newest first. */
export function earlierDecisions(
  db: DatabaseSync,
  { subject: { sha256, path, certificates } }: ApprovalRequest,
  limit: number,
  accounts?: readonly string[],
): readonly EarlierOwnDecision[] {
  const byPath = pathAndSigner(path, certificates);
  const [sameFile, column, key]: [SameFile, string, string | null] =
    sha256 === null ? ['path-and-signer', 'path_and_signer', byPath] : ['sha256', 'sha256', sha256];
  if (key === null) return [];
  return db
    .prepare(
      `SELECT t.decision, t.outcome, t.outcome_at, d.answered, json_extract(d.plan, '$.verdict') AS verdict
       FROM targets t JOIN decisions d USING (decision)
       WHERE t.${column} = :key AND json_extract(t.outcome, '$.status') = 'applied' AND ${TOUCHES_NO_OTHER}
       ORDER BY t.outcome_at DESC LIMIT :limit`,
    )
    .all({ key, limit, accounts: accounts ? JSON.stringify(accounts) : null })
    .map((row) => {
      const outcome = JSON.parse(String(row['outcome'])) as TargetOutcome;
      return {
        decision: String(row['decision']) as DecisionId,
        request: outcome.request,
        verdict: String(row['verdict']) as Plan['verdict'],
        sameFile,
        at: new Date(Number(row['outcome_at'])).toISOString(),
        answered: parsed<Answered>(row['answered']),
        outcome,
      };
    });
}

export function familiarityOf(db: DatabaseSync, signer: string, accounts?: readonly string[]): Familiarity {
  const row = db
    .prepare(
      `SELECT count(*) AS ofAll, count(*) FILTER (WHERE json_extract(t.path_and_signer, '$[1]') = :signer) AS ofSigner
       FROM targets t JOIN decisions d USING (decision)
       WHERE t.path_and_signer IS NOT NULL AND json_extract(t.outcome, '$.status') = 'applied'
         AND json_extract(d.plan, '$.verdict') = 'approve' AND ${TOUCHES_NO_OTHER}`,
    )
    .get({ signer, accounts: accounts ? JSON.stringify(accounts) : null });
  return { ofSigner: Number(row?.['ofSigner']), ofAll: Number(row?.['ofAll']) };
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
): NotOpened | null {
  const open = db.prepare(
    `SELECT decision, channel FROM targets t JOIN decisions d USING (decision)
     WHERE t.subject = ? AND d.phase IN ('planned', 'confirmed', 'executing') LIMIT 1`,
  );
  const declined = db.prepare(
    `SELECT 1 FROM targets t JOIN decisions d USING (decision)
     WHERE t.subject = ? AND d.client = ? AND d.phase = 'declined' AND d.answered_at > ? LIMIT 1`,
  );
  for (const { request, fingerprint } of targets) {
    const subject = subjectOf(fingerprint, request);
    const other = open.get(subject);
    if (other?.['channel'] === 'unattended') return { ...notOpened(carriedOut(request)), isCarried: true };
    if (other) return notOpened(alreadyOpen(request, String(other['decision'])));
    if (declined.get(subject, client, time - quietAfterDeclineMs)) return notOpened(declinedLately(request));
  }
  const count = db.prepare("SELECT count(*) AS n FROM decisions WHERE client = ? AND phase = 'planned'").get(client);
  return Number(count?.['n']) < plansPerClient ? null : notOpened(tooManyOpen(plansPerClient));
}

function notOpened(because: string): NotOpened {
  return { opened: false, because };
}

function carriedOut(request: RequestReference): string {
  return `A decision on ${request} that was made in a ticket system is being carried out by a job just now. Let it end, and try again.`;
}

function alreadyOpen(request: RequestReference, decision: string): string {
  return `The decision ${decision} on ${request} already waits for a person, or is being carried out. Let it end first; a person may answer it with: countersign confirm ${decision}.`;
}

function declinedLately(request: RequestReference): string {
  return `A person declined a decision on ${request} a short while ago, so nobody is asked about it again for now.`;
}

function tooManyOpen(limit: number): string {
  return `This client has ${limit} decisions that wait for a person. Let one be answered first.`;
}

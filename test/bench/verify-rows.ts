import { hash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { canonicalJson, type Plan, planDigest } from '@countersign/shared/approval';
import { ledgerFile, type OpenLedger } from '@countersign/shared/ledger';
import { rowDigest } from '../../shared/src/ledger/journal.ts';
import { report, timed } from './figures.ts';

const ROWS = 100_000;
const TIMES = 5;

/** Verifying a long journal, whose lines are those of decisions such as this one. */
export async function benchVerification(ledger: OpenLedger, folder: string, plan: Plan): Promise<void> {
  const before = await ledger.head();
  const texts = await grow(ledger, folder, plan);
  const runs: number[] = [];
  for (let run = 0; run < TIMES; run += 1) {
    const start = performance.now();
    const flaws = await ledger.verify();
    runs.push(performance.now() - start);
    if (flaws.length > 0) throw new Error(`the journal has ${flaws.length} flaws`);
  }
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const plain = Array.from({ length: TIMES }, () => timed(() => hashAll(texts)).ms);
  report(
    `Verifying ${before.seq + texts.length} lines, ${(bytes / 1e6).toFixed(0)} MB`,
    `best of ${TIMES}: ${Math.min(...runs).toFixed(0)} ms, worst ${Math.max(...runs).toFixed(0)} ms (goal: under 1000 ms)`,
    `SHA-256 alone over the same texts: best ${Math.min(...plain).toFixed(0)} ms`,
  );
}

function hashAll(texts: readonly string[]): void {
  for (const text of texts) hash('sha256', text, 'hex');
}

/** Adds lines by the rules of the journal, all in one transaction. @returns the texts that their digests are over */
async function grow(ledger: OpenLedger, folder: string, plan: Plan): Promise<readonly string[]> {
  const digest = planDigest(plan);
  const kinds = [
    { phase: 'planned', request: '', data: { plan, digest, proposer: { client: 'bench', name: 'a benchmark' } } },
    { phase: 'confirmed', request: '', data: { channel: 'terminal', who: 'a person of a benchmark' } },
    { phase: 'executing', request: 'acme/1', data: {} },
    { phase: 'applied', request: 'acme/1', data: { request: 'acme/1', status: 'applied', message: 'Approved.' } },
  ].map((kind) => ({ ...kind, data: canonicalJson(kind.data) }));
  const head = await ledger.head();
  let previous = head.digest;
  const texts: string[] = [];
  const db = new DatabaseSync(ledgerFile(folder));
  const insert = db.prepare('INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  db.exec('BEGIN');
  for (let seq = head.seq + 1; seq <= head.seq + ROWS; seq += 1) {
    const { phase, request, data } = kinds[seq % kinds.length] ?? { phase: '', request: '', data: '' };
    const row = { seq, at: plan.plannedAt, decision: `decision-${seq >> 2}`, phase, request, data, previous };
    texts.push([seq, row.at, row.decision, phase, request, previous, data].join('\n'));
    previous = rowDigest(row);
    insert.run(seq, row.at, row.decision, phase, request, data, row.previous, previous);
  }
  db.exec('COMMIT');
  db.close();
  return texts;
}

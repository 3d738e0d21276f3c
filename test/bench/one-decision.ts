import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { type DecisionId, type Plan, planDigest } from '@countersign/shared/approval';
import type { OpenLedger } from '@countersign/shared/ledger';
import { quantile, report } from './figures.ts';

const TIMES = 300;
/** The first ones find nothing in any cache. */
const WARM_UP = 30;
const PROPOSER = { client: 'bench', name: 'a benchmark' };
const ANSWERED = { channel: 'terminal', who: 'a person of a benchmark' } as const;

/** What the journal adds to one decision: every operation of one approval, each on disk before it answers. */
export async function benchOneDecision(ledger: OpenLedger, folder: string, model: Plan): Promise<void> {
  const [target] = model.targets;
  if (!target) throw new Error('the plan has no target');
  const { request } = target;
  const totals: number[] = [];
  let lines: readonly number[] = [];
  for (let number = 0; number < TIMES; number += 1) {
    const plan = { ...model, decision: randomBytes(16).toString('base64url') as DecisionId };
    const { decision } = plan;
    const digest = planDigest(plan);
    const outcome = { request, status: 'applied', attribution: 'ours', message: 'The request is approved.' } as const;
    const { seq } = await ledger.head();
    const start = performance.now();
    await ledger.open(plan, digest, PROPOSER, 'terminal');
    await ledger.answer(decision, 'confirmed', ANSWERED);
    await ledger.begin(decision, request);
    await ledger.finish(decision, outcome);
    totals.push(performance.now() - start);
    lines = (await ledger.rows(seq, 10)).map((row) => Object.values(row).join('\n').length);
  }
  const plain = plainFile(path.join(folder, 'plain'), lines);
  const bytes = lines.reduce((sum, length) => sum + length, 0);
  report(
    `One ThreatLocker approval: open, answer, begin, finish; ${lines.length} lines, ${bytes} bytes`,
    `median ${ms(totals, 0.5)}, p95 ${ms(totals, 0.95)} (goal: median under 5 ms)`,
    `the same bytes in as many steps, each with fsync, in a plain file: median ${ms(plain, 0.5)}, p95 ${ms(plain, 0.95)}`,
  );
}

function plainFile(file: string, lines: readonly number[]): readonly number[] {
  const fd = openSync(file, 'a', 0o600);
  const totals = Array.from({ length: TIMES }, () => {
    const start = performance.now();
    for (const length of lines) {
      writeSync(fd, Buffer.alloc(length, 'x'));
      fsyncSync(fd);
    }
    return performance.now() - start;
  });
  closeSync(fd);
  return totals;
}

function ms(totals: readonly number[], part: number): string {
  return `${quantile(totals.slice(WARM_UP), part).toFixed(2)} ms`;
}

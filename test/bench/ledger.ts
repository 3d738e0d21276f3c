import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { places } from '@countersign/shared/account';
import type { Plan } from '@countersign/shared/approval';
import { openLedgerIn } from '../support/ledger.ts';
import { openWorld } from '../support/world.ts';
import { benchOneDecision } from './one-decision.ts';
import { benchVerification } from './verify-rows.ts';
import { benchWaiting } from './waiting.ts';

/** A plan as a real approval makes it. */
async function realisticPlan(): Promise<Plan> {
  const world = await openWorld();
  const planning = await world.decisions.plan({
    requests: [world.named('obsidian-contoso').reference],
    decision: { verdict: 'approve', options: {} },
    proposer: { client: 'bench', name: 'a benchmark' },
    mayDecide: () => true,
    route: () => ({ channel: 'terminal', because: null }),
  });
  await world.close();
  if (!planning.planned) throw new Error(planning.result.message);
  return planning.decision.plan;
}

/** On the disk that holds the user's state. */
function folderOnItsDisk(): string {
  let parent = places(process.platform, process.env, homedir()).stateDir;
  while (!existsSync(parent)) parent = path.dirname(parent);
  return mkdtempSync(path.join(parent, 'countersign-bench-'));
}

const folder = folderOnItsDisk();
const plan = await realisticPlan();
const ledger = openLedgerIn(folder, { now: () => Date.parse(plan.plannedAt) });
try {
  await benchOneDecision(ledger, folder, plan);
  await benchVerification(ledger, folder, plan);
} finally {
  ledger.close();
  rmSync(folder, { recursive: true, force: true });
}
await benchWaiting();

import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { countersign, createSigningKey } from '@countersign/shared/approval';
import { ledgerFile } from '@countersign/shared/ledger';
import { openWorld } from '../support/world.ts';
import { quantile, report, timed } from './figures.ts';

const TIMES = 50;
const LOOKS = 100_000;

/** What waiting for an answer costs, and how soon an answer of another process is taken. */
export async function benchWaiting(): Promise<void> {
  const key = createSigningKey();
  const world = await openWorld({ approverKeys: [key.publicKey.text] });
  const leaver = fork(path.join(import.meta.dirname, 'leaver.ts'), [world.folder, String(world.clock.now)], {
    execArgv: process.execArgv,
  });
  try {
    await once(leaver, 'message');
    let taken = Promise.withResolvers<bigint>();
    const { answer } = world.ledger;
    world.ledger.answer = async (...args) => {
      taken.resolve(process.hrtime.bigint());
      return await answer(...args);
    };
    const reactions: number[] = [];
    for (let number = 0; number < TIMES; number += 1) {
      const planning = await world.decisions.plan({
        requests: [world.named('abr-cmd').reference],
        decision: { verdict: 'approve', options: {} },
        proposer: { client: `bench-${number}`, name: 'a benchmark' },
        mayDecide: () => true,
        route: () => ({ channel: 'extension', because: null }),
      });
      if (!planning.planned) throw new Error(planning.result.message);
      const { plan, digest } = planning.decision;
      taken = Promise.withResolvers();
      leaver.send(countersign(key, plan, digest, 'decline'));
      const [left] = await once(leaver, 'message');
      reactions.push(Number((await taken.promise) - BigInt(String(left))) / 1e6);
      await world.decisions.outcome(plan.decision, new AbortController().signal);
    }
    report(
      `An answer that another process leaves, until it is taken; ${TIMES} times`,
      `median ${quantile(reactions, 0.5).toFixed(0)} ms, longest ${Math.max(...reactions).toFixed(0)} ms`,
      'goal: within 300 ms',
    );
    reportLook(world.folder);
  } finally {
    leaver.kill();
    await world.close();
  }
}

function reportLook(folder: string): void {
  const db = new DatabaseSync(ledgerFile(folder));
  const version = db.prepare('PRAGMA data_version');
  const look = () => {
    for (let number = 0; number < LOOKS; number += 1) version.get();
  };
  look();
  const { ms } = timed(look);
  db.close();
  report(
    'One look whether anything changed',
    `${((ms * 1000) / LOOKS).toFixed(1)} µs`,
    'ten a second while somebody waits',
  );
}

import { describe, expect, test } from 'vitest';
import { withLedger } from '../ledger/decide-in.ts';
import { openIn } from '../ledger/setup.ts';
import { REPLAYS, ROW_FORGERIES } from './forgery/rows.ts';
import { SETTINGS_FORGERIES } from './forgery/settings.ts';
import { SIGNATURE_FORGERIES } from './forgery/signatures.ts';
import { ending, leave, ORDERS, openStage, type Stage, TRUSTED } from './forgery/stage.ts';
import { TIME_FORGERIES } from './forgery/times.ts';
import { order } from './order.ts';

// With more, the time that some attempts let pass would have the stage's own requests expire.
const RUNS = process.env['COUNTERSIGN_LONG'] === '1' ? 60 : 18;
const FORGERIES = [...SIGNATURE_FORGERIES, ...TIME_FORGERIES, ...ROW_FORGERIES, ...REPLAYS, ...SETTINGS_FORGERIES];

/** So that an attempt can fail: on the same stage what was countersigned is written, once. */
async function expectGoodOnesToCount({ world, open }: Stage): Promise<void> {
  for (const [index, what] of ORDERS.entries()) {
    const before = world.sandbox.record.length;
    const scene = await open({ order: what, key: TRUSTED[index % 2 === 0 ? 0 : 1] });
    expect(await leave(scene, scene.good)).toBe(true);
    expect(await ending(scene)).toMatchObject({ decision: scene.plan.decision, status: 'applied' });
    expect(world.sandbox.record.slice(before)).toMatchObject([
      { verdict: scene.plan.verdict, effect: 'applied', requestId: world.named(what.name).id },
    ]);
  }
}

test('there are at least a thousand attempts', () => {
  expect(FORGERIES.length * RUNS).toBeGreaterThanOrEqual(1000);
});

describe('a bad countersignature leads to no write', () => {
  test.each(FORGERIES.map((forgery) => [forgery.title, forgery] as const))('%s', async (_title, forgery) => {
    const { attempts, ends, writes } = forgery;
    const stage = await openStage();
    const { record } = stage.world.sandbox;
    let made = 0;
    await attempts(stage, RUNS, (_scene, result) => {
      made += 1;
      expect(ends).toContain(result.status);
      expect(result.targets.map(({ status }) => status)).not.toContain('applied');
      expect(record).toHaveLength(made * writes);
    });
    expect(made).toBe(RUNS);
    await expectGoodOnesToCount(stage);
  });
});

test('a confirmation that somebody wrote into rows and journal is carried out by nobody', async () => {
  const { world, open } = await openStage();
  const [what] = ORDERS;
  const { db, plan } = await open({ order: what, key: TRUSTED[0] });
  const answered = JSON.stringify({ channel: 'terminal', who: 'nobody' });
  db.prepare("UPDATE decisions SET phase = 'confirmed', answered = ?, answered_at = opened").run(answered);
  db.prepare(
    "INSERT INTO journal SELECT max(seq) + 1, at, decision, 'confirmed', '', ?, digest, digest FROM journal",
  ).run(answered);
  expect(await world.ledger.read(plan.decision)).toMatchObject({ phase: 'confirmed' });
  const beside = openIn(world.folder, { now: () => world.clock.now });
  const others = withLedger(world, beside);
  expect(await world.decisions.reconcile()).toEqual([]);
  expect(await others.decisions.reconcile()).toEqual([]);
  const again = await order(others, [what.name], what.decision);
  expect(again).toMatchObject({ planned: false, result: { status: 'refused' } });
  // And when the process that is said to have it is gone, it has come to nothing.
  db.exec("UPDATE decisions SET owner = 'gone'");
  expect(await others.decisions.reconcile()).toEqual([]);
  expect(await others.decisions.outcome(plan.decision, AbortSignal.abort())).toMatchObject({ status: 'expired' });
  expect(world.sandbox.record).toEqual([]);
});

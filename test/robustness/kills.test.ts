import { expect, test } from 'vitest';
import { courseOf, IS_LONG, repeated, runAll } from './many.ts';
import { everyDeath, livingRuns, randomRun, randomScenario } from './plan-runs.ts';
import { eachOf } from './pool.ts';
import type { Scenario } from './scenario.ts';

const RUNS = IS_LONG ? 5000 : 200;
const TIME_LIMIT = IS_LONG ? 60 * 60_000 : 5 * 60_000;

/** A decision of each vendor and verdict, batches of those whose course differs most, and both ways of a person's yes. */
const MAIN: readonly Scenario[] = [
  { vendor: 'threatlocker', verdict: 'approve', targets: 1, way: 'elicitation' },
  { vendor: 'threatlocker', verdict: 'deny', targets: 1, way: 'elicitation' },
  { vendor: 'admin-by-request', verdict: 'approve', targets: 1, way: 'elicitation' },
  { vendor: 'admin-by-request', verdict: 'deny', targets: 1, way: 'elicitation' },
  { vendor: 'threatlocker', verdict: 'approve', targets: 2, way: 'elicitation' },
  { vendor: 'admin-by-request', verdict: 'deny', targets: 2, way: 'elicitation' },
  { vendor: 'threatlocker', verdict: 'approve', targets: 1, way: 'signature' },
  { vendor: 'admin-by-request', verdict: 'deny', targets: 1, way: 'signature' },
];

test.runIf(repeated() === null)(
  'killed anywhere, journal and vendor agree, and nothing is sent twice, unasked or on an old yes',
  async () => {
    const main = await Promise.all(MAIN.map(async (scenario) => ({ scenario, course: await courseOf(scenario) })));
    const points = everyDeath(main);
    const living = main
      .filter(({ scenario }) => scenario.targets === 1)
      .flatMap(({ scenario, course }) => livingRuns(scenario, course));
    expect(points.length + living.length).toBeLessThanOrEqual(RUNS);
    const seeds = Array.from({ length: RUNS - points.length - living.length }, (_, index) => index);
    const random = await eachOf(seeds, async (seed) => randomRun(seed, await courseOf(randomScenario(seed))));
    const { failures, missed, told } = await runAll([...points, ...living, ...random]);
    process.stdout.write(`${told}; ${points.length} of them at each step once.\n`);
    expect(failures).toEqual([]);
    // By chance alone it may have ended before; each step was reached in the run that the steps were counted in.
    expect(missed.filter((run) => points.includes(run))).toEqual([]);
  },
  TIME_LIMIT,
);

test.runIf(repeated() !== null)('the run that COUNTERSIGN_RUN names', async () => {
  const run = repeated();
  expect((await runAll(run ? [run] : [])).failures).toEqual([]);
});

import { expect, test } from 'vitest';
import { courseOf, IS_LONG, repeated, runAll } from './many.ts';
import { randomScenario, stormyRun } from './plan-runs.ts';
import { eachOf } from './pool.ts';

const RUNS = IS_LONG ? 1000 : 60;
/** They wait for time-outs most of their time. */
const AT_ONCE = 8;
const TIME_LIMIT = IS_LONG ? 60 * 60_000 : 5 * 60_000;

test.runIf(repeated() === null)(
  'whatever fails while reading and writing, journal and vendor agree, and nothing is sent twice, unasked or on an old yes',
  async () => {
    const seeds = Array.from({ length: RUNS }, (_, index) => index);
    const runs = await eachOf(seeds, async (seed) => stormyRun(seed, await courseOf(randomScenario(seed))));
    const { failures, told } = await runAll(runs, AT_ONCE);
    process.stdout.write(`${told}.\n`);
    expect(failures).toEqual([]);
  },
  TIME_LIMIT,
);

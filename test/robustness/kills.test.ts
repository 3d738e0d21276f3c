import { expect, test } from 'vitest';
import { type Performance, perform } from './perform.ts';
import { type Course, calmRun, everyDeath, randomRun, randomScenario } from './plan-runs.ts';
import { eachOf } from './pool.ts';
import type { Run } from './run.ts';
import type { Scenario } from './scenario.ts';

const IS_LONG = process.env['COUNTERSIGN_LONG'] === '1';
const RUNS = IS_LONG ? 5000 : 200;
const TIME_LIMIT = IS_LONG ? 60 * 60_000 : 5 * 60_000;

/** A decision of each vendor and verdict, and of the batches whose course differs most. */
const MAIN: readonly Scenario[] = [
  { vendor: 'threatlocker', verdict: 'approve', targets: 1 },
  { vendor: 'threatlocker', verdict: 'deny', targets: 1 },
  { vendor: 'admin-by-request', verdict: 'approve', targets: 1 },
  { vendor: 'admin-by-request', verdict: 'deny', targets: 1 },
  { vendor: 'threatlocker', verdict: 'approve', targets: 2 },
  { vendor: 'admin-by-request', verdict: 'deny', targets: 2 },
];

interface Failure {
  /** To be given as COUNTERSIGN_RUN, which makes this run again and no other. */
  readonly run: string;
  readonly complaints: readonly string[];
}

async function tried(run: Run): Promise<Pick<Performance, 'isKilledThere' | 'complaints'>> {
  try {
    return await perform(run);
  } catch (error) {
    return {
      isKilledThere: false,
      complaints: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
    };
  }
}

const courses = new Map<string, Promise<Course>>();

/** Learnt from a run in which nothing happens, which has to be without fault itself. */
function courseOf(scenario: Scenario): Promise<Course> {
  const key = JSON.stringify(scenario);
  const learnt = courses.get(key) ?? learn(scenario);
  courses.set(key, learnt);
  return learnt;
}

async function learn(scenario: Scenario): Promise<Course> {
  const performance = await perform(calmRun(scenario));
  expect(performance).toMatchObject({ complaints: [], told: 'applied' });
  // Each write, and the commits of plan, answer, intents and outcomes; otherwise nobody would be killed where it matters.
  expect(performance.writes).toHaveLength(scenario.targets);
  expect(performance.commits).toBeGreaterThanOrEqual(2 + 2 * scenario.targets);
  return performance;
}

interface Planned {
  /** Each has to be killed where it is to be. */
  readonly points: readonly Run[];
  readonly random: readonly Run[];
}

async function plannedRuns(): Promise<Planned> {
  const repeated = process.env['COUNTERSIGN_RUN'];
  if (repeated !== undefined) return { points: [], random: [JSON.parse(repeated) as Run] };
  const main = await Promise.all(MAIN.map(async (scenario) => ({ scenario, course: await courseOf(scenario) })));
  const points = everyDeath(main);
  expect(points.length).toBeLessThanOrEqual(RUNS);
  const seeds = Array.from({ length: RUNS - points.length }, (_, index) => index);
  const random = await eachOf(seeds, async (seed) => randomRun(seed, await courseOf(randomScenario(seed))));
  return { points, random };
}

test(
  'killed anywhere, journal and vendor agree, and nothing is sent twice, unasked or on an old yes',
  async () => {
    const { points, random } = await plannedRuns();
    const failures: Failure[] = [];
    let killed = 0;
    const runs = [...points, ...random];
    await eachOf([...runs.entries()], async ([index, run]) => {
      const { isKilledThere, complaints } = await tried(run);
      if (isKilledThere) killed += 1;
      const missed = index < points.length && !isKilledThere ? ['it never came to where it was to be killed'] : [];
      if (complaints.length + missed.length > 0)
        failures.push({ run: JSON.stringify(run), complaints: [...complaints, ...missed] });
    });
    const rivals = runs.filter(({ rival }) => rival !== null).length;
    process.stdout.write(
      `${runs.length} runs, ${rivals} with a rival; ${killed} were killed where they were to be, ${points.length} of them at each step once.\n`,
    );
    expect(failures).toEqual([]);
  },
  TIME_LIMIT,
);

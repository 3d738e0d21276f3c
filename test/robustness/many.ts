import { expect } from 'vitest';
import { refusals } from './ask.ts';
import { type Performance, perform } from './perform.ts';
import { type Course, calmRun } from './plan-runs.ts';
import { eachOf } from './pool.ts';
import type { Run } from './run.ts';
import type { Scenario } from './scenario.ts';

export const IS_LONG = process.env['COUNTERSIGN_LONG'] === '1';

/** A run that failed once and is to be made again, as its failure names it. */
export function repeated(): Run | null {
  const text = process.env['COUNTERSIGN_RUN'];
  return text === undefined ? null : (JSON.parse(text) as Run);
}

const courses = new Map<string, Promise<Course>>();

/** Learnt from a run in which nothing happens, which has to be without fault itself. */
export function courseOf(scenario: Scenario): Promise<Course> {
  const key = JSON.stringify(scenario);
  const course = courses.get(key) ?? learn(scenario);
  courses.set(key, course);
  return course;
}

async function learn(scenario: Scenario): Promise<Course> {
  const performance = await perform(calmRun(scenario));
  expect(performance, refusals.join('\n')).toMatchObject({ complaints: [], told: 'applied' });
  // Each write, and the commits of plan, answer, intents and outcomes; otherwise nobody would be killed where it matters.
  expect(performance.writes).toHaveLength(scenario.targets);
  expect(performance.commits).toBeGreaterThanOrEqual(2 + 2 * scenario.targets);
  return performance;
}

interface Failure {
  /** To be given as COUNTERSIGN_RUN, which makes this run again and no other. */
  readonly run: string;
  readonly complaints: readonly string[];
}

interface Results {
  readonly failures: readonly Failure[];
  /** Those that never came to where they were to be killed. */
  readonly missed: readonly Run[];
  /** What they came to, in a line. */
  readonly told: string;
}

export async function runAll(runs: readonly Run[], atOnce?: number): Promise<Results> {
  const failures: Failure[] = [];
  const missed: Run[] = [];
  const ends = new Map<string, number>();
  await eachOf(
    runs,
    async (run) => {
      const { isKilledThere, complaints, told } = await tried(run);
      if (!isKilledThere) missed.push(run);
      if (complaints.length > 0) failures.push({ run: JSON.stringify(run), complaints });
      const end = told ?? 'killed';
      ends.set(end, (ends.get(end) ?? 0) + 1);
    },
    atOnce,
  );
  const rivals = runs.filter(({ rival }) => rival !== null).length;
  const counts = [...ends].map(([end, count]) => `${count} ${end}`).join(', ');
  return { failures, missed, told: `${runs.length} runs, ${rivals} with a rival: ${counts}` };
}

async function tried(run: Run): Promise<Pick<Performance, 'isKilledThere' | 'complaints' | 'told'>> {
  try {
    return await perform(run);
  } catch (error) {
    const complaint = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { isKilledThere: false, complaints: [complaint], told: 'broken' };
  }
}

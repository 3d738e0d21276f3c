import { expect, test } from 'vitest';
import { eachOf } from '../pool.ts';
import { runPulls } from './run.ts';

const IS_LONG = process.env['COUNTERSIGN_LONG'] === '1';
const RUNS = IS_LONG ? 300 : 30;

/** A run that failed once and is to be made again alone: COUNTERSIGN_SEED. */
const given = process.env['COUNTERSIGN_SEED'];
const seeds = given === undefined ? Array.from({ length: RUNS }, (_, seed) => seed) : [Number(given)];

test(
  'killed anywhere, a pull loses nothing, and what it repeats is the same letter for letter',
  async () => {
    const runs = await eachOf(seeds, async (seed) => ({ seed, ...(await runPulls(seed)) }));
    const sum = (of: (run: (typeof runs)[number]) => number) => runs.reduce((total, run) => total + of(run), 0);
    const [killed, ended, filled] = [sum((run) => run.killed), sum((run) => run.ended), sum((run) => run.filled)];
    process.stdout.write(`${runs.length} runs: ${killed} pulls killed, ${ended} not, ${filled} after two weeks.\n`);
    expect(
      runs
        .filter(({ complaints }) => complaints.length > 0)
        .map(({ seed, complaints }) => ({ seed, complaints: complaints.slice(0, 8) })),
    ).toEqual([]);
    if (given !== undefined) return;
    // Otherwise chance would have left out what it is there for.
    expect(killed).toBeGreaterThan(RUNS);
    expect(filled).toBeGreaterThan(0);
  },
  IS_LONG ? 30 * 60_000 : 5 * 60_000,
);

import { type Chance, chanceOf } from '../chance.ts';
import { type Death, type Meanwhile, pullAndDie } from './killed-pull.ts';
import { complaintsOf } from './oracle.ts';
import { createReceiver } from './receiver.ts';
import { DAY, HOUR, openStage, type Stage } from './stage.ts';

export interface RunResult {
  readonly complaints: readonly string[];
  /** How often a pull was killed, and how often it came to its end. */
  readonly killed: number;
  readonly ended: number;
  readonly filled: number;
}

/** Pulls that are killed again and again while much happens, and then some that are not: what the receiver has must be right. */
export async function runPulls(seed: number): Promise<RunResult> {
  const chance = chanceOf(seed);
  // More than a page now and then, so that it is killed between pages too.
  const stage = await openStage(chance, chance.percent(10) ? 2_200 : chance.below(40));
  const receiver = createReceiver();
  const counts = { killed: 0, ended: 0, filled: 0 };
  const broken: string[] = [];
  try {
    const rounds = 3 + chance.below(2);
    if (chance.percent(40)) {
      // So that what was told at first lies before what is read again, and only the list of changes tells of it.
      for (let calm = 0; calm < 2; calm += 1) {
        stage.happens();
        receiver.take((await pullAndDie(stage, { at: 'never' })).lines);
        counts.ended += 1;
        stage.passes(2 * HOUR);
      }
    }
    let mayBeAway = chance.percent(60);
    for (let round = 0; round < rounds; round += 1) {
      // Of an account that was never read to its end nobody knows since when it should have been.
      if (mayBeAway && counts.ended > 0) {
        mayBeAway = false;
        beAway(stage, chance);
      } else if (chance.percent(60)) stage.passes(2 * HOUR);
      for (let count = chance.below(8); count > 0; count -= 1) stage.happens();
      const { code, lines, errors } = await pullAndDie(stage, deathBy(chance), meanwhileBy(chance, stage));
      receiver.take(lines);
      if (code === null) counts.killed += 1;
      else counts.ended += 1;
      if (errors.includes('filled in from its audit log')) counts.filled += 1;
      if (code !== null && code !== 0) broken.push(`a pull ended with ${code}: ${errors}`);
    }
    for (let count = chance.below(4); count > 0; count -= 1) stage.happens();
    stage.passes(0);
    const last = await pullAndDie(stage, { at: 'never' });
    receiver.take(last.lines);
    const soon = complaintsOf(stage, receiver, false);
    stage.passes(25 * HOUR);
    const wholeDay = await pullAndDie(stage, { at: 'never' });
    receiver.take(wholeDay.lines);
    const again = chance.percent(30) ? (await pullAndDie(stage, { at: 'never' })).lines : [];
    const tooMuch = again.map((line) => `told although nothing happened: ${line}`);
    return { ...counts, complaints: [...broken, ...soon, ...complaintsOf(stage, receiver, true), ...tooMuch] };
  } finally {
    await stage.close();
  }
}

/** Fifteen days in which nobody pulls, so that requests come and go without ever being listed to us. */
function beAway(stage: Stage, chance: Chance): void {
  for (let day = 0; day < 15; day += 1) {
    for (let count = chance.below(3); count > 0; count -= 1) stage.happens();
    stage.passes(DAY);
  }
  stage.passes(HOUR);
}

function deathBy(chance: Chance): Death {
  switch (chance.below(5)) {
    case 0:
      return { at: 'commit', number: 1 + chance.below(9), moment: chance.one(['before', 'after'] as const) };
    case 1:
      return { at: 'call', number: 1 + chance.below(14) };
    case 2:
      return { at: 'byte', number: 1 + chance.below(20_000) };
    case 3:
      return { at: 'commit', number: 3 + chance.below(4), moment: chance.one(['before', 'after'] as const) };
    default:
      return { at: 'never' };
  }
}

function meanwhileBy(chance: Chance, stage: Stage): readonly Meanwhile[] {
  return Array.from({ length: chance.below(4) }, () => ({ call: 1 + chance.below(14), run: () => stage.happens() }));
}

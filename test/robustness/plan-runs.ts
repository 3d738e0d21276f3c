import { type Chance, chanceOf } from './chance.ts';
import type { Performance } from './perform.ts';
import type { Death, Rival, Run } from './run.ts';
import { type Scenario, VENDORS, VERDICTS } from './scenario.ts';

/** What a decision takes when nothing happens to it. */
export type Course = Pick<Performance, 'commits' | 'calls' | 'writes'>;

/** Nothing happens: the process is killed once it has answered. */
export function calmRun(scenario: Scenario): Run {
  return {
    ...scenario,
    era: 'legacy',
    given: 'yes',
    death: { at: 'end' },
    rival: null,
    weather: null,
    next: { does: 'reconcile', as: 'library' },
  };
}

/** Directly before and after every commit, at every call, and after the effect of every write. */
function deathsIn({ commits, calls, writes }: Course): readonly Death[] {
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
  return [
    ...numbers(commits).flatMap((number): readonly Death[] => [
      { at: 'commit', number, moment: 'before' },
      { at: 'commit', number, moment: 'after' },
    ]),
    ...numbers(calls).map((number): Death => ({ at: 'call', number, moment: 'before' })),
    ...writes.map((number): Death => ({ at: 'call', number, moment: 'after' })),
  ];
}

/** Every point of the scenarios at which a process can die, once; a rival in every third, where it doesn't keep the point from being reached. */
export function everyDeath(scenarios: readonly { scenario: Scenario; course: Course }[]): readonly Run[] {
  const points = scenarios.flatMap(({ scenario, course }) =>
    deathsIn(course).map((death) => ({ scenario, course, death })),
  );
  const chance = chanceOf(points.length);
  return points.map(({ scenario, course, death }, index) => ({
    ...calmRun(scenario),
    era: chance.one(['legacy', 'modern']),
    death,
    rival: index % 3 === 2 ? rivalBeside(scenario, course, death, chance) : null,
    next: nextBy(chance),
  }));
}

/** It lives to tell of it: nobody says yes, or a rival is first by a moment. */
export function livingRuns(scenario: Scenario, { writes }: Course): readonly Run[] {
  const calm = calmRun(scenario);
  return [
    { ...calm, given: 'no' },
    { ...calm, given: 'wrong text' },
    ...VERDICTS.map((verdict): Run => ({ ...calm, rival: { target: 0, verdict, at: writes[0] ?? 'question' } })),
  ];
}

/** Comes with a write or with the call that the process dies of, or when it is gone. */
function rivalBeside({ targets }: Scenario, { writes }: Course, death: Death, chance: Chance): Rival {
  const target = chance.below(targets);
  const own = death.at === 'call' ? death.number : undefined;
  const at = chance.one(['death', writes[target] ?? 'death', own ?? 'death'] as const);
  return { target, verdict: chance.one(VERDICTS), at };
}

function nextBy(chance: Chance): Run['next'] {
  return {
    does: chance.one(['reconcile', 'reconcile', 'plan']),
    as: chance.percent(10) ? 'program' : 'library',
  };
}

/** Anything at all, as the seed has it. */
export function randomScenario(seed: number): Scenario {
  const chance = chanceOf(seed);
  return {
    vendor: chance.one(VENDORS),
    verdict: chance.one(VERDICTS),
    targets: 1 + chance.below(3),
    way: chance.one(['elicitation', 'signature']),
  };
}

export function randomRun(seed: number, { commits, calls }: Course): Run {
  const scenario = randomScenario(seed);
  const chance = chanceOf(seed + 1_000_003);
  const moment = chance.one(['before', 'after']);
  const death: Death = chance.percent(50)
    ? { at: 'commit', number: 1 + chance.below(commits), moment }
    : { at: 'call', number: 1 + chance.below(calls), moment };
  return {
    ...calmRun(scenario),
    era: chance.one(['legacy', 'modern']),
    given: chance.one(['yes', 'yes', 'yes', 'yes', 'yes', 'yes', 'yes', 'no', 'wrong text']),
    death: chance.percent(95) ? death : { at: 'end' },
    rival: seed % 3 === 2 ? randomRival(scenario, calls, chance) : null,
    next: nextBy(chance),
  };
}

function randomRival({ targets }: Scenario, calls: number, chance: Chance): Rival {
  return {
    target: chance.below(targets),
    verdict: chance.one(VERDICTS),
    at: chance.one(['question', 'death', 1 + chance.below(calls), 1 + chance.below(calls)]),
  };
}

/** Bad weather; one process in five is killed as well, and one in three lives on. */
export function stormyRun(seed: number, course: Course): Run {
  const run = randomRun(seed, course);
  const chance = chanceOf(seed + 2_000_003);
  return {
    ...run,
    given: 'yes',
    death: chance.percent(20) ? run.death : { at: chance.one(['end', 'never']) },
    weather: {
      seed,
      reads: chance.one([0, 10, 30]),
      writes: chance.one([50, 100]),
      readsAfterwards: chance.one([10, 50, 100]),
    },
  };
}

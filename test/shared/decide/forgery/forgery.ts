import type { DecisionResult } from '@countersign/shared/decide';
import fc from 'fast-check';
import { ORDERS, type Scene, type SetUp, type Stage, TRUSTED } from './stage.ts';

/** One way to get a write without a person's countersignature on exactly that decision. */
export interface Forgery {
  readonly title: string;
  /** What all its attempts come to. */
  readonly ends: readonly DecisionResult['status'][];
  /** How many writes each attempt makes that are right, before it does what is not. */
  readonly writes: number;
  /** Makes its attempts, one after the other. @param judge says what is wrong with an attempt's end, by throwing */
  attempts(stage: Stage, runs: number, judge: (scene: Scene, result: DecisionResult) => void): Promise<void>;
}

export interface ForgeryOptions {
  readonly ends?: Forgery['ends'];
  readonly writes?: number;
  readonly orders?: readonly SetUp['order'][];
}

/** The same attempts every time. */
const SEED = 20_261_121;

/** @param attempt tries it, and answers with how the decision ended */
export function forgery<Choice>(
  title: string,
  choice: fc.Arbitrary<Choice>,
  attempt: (scene: Scene, choice: Choice, stage: Stage) => Promise<DecisionResult>,
  { ends = ['refused'], writes = 0, orders = ORDERS }: ForgeryOptions = {},
): Forgery {
  const setUp: fc.Arbitrary<SetUp> = fc.record({
    order: fc.constantFrom(...orders),
    key: fc.constantFrom(...TRUSTED),
  });
  return {
    title,
    ends,
    writes,
    attempts: async (stage, runs, judge) => {
      const property = fc.asyncProperty(setUp, choice, async (chosen, how) => {
        const scene = await stage.open(chosen);
        judge(scene, await attempt(scene, how, stage));
        // What was made unreadable by hand may still stand open.
        await stage.world.ledger.closePlan(scene.plan.decision, 'refused', 'The test takes it back.');
      });
      await fc.assert(property, { seed: SEED, numRuns: runs, endOnFailure: true });
    },
  };
}

export const NO_CHOICE = fc.constant(null);

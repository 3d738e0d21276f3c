import type { FaultAction, RecordedCall, Sandbox } from '@countersign/shared/sandbox';
import { chanceOf } from './chance.ts';
import type { Weather } from './run.ts';
import { isWrite } from './stage.ts';

/** Longer than an answer takes on a busy machine, and short enough to be waited for. */
export const IMPATIENT_MS = 2000;

const FAULTS = [
  { kind: 'resetBeforeEffect' },
  { kind: 'resetAfterEffect' },
  { kind: 'status', status: 503, body: 'try later' },
  { kind: 'status', status: 500, body: 'something broke', applied: true },
] as const satisfies readonly FaultAction[];

/** Rarer, because each has to be waited for. */
const SILENCE = [{ kind: 'hang' }, { kind: 'hang', applied: true }] as const satisfies readonly FaultAction[];

type Fate = (typeof FAULTS | typeof SILENCE)[number];

export interface Storm {
  /** Whether a fault struck this call. */
  struck(call: RecordedCall): boolean;
  calm(): void;
}

/** Has the vendors fail as the weather has it. Which calls it strikes follows from the seed and their order. */
export function storm({ faults }: Sandbox, { seed, reads, writes, readsAfterwards }: Weather): Storm {
  const chance = chanceOf(seed);
  const fates = new Map<RecordedCall, Fate | null>();
  let hasWritten = false;
  const fateOf = (call: RecordedCall) => {
    const known = fates.get(call);
    if (known !== undefined) return known;
    const share = isWrite(call) ? writes : hasWritten ? readsAfterwards : reads;
    hasWritten ||= isWrite(call);
    const fate = chance.percent(share) ? chance.one(chance.percent(10) ? SILENCE : FAULTS) : null;
    fates.set(call, fate);
    return fate;
  };
  const orders = [...FAULTS, ...SILENCE].map((fault) =>
    faults.add({ when: { where: (call) => fateOf(call) === fault }, do: fault }),
  );
  return {
    struck: (call) => (fates.get(call) ?? null) !== null,
    calm: () => {
      for (const takeBack of orders) takeBack();
    },
  };
}

import { STANDARD_REQUESTS as ADMIN_BY_REQUEST } from './admin-by-request/population/requests.ts';
import type { Arrival, SandboxOptions } from './options.ts';
import type { Simulations } from './simulations.ts';
import { STANDARD_REQUESTS as THREAT_LOCKER } from './threatlocker/population/requests.ts';

export interface Traffic {
  /** A believable new request, the vendors by turns. */
  next(): Arrival;
  stop(): void;
}

/** Starts the timers that the options ask for. */
export function startTraffic(
  options: SandboxOptions,
  simulations: Simulations,
  random: () => number,
  arrive: (what: Arrival) => void,
): Traffic {
  const timers: NodeJS.Timeout[] = [];
  let arrivals = 0;
  const next = (): Arrival => {
    arrivals += 1;
    return arrivals % 2 === 1 ? anotherThreatLocker(random, arrivals) : anotherAdminByRequest(random, arrivals);
  };
  if (options.arrivalsEveryMs !== undefined) timers.push(setInterval(() => arrive(next()), options.arrivalsEveryMs));
  if (options.rival !== undefined) {
    timers.push(setInterval(() => decideSomething(simulations, random), options.rival.everyMs));
  }
  return {
    next,
    stop() {
      for (const timer of timers) clearInterval(timer);
    },
  };
}

/** What the standard population asks for and nobody has handled, asked for once more on another computer. */
function anotherThreatLocker(random: () => number, arrivals: number): Arrival {
  const plain = THREAT_LOCKER.filter(({ statusId, assignee }) => statusId === undefined && assignee === undefined);
  const { why, oddTime, minutesAgo, hostname, ...draft } = one(plain, random);
  return { vendor: 'threatlocker', ...draft, name: `${draft.name}-again-${arrivals}` };
}

function anotherAdminByRequest(random: () => number, arrivals: number): Arrival {
  const plain = ADMIN_BY_REQUEST.filter(({ statusCode }) => statusCode === undefined);
  const { why, minutesAgo, ...draft } = one(plain, random);
  return { vendor: 'admin-by-request', ...draft, name: `${draft.name}-again-${arrivals}` };
}

function decideSomething(simulations: Simulations, random: () => number): void {
  const waiting = Object.values(simulations).flatMap((simulation) =>
    simulation.pending().map((id) => ({ simulation, id })),
  );
  if (waiting.length === 0) return;
  const { simulation, id } = one(waiting, random);
  simulation.decide(id, random() < 0.5 ? 'approve' : 'deny');
}

function one<T>(choices: readonly T[], random: () => number): T {
  const chosen = choices[Math.floor(random() * choices.length)];
  if (chosen === undefined) throw new Error('sandbox: nothing to choose from');
  return chosen;
}

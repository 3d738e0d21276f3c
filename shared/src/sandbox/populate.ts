import { HISTORY, STANDARD_REQUESTS } from './admin-by-request/population/requests.ts';
import type { NamedRequest, SandboxOptions } from './options.ts';
import type { Simulations } from './simulations.ts';
import { standardRequests } from './threatlocker/population/standard.ts';

/** Fills both vendors and names what the standard population holds. */
export function populate(
  simulations: Simulations,
  population: NonNullable<SandboxOptions['population']>,
  now: number,
): NamedRequest[] {
  const { threatlocker, 'admin-by-request': adminByRequest } = simulations;
  if (population === 'empty') return [];
  if (population !== 'standard') {
    for (let n = 0; n < population.threatLocker; n += 1) threatlocker.add({ minutesAgo: n });
    for (let n = population.adminByRequest; n > 0; n -= 1) adminByRequest.add({ minutesAgo: n });
    return [];
  }
  for (const draft of HISTORY) adminByRequest.add(draft);
  const made: NamedRequest[] = [];
  for (const { why, ...draft } of standardRequests(now)) {
    made.push({ name: draft.name, vendor: 'threatlocker', id: threatlocker.add(draft), why });
  }
  for (const { why, ...draft } of STANDARD_REQUESTS) {
    made.push({ name: draft.name, vendor: 'admin-by-request', id: adminByRequest.add(draft), why });
  }
  return made;
}

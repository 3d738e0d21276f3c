import { systemClock } from '@countersign/shared/queue';
import type { AccountsStore } from '../accounts/index.ts';
import type { Host } from '../host/index.ts';
import type { Runtime } from '../runtime.ts';
import { tellArrivals } from './arrivals.ts';
import { showContext } from './context.ts';
import { createQueueStore } from './queue-store.ts';
import { showStanding } from './show-standing.ts';
import type { QueueStore } from './store.ts';

/** The queues of this window, with all that tells of them beside the views. Ends with the host. */
export function createQueue(host: Host, runtime: Runtime, accounts: AccountsStore): QueueStore {
  const clock = systemClock((error) => host.log.error(`A queue is not looked at: ${error}`));
  const { subscriptions } = host;
  const store = subscriptions.add(createQueueStore({ host, runtime, accounts, clock, random: Math.random }));
  subscriptions.add(showContext(host, runtime, store));
  subscriptions.add(showStanding(host, store, clock.now));
  subscriptions.add(tellArrivals({ host, runtime, store, clock }));
  return store;
}

import { LedgerError, type OpenLedger } from '@countersign/shared/ledger';
import type { AccountBook } from '@countersign/shared/provider';
import type { SourceNow } from '@countersign/shared/queue';
import { onTestFinished } from 'vitest';
import { createEmitter } from '../../../extension/src/host/event.ts';
import { tellArrivals } from '../../../extension/src/queue/arrivals.ts';
import { showContext } from '../../../extension/src/queue/context.ts';
import { createQueueStore } from '../../../extension/src/queue/queue-store.ts';
import { showStanding } from '../../../extension/src/queue/show-standing.ts';
import type { QueueStore } from '../../../extension/src/queue/store.ts';
import { openLedgerIn } from '../../support/ledger.ts';
import { createMemoryHost, type MemoryHost } from '../../support/memory-host.ts';
import { openWorld, type World, type WorldOptions } from '../../support/world.ts';
import { createHandClock, type HandClock } from './hand-clock.ts';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;

/** A window of the editor, with a ledger handle of its own as a process has it. */
export interface Window {
  readonly host: MemoryHost;
  readonly store: QueueStore;
  readonly ledger: OpenLedger;
  /** The state of the account `acme`. */
  acme(): SourceNow;
  abr(): SourceNow;
  /** A decision that this window carried out has ended. */
  decided(): void;
  accountsChanged(): void;
  /** Once that holds, a second after as many changes of the ledger as it takes. */
  hears(what: () => boolean): Promise<void>;
  close(): void;
}

export interface Stage extends World {
  readonly time: HandClock;
  /** Opens a window, which has not read anything yet. */
  window(options?: WindowOptions): Window;
  /** How often the vendor of the account `acme` was asked for its queue: each reading once. */
  readings(): number;
}

interface WindowOptions {
  readonly host?: MemoryHost;
  readonly book?: AccountBook;
  /** As if there were none. */
  readonly withoutLedger?: boolean;
  /** Called whenever the ledger is asked for. */
  readonly beforeLedger?: () => void;
  readonly random?: () => number;
}

export async function openStage(options: WorldOptions = {}): Promise<Stage> {
  const world = await openWorld({ ...options, limits: { retries: 0, ...options.limits } });
  onTestFinished(() => world.close());
  const time = createHandClock(world.clock);
  return {
    ...world,
    time,
    readings: () =>
      world.sandbox.calls.filter(
        ({ path, body }) => path.includes('GetByParameters') && /"statusId":1,.*"pageNumber":1,/.test(body),
      ).length,
    window: (windowOptions) => openWindow(world, time, windowOptions),
  };
}

function openWindow(world: World, time: HandClock, options: WindowOptions = {}): Window {
  const { host = createMemoryHost(), book = world.book, withoutLedger = false, random = () => 0 } = options;
  const { folder, clock } = world;
  const now = () => clock.now;
  const ledger = openLedgerIn(folder, { now });
  const decided = createEmitter<void>();
  const accounts = createEmitter<void>();
  const runtime = {
    book,
    ledger: () => {
      options.beforeLedger?.();
      return withoutLedger ? null : ledger;
    },
    whyNoLedger: () => (withoutLedger ? new LedgerError('unavailable', 'There is none.') : null),
    onDidDecide: decided.event,
  };
  let changes = 0;
  let told = Promise.withResolvers<void>();
  const store = createQueueStore({
    host,
    runtime,
    accounts: { onDidChange: accounts.event },
    clock: time,
    random,
  });
  const parts = [
    store,
    showContext(host, runtime, store),
    showStanding(host, store, now),
    tellArrivals({ host, runtime, store, clock: time }),
  ];
  // After the store has begun to watch, so that it has been told when this is.
  const watching = store.onDidChange(() => {
    watching.dispose();
    ledger.watch(() => {
      changes += 1;
      told.resolve();
      told = Promise.withResolvers();
    });
  });
  let isOpen = true;
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    for (const part of parts.reverse()) part.dispose();
    ledger.close();
  };
  onTestFinished(close);
  const of = (id: string) => {
    const source = store.state.sources.find(({ account }) => account === id);
    if (!source) throw new Error(`no account ${id}`);
    return source;
  };
  return {
    host,
    store,
    ledger,
    acme: () => of('acme'),
    abr: () => of('acme-abr'),
    decided: () => decided.fire(),
    accountsChanged: () => accounts.fire(),
    hears: async (what) => {
      for (let heard = 0; !what(); ) {
        if (heard === changes) await told.promise;
        heard = changes;
        await time.advance(SECOND);
      }
    },
    close,
  };
}

/** The requests that a source shows; none where it shows nothing. */
export function requestsOf(source: SourceNow) {
  return 'requests' in source ? source.requests : [];
}

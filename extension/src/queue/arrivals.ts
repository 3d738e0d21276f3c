import { type ApprovalRequest, isDecidable, type RequestReference } from '@countersign/shared/approval';
import type { AccountEntry } from '@countersign/shared/provider';
import { type Clock, snapshotSource } from '@countersign/shared/queue';
import type { Disposable, Host } from '../host/index.ts';
import type { Runtime } from '../runtime.ts';
import { createAnnouncer } from './announce.ts';
import { type Arrival, arrivalWords } from './arrival-words.ts';
import type { QueueState, QueueStore } from './store.ts';

/** Another window, which somebody looks at, goes first. */
const UNFOCUSED_MS = 5000;

interface ArrivalsOptions {
  readonly host: Pick<Host, 'dialogs' | 'log' | 'modals' | 'settings' | 'memory' | 'window' | 'run' | 'runBuiltIn'>;
  readonly runtime: Pick<Runtime, 'ledger'>;
  readonly store: QueueStore;
  readonly clock: Clock;
}

/** Says what has come to wait since it was last said, in one toast for all of it. */
export function tellArrivals({ host, runtime, store, clock }: ArrivalsOptions): Disposable {
  const announcer = createAnnouncer(host, runtime);
  /** Accounts that were read in this window, with what waited in them when they were last. */
  const seen = new Map<string, Set<RequestReference>>();
  const lists = new Map<string, readonly ApprovalRequest[]>();
  /** Seen, and not told yet. */
  const untold = new Map<RequestReference, Arrival>();
  let timer: Disposable | null = null;
  let wasToldUnfocused = false;

  function take({ entries, sources }: QueueState): void {
    for (const entry of entries) {
      const source = sources.find(({ account }) => account === entry.account.id);
      // What is old may be decided since.
      if (source?.state === 'ready') takeFrom(entry, source.requests);
    }
    if (untold.size > 0) soon();
  }

  function takeFrom({ account }: AccountEntry, requests: readonly ApprovalRequest[]): void {
    const key = snapshotSource(account);
    if (lists.get(key) === requests) return;
    lists.set(key, requests);
    const known = seen.get(key);
    const isFirst = known === undefined;
    const waiting = new Set<RequestReference>();
    seen.set(key, waiting);
    for (const request of requests) {
      if (!isDecidable(request)) continue;
      waiting.add(request.reference);
      // Nor is what comes back told again, while there is a ledger, which remembers it for longer.
      if (known?.has(request.reference)) continue;
      untold.set(request.reference, { key, request, isFirst, isSandbox: account.sandbox });
    }
    // What no longer waits is nothing to be told of.
    for (const [reference, arrival] of untold) {
      if (arrival.key === key && !waiting.has(reference)) untold.delete(reference);
    }
  }

  function soon(): void {
    timer ??= clock.after(host.window.focused ? 0 : UNFOCUSED_MS, async () => {
      await tell().finally(() => {
        timer = null;
      });
      if (untold.size > 0 && mayTell()) soon();
    });
  }

  /** One toast while nobody looks is enough: the next one says all that has come by then. */
  function mayTell(): boolean {
    return !host.modals.isOpen && (host.window.focused || !wasToldUnfocused);
  }

  async function tell(): Promise<void> {
    if (!mayTell()) return;
    const arrivals = [...untold.values()];
    untold.clear();
    const fresh = await announcer.announce(arrivals);
    if (fresh.length === 0 || !host.settings.get('notifyNewRequests')) return;
    wasToldUnfocused = !host.window.focused;
    void toast(fresh).catch((error: unknown) => host.log.error(`New requests could not be shown: ${error}`));
  }

  async function toast(arrivals: readonly Arrival[]): Promise<void> {
    const { message, review, silence } = arrivalWords(arrivals);
    const answer = await host.dialogs.notify('info', message, review, silence);
    if (answer === silence) await host.settings.update('notifyNewRequests', false);
    if (answer !== review) return;
    const [only, ...others] = arrivals;
    if (only && others.length === 0) {
      const { request } = only;
      await host.run('review', { kind: 'request', id: request.reference, request });
    } else await host.runBuiltIn('countersign.pending.focus');
  }

  const listening = [
    store.onDidChange(take),
    host.modals.onDidClose(() => {
      if (untold.size > 0) soon();
    }),
    host.window.onDidChangeFocus((isFocused) => {
      if (!isFocused) return;
      wasToldUnfocused = false;
      timer?.dispose();
      timer = null;
      if (untold.size > 0) soon();
    }),
  ];
  return {
    dispose: () => {
      timer?.dispose();
      for (const { dispose } of listening) dispose();
    },
  };
}

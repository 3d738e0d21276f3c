import { SettingsError } from '@countersign/shared/account';
import { type AccountId, parseReference, type RequestReference } from '@countersign/shared/approval';
import type { Ledger } from '@countersign/shared/ledger';
import type { AccountEntry } from '@countersign/shared/provider';
import { type Clock, createPoller, followLedger, type Poller, type PollWords } from '@countersign/shared/queue';
import * as l10n from '@vscode/l10n';
import { createEmitter, type Disposable, type Event, type Host } from '../host/index.ts';
import type { Runtime } from '../runtime.ts';
import type { QueueState, QueueStore } from './store.ts';

export interface QueueStoreOptions {
  readonly host: Pick<Host, 'window' | 'log'>;
  readonly runtime: Pick<Runtime, 'book' | 'ledger' | 'onDidDecide'>;
  readonly accounts: { readonly onDidChange: Event<void> };
  readonly clock: Clock;
  readonly random: () => number;
}

/** A file and its secrets change together. */
const GATHER_MS = 50;

/** The queues of this window, kept young by themselves from the next turn of the event loop on. */
export function createQueueStore(options: QueueStoreOptions): QueueStore & Disposable {
  const { host, runtime, accounts, clock, random } = options;
  const changes = createEmitter<QueueState>();
  let state: QueueState = { settings: null, problem: null, entries: [], sources: [] };
  let pollers: readonly Poller[] = [];

  const failed = (error: unknown) => {
    host.log.error(`A queue could not be read: ${error instanceof Error ? (error.stack ?? error.message) : 'unknown'}`);
  };
  const follower = followLedger({
    clock,
    failed,
    changed: async () => {
      await Promise.all(pollers.map((poller) => poller.look()));
    },
    decided: (request: RequestReference) => {
      const account = parseReference(request)?.account;
      pollers.find(({ entry }) => entry.account.id === account)?.outdate();
    },
  });
  const ledger = (): Ledger | null => {
    const ours = runtime.ledger();
    if (ours) follower.follow(ours);
    return ours;
  };

  function show(now: QueueState): void {
    state = now;
    changes.fire(state);
  }

  function shown(): void {
    show({ ...state, sources: pollers.map(({ source }) => source) });
  }

  function pollerOf(entry: AccountEntry): Poller {
    return createPoller({
      entry,
      ledger,
      clock,
      random,
      isFocused: () => host.window.focused,
      words: pollWords(),
      changed: shown,
      failed,
    });
  }

  let reloading: Disposable | null = null;
  let last = 0;
  /** Looks at the accounts anew. */
  async function reload(): Promise<void> {
    last += 1;
    const own = last;
    const now = await runtime.book.now().catch(asSettingsError);
    // Another one began later, and knows better.
    if (own !== last) return;
    if (now instanceof SettingsError) {
      replace([]);
      return show({ settings: null, problem: now, entries: [], sources: [] });
    }
    const begun = replace(now.entries);
    const { settings, entries } = now;
    show({ settings, problem: null, entries, sources: pollers.map(({ source }) => source) });
    await Promise.all(begun.map((poller) => poller.begin()));
    // Only after the first picture, which costs nobody anything.
    for (const poller of pollers) poller.reconsider();
  }

  /** An account whose settings are the same keeps what is known of it. @returns the new ones */
  function replace(entries: readonly AccountEntry[]): readonly Poller[] {
    const before = pollers;
    pollers = entries.map(
      (entry) => before.find((poller) => poller.entry.provider === entry.provider) ?? pollerOf(entry),
    );
    for (const poller of before) if (!pollers.includes(poller)) poller.dispose();
    return pollers.filter((poller) => !before.includes(poller));
  }

  const listening = [
    clock.after(0, reload),
    accounts.onDidChange(() => {
      reloading?.dispose();
      reloading = clock.after(GATHER_MS, reload);
    }),
    runtime.onDidDecide(() => {
      for (const poller of pollers) poller.outdate();
    }),
    host.window.onDidChangeFocus(() => {
      for (const poller of pollers) poller.refocus();
    }),
    follower,
  ];
  return {
    get state() {
      return state;
    },
    onDidChange: changes.event,
    refresh: async (account?: AccountId) => {
      await reload();
      const wanted = pollers.filter(({ entry }) => account === undefined || entry.account.id === account);
      await Promise.all(wanted.map((poller) => poller.readNow()));
    },
    dispose: () => {
      last += 1;
      reloading?.dispose();
      for (const { dispose } of [...listening, ...pollers]) dispose();
    },
  };
}

function asSettingsError(error: unknown): SettingsError {
  if (error instanceof SettingsError) return error;
  throw error;
}

function pollWords(): PollWords {
  return {
    leftAlone: l10n.t(
      'It was not read here yet: another process has its turn, perhaps because its vendor wants to be left alone. Retry reads it now.',
    ),
    unforeseen: l10n.t('It could not be read for a reason that nobody foresaw. The log says more.'),
  };
}

import { parseReference } from '@countersign/shared/approval';
import type { AccountEntry } from '@countersign/shared/provider';
import { createPoller, followLedger, type SourceNow, systemClock } from '@countersign/shared/queue';
import type { Runtime } from '../runtime.ts';

/** Queues that are kept young for as long as somebody looks at them. */
export interface WatchedQueues {
  /** In the accounts' order. */
  readonly sources: readonly SourceNow[];
  /** Reads them anew, now. */
  readNow(): void;
  close(): void;
}

const WORDS = {
  leftAlone:
    'It was not read here yet: another process has its turn, perhaps because its vendor wants to be left alone. "r" reads it now.',
  unforeseen: 'It could not be read for a reason that nobody foresaw.',
};

/** @param changed told after every change of the sources. @param failed told of what should not happen */
export function watchQueues(
  entries: readonly AccountEntry[],
  { ledger, snapshots }: Pick<Runtime, 'ledger' | 'snapshots'>,
  changed: () => void,
  failed: (error: unknown) => void,
): WatchedQueues {
  const clock = systemClock(failed);
  // Where one can't be opened for readings, it is not asked for again with each.
  const shared = snapshots() === null ? null : ledger();
  const pollers = entries.map((entry) =>
    createPoller({
      entry,
      ledger: () => shared,
      clock,
      random: Math.random,
      isFocused: () => true,
      words: WORDS,
      changed,
      failed,
    }),
  );
  const follower = followLedger({
    clock,
    failed,
    changed: async () => {
      await Promise.all(pollers.map((poller) => poller.look()));
    },
    decided: (request) => {
      const account = parseReference(request)?.account;
      pollers.find(({ entry }) => entry.account.id === account)?.outdate();
    },
  });
  if (shared) follower.follow(shared);
  for (const poller of pollers) poller.begin().catch(failed);
  return {
    get sources() {
      return pollers.map(({ source }) => source);
    },
    readNow: () => {
      for (const poller of pollers) poller.readNow().catch(failed);
    },
    close: () => {
      follower.dispose();
      for (const poller of pollers) poller.dispose();
    },
  };
}

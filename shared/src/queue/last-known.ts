import type { Account } from '../account/index.ts';
import { type Ledger, LedgerError } from '../ledger/index.ts';
import type { AccountEntry, Listing } from '../provider/index.ts';
import { fromSnapshot, snapshotSource, toSnapshot } from './snapshot.ts';
import type { StaleSource } from './source.ts';

/** Where queues are kept for the time when they can't be read. */
export type Snapshots = Pick<Ledger, 'keepSnapshot' | 'snapshot' | 'dropSnapshot'>;

/** The first picture, at once: what was last read of each queue, as far as it is known. No vendor is asked, no secret fetched. */
export async function lastKnown(
  entries: readonly AccountEntry[],
  snapshots: Snapshots,
): Promise<readonly StaleSource[]> {
  const known = await Promise.all(entries.map(({ account }) => lastKnownOf(account, snapshots)));
  return known.filter((source) => source !== null);
}

/** @param after only what was read later than this instant, ISO 8601 UTC; asking for that alone costs microseconds */
export async function lastKnownOf(
  account: Account,
  snapshots: Pick<Snapshots, 'snapshot'>,
  after?: string,
): Promise<StaleSource | null> {
  const snapshot = await withoutFail(snapshots.snapshot(snapshotSource(account), after));
  const known = snapshot && (await fromSnapshot(account, snapshot));
  return known && { account: account.id, state: 'stale', ...known, error: null };
}

export async function keep(account: Account, at: string, listing: Listing, snapshots: Snapshots): Promise<void> {
  const snapshot = await toSnapshot(at, listing);
  if (snapshot) await withoutFail(snapshots.keepSnapshot(snapshotSource(account), snapshot));
}

export async function forget(account: Account, snapshots: Snapshots): Promise<void> {
  await withoutFail(snapshots.dropSnapshot(snapshotSource(account)));
}

/** A ledger that fails costs the snapshot, never the reading. */
async function withoutFail<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof LedgerError) return null;
    throw error;
  }
}

import { VendorError } from '../http/index.ts';
import type { AccountEntry } from '../provider/index.ts';
import { forget, keep, lastKnownOf, type Snapshots } from './last-known.ts';
import type { Source } from './source.ts';

interface ReadingOptions {
  /** Where readings are kept, and found when a later one fails; without it nothing is. */
  readonly snapshots?: Snapshots | null;
  readonly signal?: AbortSignal;
}

/** Reads the queues side by side; one that fails takes no other with it. */
export async function readSources(
  entries: readonly AccountEntry[],
  now: () => number,
  options: ReadingOptions = {},
): Promise<readonly Source[]> {
  return await Promise.all(entries.map((entry) => readSource(entry, now, options)));
}

export async function readSource(
  { account, provider }: AccountEntry,
  now: () => number,
  { snapshots = null, signal }: ReadingOptions,
): Promise<Source> {
  const at = new Date(now()).toISOString();
  const read = await provider.list(signal).catch(asVendorError);
  if (!(read instanceof VendorError)) {
    if (snapshots) await keep(account, at, read, snapshots);
    return { account: account.id, state: 'ready', at, requests: read.requests, notes: read.notes };
  }
  const { kind, message, retryAfterMs } = read;
  const error = { kind, message, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  if (kind === 'auth' || kind === 'permission') {
    // Whom the vendor has just refused the queue gets to see no older one either, nor after the next start.
    if (snapshots && !read.neverSent) await forget(account, snapshots);
    return { account: account.id, state: kind === 'auth' ? 'signed-out' : 'failed', error };
  }
  const known = snapshots && (await lastKnownOf(account, snapshots));
  return known ? { ...known, error } : { account: account.id, state: 'failed', error };
}

function asVendorError(error: unknown): VendorError {
  if (error instanceof VendorError) return error;
  throw error;
}

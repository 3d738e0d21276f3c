import type { Account } from '../account/index.ts';
import type { AccountId } from '../approval/index.ts';
import type { Ledger } from '../ledger/index.ts';
import type { AccountEntry } from '../provider/index.ts';
import { lastKnownOf } from './last-known.ts';
import { INTERVAL } from './pace.ts';
import { readSources } from './read-sources.ts';
import { isSameData, NOT_IN_SNAPSHOTS, sharedRequests } from './share.ts';
import type { Source, SourceError } from './source.ts';

/** One account's queue: not read yet, or what is known of it. */
export type SourceNow = Source | { readonly account: AccountId; readonly state: 'loading' };

/** What a face says of a queue that was not asked for, or could not be for a reason that nobody foresaw. */
export interface PollWords {
  readonly leftAlone: string;
  readonly unforeseen: string;
}

interface ReadingOptions {
  /** Where readings are kept; `null`: nowhere. */
  readonly store: Ledger | null;
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly words: PollWords;
  /** Told of what should not happen. */
  readonly failed: (error: unknown) => void;
}

/** Asks the vendor. Where it fails, what is known already is shown as stale, unless the vendor refuses to show it. */
export async function readAnew(
  entry: AccountEntry,
  known: SourceNow,
  { store, now, signal, words, failed }: ReadingOptions,
): Promise<Source> {
  const before = 'requests' in known ? known : null;
  // What this window knows holds more than a snapshot of the same time.
  const snapshots = store && { ...store, snapshot: (of: string) => store.snapshot(of, before?.at) };
  const read = await readSources([entry], now, { snapshots, signal }).catch((error: unknown) => {
    if (!signal.aborted) failed(error);
    return null;
  });
  const source = read?.[0] ?? { account: entry.account.id, state: 'failed', error: fault(words) };
  if (source.state === 'signed-out') return source;
  if (source.state === 'failed' && source.error.kind === 'permission') return source;
  if (source.state === 'failed') return before ? { ...before, state: 'stale', error: source.error } : source;
  return await sharing(before, source, source.state === 'stale' ? NOT_IN_SNAPSHOTS : undefined);
}

/** What another process has read since; ready where it is young enough to pass for a reading of ours. */
export async function newerSnapshot(
  account: Account,
  known: SourceNow,
  store: Ledger,
  { now, youngMs }: { readonly now: number; readonly youngMs: number },
) {
  const before = 'requests' in known ? known : null;
  const found = await lastKnownOf(account, store, before?.at);
  if (found === null) return null;
  const age = now - Date.parse(found.at);
  const isYoung = age >= 0 && age < youngMs;
  const { account: id, at, requests, notes } = await sharing(before, found, NOT_IN_SNAPSHOTS);
  if (isYoung) return { account: id, state: 'ready', at, requests, notes } as const;
  const error = 'error' in known ? known.error : null;
  return { account: id, state: 'stale', at, requests, notes, error } as const;
}

/** A reading from before the computer slept, or before others had the turn for long, is no longer shown as one. */
export function aged(source: SourceNow, now: number): SourceNow {
  if (source.state !== 'ready' || now - Date.parse(source.at) <= 2 * INTERVAL.unfocused) return source;
  return { ...source, state: 'stale', error: null };
}

/** A window that has nothing to show says why, instead of seeming to read for as long as another has the turn. */
export function leftAlone(source: SourceNow, words: PollWords): SourceNow {
  if (source.state !== 'loading') return source;
  return { account: source.account, state: 'failed', error: { kind: 'rate-limited', message: words.leftAlone } };
}

async function sharing<S extends Source>(
  before: Extract<SourceNow, { readonly requests: unknown }> | null,
  source: S,
  except?: ReadonlySet<string>,
): Promise<S> {
  if (!before || !('requests' in source)) return source;
  return {
    ...source,
    requests: await sharedRequests(before.requests, source.requests, except),
    notes: isSameData(before.notes, source.notes) ? before.notes : source.notes,
  };
}

/** What is left to show after an error that nobody foresaw. */
export function unforeseen({ account }: AccountEntry, known: SourceNow, words: PollWords): SourceNow {
  if (known.state === 'signed-out') return known;
  if ('requests' in known) return { ...known, state: 'stale', error: fault(words) };
  return { account: account.id, state: 'failed', error: fault(words) };
}

function fault({ unforeseen: message }: PollWords): SourceError {
  return { kind: 'malformed', message };
}

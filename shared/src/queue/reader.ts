import { setTimeout as wait } from 'node:timers/promises';
import type { AccountId } from '../approval/index.ts';
import type { AccountEntry } from '../provider/index.ts';
import { lastKnownOf, type Snapshots } from './last-known.ts';
import { readSource } from './read-sources.ts';
import type { ReadySource, Source } from './source.ts';

/** How long a first look waits for the vendor, where there is something to show meanwhile. */
const PATIENCE_MS = 150;
/** More requests that arrive keep a process busy for longer than that, so they are asked for when the first answer has left. */
const MANY = 1000;
const AFTER_MS = 100;
/** A reading that is younger is not repeated; each says when it was made. */
const FRESH_MS = 60_000;

export interface QueueReaderOptions {
  readonly now: () => number;
  /** `null`: there is nowhere to keep readings. */
  readonly snapshots: () => Snapshots | null;
}

/** The queues for a process that is asked again and again. */
export interface QueueReader {
  /** As `readSources`, from memory where that is young enough. A first look may be what another process last read, while the vendor is asked. */
  read(entries: readonly AccountEntry[], signal?: AbortSignal): Promise<readonly Source[]>;
  /** Something was changed, in one account or anywhere, so that what was read, or is being read, no longer holds. */
  forget(account?: AccountId): void;
}

interface Kept {
  /** An account whose settings changed has another one, and so no reading yet. */
  readonly provider: AccountEntry['provider'];
  readonly reading: Promise<Source>;
  /** Once it is read. */
  source: ReadySource | null;
}

export function createQueueReader(options: QueueReaderOptions): QueueReader {
  const { now, snapshots } = options;
  const kept = new Map<AccountId, Kept>();

  /** The reading that is under way or young enough, or a new one. Shared, so that no caller's end ends it for others. */
  function readingOf(entry: AccountEntry): Kept {
    const { account, provider } = entry;
    const known = kept.get(account.id);
    if (known?.provider === provider && isYoung(known)) return known;
    const begun: Kept = { provider, reading: readSource(entry, now, { snapshots: snapshots() }), source: null };
    kept.set(account.id, begun);
    const drop = () => {
      if (kept.get(account.id) === begun) kept.delete(account.id);
    };
    begun.reading.then((source) => {
      if (source.state === 'ready') begun.source = source;
      else drop();
    }, drop);
    return begun;
  }

  function isYoung({ source }: Kept): boolean {
    if (source === null) return true;
    const age = now() - Date.parse(source.at);
    // A clock that was put back makes nothing young.
    return age >= 0 && age < FRESH_MS;
  }

  const asked = new WeakSet<AccountEntry['provider']>();

  async function firstAnswer(entry: AccountEntry): Promise<Source | null> {
    if (asked.has(entry.provider)) return null;
    asked.add(entry.provider);
    const store = snapshots();
    const known = store && (await lastKnownOf(entry.account, store));
    if (!known) return null;
    if (known.requests.length > MANY) return known;
    const { reading } = readingOf(entry);
    const isSlow = await Promise.race([reading.then(() => false), wait(PATIENCE_MS, true, { ref: false })]);
    return isSlow ? known : await reading;
  }

  async function read(entry: AccountEntry, signal: AbortSignal | undefined): Promise<Source> {
    const first = kept.has(entry.account.id) ? null : await firstAnswer(entry);
    if (first) return first;
    const { reading, source } = readingOf(entry);
    if (source) return source;
    return await withSignal(reading, signal);
  }

  return {
    read: async (entries, signal) => {
      const sources = await Promise.all(entries.map((entry) => read(entry, signal)));
      const unread = entries.filter(({ account }) => !kept.has(account.id));
      if (unread.length > 0) setTimeout(() => unread.forEach(readingOf), AFTER_MS).unref();
      return sources;
    },
    forget: (account) => {
      if (account === undefined) kept.clear();
      else kept.delete(account);
    },
  };
}

/** Ends the waiting, not what is waited for. */
async function withSignal<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return await work;
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const end = () => reject(signal.reason);
  signal.addEventListener('abort', end, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}

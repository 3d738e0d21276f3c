import type { Ledger } from '../ledger/index.ts';
import type { AccountEntry } from '../provider/index.ts';
import type { Clock, Disposable } from './clock.ts';
import {
  afterFailure,
  afterReading,
  afterSignOut,
  dueAt,
  INTERVAL,
  isLongRefused,
  NOTHING_YET,
  notOurTurn,
  outdated,
} from './pace.ts';
import {
  aged,
  leftAlone,
  newerSnapshot,
  type PollWords,
  readAnew,
  type SourceNow,
  unforeseen,
} from './poll-reading.ts';
import { turnsOf } from './turn.ts';

/** Keeps what is known of one account's queue young. Never asks its vendor twice at a time. */
export interface Poller extends Disposable {
  readonly entry: AccountEntry;
  readonly source: SourceNow;
  /** Shows what was last read by anybody, and reads anew if that is not young. */
  begin(): Promise<void>;
  /** Reads anew, whoever else does. @returns when a reading that began after the call has ended */
  readNow(): Promise<void>;
  /** What was read so far no longer holds. */
  outdate(): void;
  /** The ledger has changed: another process may have read the queue. */
  look(): Promise<void>;
  /** Secrets or settings have changed, so that who was signed out may be let in. */
  reconsider(): void;
  /** The window is looked at, or no longer. */
  refocus(): void;
}

export interface PollerOptions {
  readonly entry: AccountEntry;
  readonly ledger: () => Ledger | null;
  readonly clock: Clock;
  readonly random: () => number;
  readonly isFocused: () => boolean;
  readonly words: PollWords;
  /** Told after every change of `source`. */
  readonly changed: () => void;
  /** Told of what should not happen. */
  readonly failed: (error: unknown) => void;
}

export function createPoller(options: PollerOptions): Poller {
  const { entry, ledger, clock, random, isFocused, words, changed, failed } = options;
  const { account } = entry;
  const ending = new AbortController();
  let source: SourceNow = { account: account.id, state: 'loading' };
  let pace = NOTHING_YET;
  let timer: Disposable | null = null;
  let underWay: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  function show(now: SourceNow): void {
    if (now === source || ending.signal.aborted) return;
    source = now;
    changed();
  }

  /** Only while nothing else is under way. */
  function run(work: () => Promise<void>): Promise<void> {
    timer?.dispose();
    const begunAt = clock.now();
    underWay = work()
      .catch((error: unknown) => {
        if (ending.signal.aborted) return;
        failed(error);
        // Whatever it was may be so again at once, and over and over.
        if (pace.last !== 'signed-out') {
          pace = afterFailure(pace, { begunAt, at: clock.now(), retryAfterMs: undefined }, random());
        }
        show(unforeseen(entry, source, words));
      })
      .finally(() => {
        underWay = null;
        arm();
      });
    return underWay;
  }

  function arm(): void {
    timer?.dispose();
    if (underWay !== null || ending.signal.aborted) return;
    const due = dueAt(pace, isFocused(), clock.now());
    if (Number.isFinite(due)) timer = clock.after(due - clock.now(), wake);
  }

  async function wake(): Promise<void> {
    if (underWay !== null || ending.signal.aborted) return;
    // Timers are cut short where a number would be too large for them.
    if (dueAt(pace, isFocused(), clock.now()) > clock.now()) arm();
    else await run(poll);
  }

  const interval = () => (isFocused() ? INTERVAL.focused : INTERVAL.unfocused);

  /** Shows what another process has read since. */
  async function adopt(store: Ledger): Promise<void> {
    // Whom the vendor refuses is shown nothing, whoever else may see it.
    if (source.state === 'signed-out') return;
    const found = await newerSnapshot(account, source, store, { now: clock.now(), youngMs: interval() });
    const at = found === null ? 0 : Date.parse(found.at);
    if (found === null || (pace.outdatedAt !== null && at < pace.outdatedAt)) return;
    if (found.state === 'ready') pace = afterReading(pace, at);
    show(found);
  }

  async function adoptNewer(): Promise<void> {
    const store = ledger();
    if (store) await adopt(store);
  }

  async function poll(): Promise<void> {
    show(aged(source, clock.now()));
    const store = ledger();
    if (store) {
      await adopt(store);
      if (dueAt(pace, isFocused(), clock.now()) > clock.now()) return;
      if (!(await turnsOf(account, store).take())) {
        pace = notOurTurn(pace, clock.now());
        if (isLongRefused(pace, clock.now())) show(leftAlone(source, words));
        return;
      }
    }
    await read(store);
  }

  async function read(store: Ledger | null): Promise<void> {
    const begunAt = clock.now();
    let leaveAloneMs = 0;
    try {
      const now = await readAnew(entry, source, { store, now: clock.now, signal: ending.signal, words, failed });
      switch (now.state) {
        case 'ready':
          // From its end on, so that a slow vendor is not asked all the time.
          pace = { ...afterReading(pace, begunAt), at: clock.now() };
          break;
        case 'signed-out':
          pace = afterSignOut(clock.now());
          break;
        case 'stale':
        case 'failed': {
          const retryAfterMs = now.error?.retryAfterMs;
          pace = afterFailure(pace, { begunAt, at: clock.now(), retryAfterMs }, random());
          leaveAloneMs = pace.leftAloneUntil - pace.at;
          break;
        }
        default:
          now satisfies never;
      }
      show(now);
    } finally {
      if (store && !ending.signal.aborted) await turnsOf(account, store).end(leaveAloneMs);
    }
  }

  async function readByHand(): Promise<void> {
    const store = ledger();
    // Others wait meanwhile; whether they do or not, a person is answered.
    if (store) await turnsOf(account, store).take();
    await read(store);
  }

  async function afterwards(): Promise<void> {
    while (underWay !== null) await underWay;
    await run(readByHand);
  }

  return {
    entry,
    get source() {
      return source;
    },
    begin: () => run(adoptNewer),
    readNow: () => {
      if (underWay === null) return run(readByHand);
      next ??= afterwards().finally(() => {
        next = null;
      });
      return next;
    },
    outdate: () => {
      pace = outdated(pace, clock.now());
      arm();
    },
    look: async () => {
      if (underWay !== null || ending.signal.aborted) return;
      await run(adoptNewer);
    },
    reconsider: () => {
      if (pace.last === 'signed-out') pace = NOTHING_YET;
      arm();
    },
    refocus: arm,
    dispose: () => {
      timer?.dispose();
      ending.abort();
    },
  };
}

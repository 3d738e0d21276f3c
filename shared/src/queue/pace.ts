/** How often an account is polled, in milliseconds. */
export const INTERVAL = { focused: 60_000, unfocused: 5 * 60_000 } as const;

/** After a decision: when no other has followed for so long. */
const SETTLED_MS = 300;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 10 * 60_000;
/** A vendor that asks to be left alone for longer is asked once a day. */
const LONGEST_RETRY_AFTER_MS = 24 * 60 * 60_000;
/** Whoever has the turn is read by then, or fails, and a window that has nothing to show wants to know. */
const TURN_WAIT_MS = 10_000;
/** A long queue takes as long; after that nobody reads it, but all were asked to wait. */
const LONG_REFUSED_MS = 60_000;

/** When an account is to be looked at next. */
export interface Pace {
  readonly last: 'nothing' | 'read' | 'failed' | 'signed-out' | 'not-our-turn';
  /** When that was; of what another process read, when it was read. */
  readonly at: number;
  /** In a row. */
  readonly failures: number;
  /** From `at` on, after a failure. */
  readonly waitMs: number;
  /** Nothing is asked before this, unless a person wants it. */
  readonly leftAloneUntil: number;
  /** Since when another process has had the turn; `null`: none has. */
  readonly refusedSince: number | null;
  /** What was read before this no longer holds; `null`: nothing is known to have changed. */
  readonly outdatedAt: number | null;
}

export const NOTHING_YET: Pace = {
  last: 'nothing',
  at: 0,
  failures: 0,
  waitMs: 0,
  leftAloneUntil: 0,
  refusedSince: null,
  outdatedAt: null,
};

export function afterReading(pace: Pace, at: number): Pace {
  return { ...NOTHING_YET, last: 'read', at, outdatedAt: stillOutdated(pace, at) };
}

/** @param random from 0 to 1, so that many windows don't come back at the same moment */
export function afterFailure(
  pace: Pace,
  failed: { readonly begunAt: number; readonly at: number; readonly retryAfterMs: number | undefined },
  random: number,
): Pace {
  const { begunAt, at, retryAfterMs = 0 } = failed;
  const longest = Math.min(FIRST_WAIT_MS * 2 ** pace.failures, LONGEST_WAIT_MS);
  const waitMs = longest * (1 - random / 4);
  return {
    last: 'failed',
    at,
    failures: pace.failures + 1,
    waitMs,
    leftAloneUntil: at + Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS),
    refusedSince: null,
    outdatedAt: stillOutdated(pace, begunAt),
  };
}

export function afterSignOut(at: number): Pace {
  return { ...NOTHING_YET, last: 'signed-out', at };
}

export function notOurTurn(pace: Pace, at: number): Pace {
  return { ...pace, last: 'not-our-turn', at, refusedSince: pace.refusedSince ?? at };
}

export function isLongRefused({ refusedSince }: Pace, now: number): boolean {
  return refusedSince !== null && now - refusedSince >= LONG_REFUSED_MS;
}

export function outdated(pace: Pace, at: number): Pace {
  return { ...pace, outdatedAt: at };
}

function stillOutdated({ outdatedAt }: Pace, readAt: number): number | null {
  return outdatedAt !== null && readAt < outdatedAt ? outdatedAt : null;
}

/** @returns milliseconds since 1970; infinity: not by itself */
export function dueAt(pace: Pace, isFocused: boolean, now: number): number {
  if (pace.last === 'signed-out') return Number.POSITIVE_INFINITY;
  // A clock that was put back must not keep anything waiting for as long.
  if (pace.last === 'nothing' || now < pace.at) return now;
  const byItself = pace.at + patience(pace, isFocused);
  const changed = pace.outdatedAt === null ? Number.POSITIVE_INFINITY : pace.outdatedAt + SETTLED_MS;
  const due = pace.last === 'not-our-turn' ? byItself : Math.min(byItself, changed);
  return Math.max(due, pace.leftAloneUntil);
}

function patience({ last, waitMs }: Pace, isFocused: boolean): number {
  if (last === 'not-our-turn') return TURN_WAIT_MS;
  if (last === 'failed') return isFocused ? waitMs : Math.max(waitMs, INTERVAL.unfocused);
  return isFocused ? INTERVAL.focused : INTERVAL.unfocused;
}

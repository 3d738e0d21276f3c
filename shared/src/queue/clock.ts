/** What ends, or is taken back, once. */
export interface Disposable {
  dispose(): void;
}

/** Time, which tests move by hand. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Does something later, once, unless it is disposed of before; never at once. */
  after(ms: number, work: () => Promise<void>): Disposable;
}

/** What a timer takes; more would be taken for nothing. */
const LONGEST_MS = 2 ** 31 - 1;

export function systemClock(failed: (error: unknown) => void): Clock {
  return {
    now: Date.now,
    after: (ms, work) => {
      const timer = setTimeout(() => void work().catch(failed), Math.min(Math.max(0, ms), LONGEST_MS));
      return { dispose: () => clearTimeout(timer) };
    },
  };
}

import type { Clock } from '@countersign/shared/queue';

export interface HandClock extends Clock {
  /** Moves time on, and does all that falls due on the way, one after the other. */
  advance(ms: number): Promise<void>;
}

/** @param time moved on together with it */
export function createHandClock(time: { now: number }): HandClock {
  const timers = new Set<{ readonly at: number; readonly work: () => Promise<void> }>();
  return {
    now: () => time.now,
    after: (ms, work) => {
      const timer = { at: time.now + ms, work };
      timers.add(timer);
      return { dispose: () => timers.delete(timer) };
    },
    advance: async (ms) => {
      const end = time.now + ms;
      for (;;) {
        const next = [...timers].toSorted((a, b) => a.at - b.at).find(({ at }) => at <= end);
        if (!next) break;
        timers.delete(next);
        time.now = Math.max(time.now, next.at);
        await next.work();
      }
      time.now = Math.max(time.now, end);
    },
  };
}

import type { RequestReference } from '@countersign/shared/approval';
import type { SourceNow } from '@countersign/shared/queue';
import type { News } from './view/live.ts';

/** Remembers what somebody has seen of queues that change. What an account showed when it was first read is no news. */
export interface Seen {
  /** What is new by now. */
  news(sources: readonly SourceNow[]): News;
  /** All that stands there has been seen. */
  markAll(sources: readonly SourceNow[]): void;
}

export function createSeen(now: () => number): Seen {
  const seen = new Map<string, ReadonlySet<RequestReference>>();
  let since = now();
  const waiting = (source: SourceNow) =>
    new Set('requests' in source ? source.requests.map(({ reference }) => reference) : []);
  return {
    news: (sources) => {
      const come = new Set<RequestReference>();
      let gone = 0;
      for (const source of sources) {
        // What is old tells nothing of what has come and gone since.
        if (source.state !== 'ready') continue;
        const here = waiting(source);
        const before = seen.get(source.account);
        if (before === undefined) seen.set(source.account, here);
        else {
          for (const reference of here) if (!before.has(reference)) come.add(reference);
          for (const reference of before) if (!here.has(reference)) gone += 1;
        }
      }
      return { come, gone, since };
    },
    markAll: (sources) => {
      for (const source of sources) if (source.state === 'ready') seen.set(source.account, waiting(source));
      since = now();
    },
  };
}

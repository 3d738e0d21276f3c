import type { Settings } from '@countersign/shared/account';
import type { AccountEntry } from '@countersign/shared/provider';
import { requestsIn, type SourceNow } from '@countersign/shared/queue';
import type { Runtime } from '../runtime.ts';
import type { Seen } from './news.ts';
import { found, type QueueOptions } from './triaged-queue.ts';
import { type LiveQueue, readSourcesOf } from './view/live.ts';

/** Ages and what hangs on them are told in minutes. */
const MINUTE = 60_000;

interface Looked {
  readonly options: QueueOptions;
  readonly entries: readonly AccountEntry[];
  readonly settings: Settings;
  readonly triage: Runtime['triage'];
  readonly seen: Seen;
}

/** What there is to draw. A long queue is filtered, sorted and looked through again only where something has changed. */
export function createPictured({ options, entries, settings, triage, seen }: Looked): {
  at(accounts: readonly SourceNow[], now: number): LiveQueue;
  /** What was seen is another. */
  forget(): void;
} {
  let last: LiveQueue | null = null;
  const holds = ({ accounts, now }: LiveQueue, others: readonly SourceNow[], time: number) =>
    Math.floor(now / MINUTE) === Math.floor(time / MINUTE) &&
    accounts.every((source, index) => source === others[index]);
  return {
    at: (accounts, now) => {
      if (last && holds(last, accounts, now)) return { ...last, now };
      const sources = readSourcesOf(accounts);
      const findings = triage.findings(requestsIn(sources), { now, settings });
      const queue = { sources, findings, settings, now };
      last = { ...queue, all: found(options, queue), entries, accounts, news: seen.news(accounts) };
      return last;
    },
    forget: () => {
      last = null;
    },
  };
}

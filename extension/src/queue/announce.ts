import { setImmediate as pause } from 'node:timers/promises';
import type { RequestReference } from '@countersign/shared/approval';
import { type Ledger, LedgerError } from '@countersign/shared/ledger';
import type { Host } from '../host/index.ts';
import type { Runtime } from '../runtime.ts';
import type { Arrival } from './arrival-words.ts';

/** Accounts whose requests this profile of the editor has told of before, or could have. */
const MEMORY = 'accountsRead';
/** More than anybody has at a time; each sandbox is another one. */
const REMEMBERED = 500;
/** Each is written on its own. */
const AT_A_TIME = 200;

/** Keeps anything from being told twice, by this window or another. */
export interface Announcer {
  /** @returns those to be told of: new, and not decided from here */
  announce(arrivals: readonly Arrival[]): Promise<readonly Arrival[]>;
}

export function createAnnouncer(
  { memory, window }: Pick<Host, 'memory' | 'window'>,
  runtime: Pick<Runtime, 'ledger'>,
): Announcer {
  const remembered = () => memory.get<readonly string[]>(MEMORY) ?? [];

  async function announceOf(key: string, arrivals: readonly Arrival[]): Promise<readonly Arrival[]> {
    const isKnown = remembered().includes(key);
    const ledger = runtime.ledger();
    const fresh = ledger && (await unannounced(ledger, key, arrivals));
    if (!isKnown) {
      const all = [...remembered().filter((other) => other !== key), key];
      await memory.update(MEMORY, all.slice(-REMEMBERED));
    }
    // Without a ledger nobody knows what another window has told, nor what was there before.
    if (!fresh) return window.focused ? arrivals.filter(({ isFirst }) => !isFirst) : [];
    return isKnown ? fresh : fresh.filter(({ isFirst }) => !isFirst);
  }

  return {
    announce: async (arrivals) => {
      const told: Arrival[] = [];
      for (const [key, own] of Map.groupBy(arrivals, ({ key }) => key)) told.push(...(await announceOf(key, own)));
      return told;
    },
  };
}

/** `null`: that can't be known. */
async function unannounced(
  ledger: Ledger,
  key: string,
  arrivals: readonly Arrival[],
): Promise<readonly Arrival[] | null> {
  try {
    const fresh = new Set<RequestReference>();
    for (let from = 0; from < arrivals.length; from += AT_A_TIME) {
      const some = arrivals.slice(from, from + AT_A_TIME).map(({ request }) => request.reference);
      for (const reference of await ledger.announce(key, some)) {
        if (!(await wasDecided(ledger, reference))) fresh.add(reference);
      }
      await pause();
    }
    return arrivals.filter(({ request }) => fresh.has(request.reference));
  } catch (error) {
    if (error instanceof LedgerError) return null;
    throw error;
  }
}

async function wasDecided(ledger: Ledger, request: RequestReference): Promise<boolean> {
  const records = await ledger.list({ request, limit: 5 });
  return records.some(({ outcomes }) => outcomes.some((outcome) => outcome.request === request));
}

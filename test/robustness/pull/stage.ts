import path from 'node:path';
import type { Vendor } from '@countersign/shared/sandbox';
import { openPlace, type Place } from '../../mcp-server/mcp/place.ts';
import type { Chance } from '../chance.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** Both vendors, and what happens at them by chance while nobody looks, or while somebody does. */
export interface Stage {
  readonly place: Place;
  readonly stateFolder: string;
  /** Milliseconds by which the clock of all that take part is ahead of the true one. */
  readonly ahead: () => number;
  /** Something arrives, is decided, escalated, or numbered and seen only later. */
  happens(): void;
  /** What was numbered and not seen is seen, and then so much time passes. */
  passes(ms: number): void;
  /** Everything that was ever there to be seen, by its reference. */
  readonly seen: ReadonlyMap<string, Seen>;
  close(): Promise<void>;
}

export interface Seen {
  readonly vendor: Vendor;
  readonly id: string;
}

const ACCOUNTS = { threatlocker: 'acme', 'admin-by-request': 'acme-abr' } as const;

export async function openStage(chance: Chance, atFirst: number): Promise<Stage> {
  let ahead = 0;
  const place = await openPlace({ sandbox: { population: 'empty', now: () => Date.now() + ahead } });
  const { sandbox } = place;
  const seen = new Map<string, Seen>();
  const waiting: Seen[] = [];
  let unseen: { readonly id: string; show(): void }[] = [];

  const isThere = (vendor: Vendor, id: string) => {
    const one = { vendor, id };
    seen.set(`${ACCOUNTS[vendor]}/${id}`, one);
    waiting.push(one);
  };
  const arrives = () => {
    const vendor = chance.one(['threatlocker', 'admin-by-request'] as const);
    isThere(vendor, sandbox.arrive({ vendor }));
  };
  const taken = () => waiting.splice(chance.below(waiting.length), 1)[0];
  const show = () => {
    for (const late of unseen) {
      late.show();
      isThere('admin-by-request', late.id);
    }
    unseen = [];
  };

  const happenings: readonly (() => void)[] = [
    arrives,
    arrives,
    arrives,
    () => {
      const one = taken();
      if (one) sandbox.rivalDecides(one.vendor, one.id, chance.one(['approve', 'deny'] as const));
    },
    () => {
      const one = taken();
      if (one?.vendor === 'threatlocker')
        sandbox.change('threatlocker', one.id, (request) => {
          request.statusId = 13;
        });
      else if (one)
        sandbox.change('admin-by-request', one.id, (request) => {
          request.statusCode = 5;
        });
    },
    () => {
      const one = taken();
      if (one) sandbox.remove(one.vendor, one.id);
    },
    () => void unseen.push(sandbox.arriveUnseen()),
    () => void unseen.push(sandbox.arriveUnseen()),
    // After another one with a higher id.
    () => {
      isThere('admin-by-request', sandbox.arrive({ vendor: 'admin-by-request' }));
      show();
    },
  ];
  for (let request = 0; request < atFirst; request += 1) arrives();
  return {
    place,
    stateFolder: path.join(place.folder, 'state'),
    ahead: () => ahead,
    happens: () => chance.one(happenings as readonly [() => void, ...(() => void)[]])(),
    passes: (ms) => {
      show();
      ahead += ms;
    },
    seen,
    close: () => place.close(),
  };
}

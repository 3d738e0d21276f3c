import type { Account } from '@countersign/shared/account';
import type { ApprovalRequest } from '@countersign/shared/approval';
import { lastKnown, readSources, requestsIn, type Source } from '@countersign/shared/queue';
import { expect, onTestFinished, test } from 'vitest';
import { openReadings } from './setup.ts';

/** More would hold a process for long enough to be felt. */
const MOST_AT_ONCE = 500;
const MANY = 3000;

/** How many things happen before anything else has had its turn, at most. */
function watchTurns() {
  let turn = 0;
  const counts = new Map<number, number>();
  const next = () => {
    turn += 1;
    loop = setImmediate(next);
  };
  let loop = setImmediate(next);
  onTestFinished(() => clearImmediate(loop));
  return {
    happen: () => counts.set(turn, (counts.get(turn) ?? 0) + 1),
    total: () => [...counts.values()].reduce((sum, count) => sum + count, 0),
    most: () => Math.max(...counts.values()),
  };
}

async function openMany() {
  const readings = await openReadings({ population: { threatLocker: MANY, adminByRequest: 0 } });
  const [entry] = readings.entries();
  if (!entry) throw new Error('no account');
  return { ...readings, entry };
}

test('a long queue is packed in many turns', async () => {
  const { entry, clock, ledger } = await openMany();
  const listing = await entry.provider.list();
  const turns = watchTurns();
  const observed = (request: ApprovalRequest): ApprovalRequest => ({
    ...request,
    get reason() {
      turns.happen();
      return request.reason;
    },
  });
  const list = async () => ({ ...listing, requests: listing.requests.map(observed) });
  await readSources([{ ...entry, provider: { ...entry.provider, list } }], () => clock.now, { snapshots: ledger });
  expect(turns.total()).toBeGreaterThanOrEqual(MANY);
  expect(turns.most()).toBeLessThanOrEqual(MOST_AT_ONCE);
});

test('a long queue is unpacked in many turns', async () => {
  const { entry, ledger, read } = await openMany();
  const ready = await read([entry]);
  const turns = watchTurns();
  const account: Account = Object.create(entry.account, {
    // Each request is given its account.
    id: {
      get: () => {
        turns.happen();
        return entry.account.id;
      },
    },
  });
  const known = await lastKnown([{ ...entry, account }], ledger);
  expect(referencesIn(known)).toEqual(referencesIn(ready));
  expect(turns.total()).toBeGreaterThanOrEqual(MANY);
  expect(turns.most()).toBeLessThanOrEqual(MOST_AT_ONCE);
});

const referencesIn = (sources: readonly Source[]) => requestsIn(sources).map(({ reference }) => reference);

import { parseVendorId, type VendorId } from '@countersign/shared/approval';
import type { Ledger } from '@countersign/shared/ledger';
import { beforeEach, describe, expect, test } from 'vitest';
import { MINUTE, NOON } from './plan.ts';
import { inFile, openIn, temporaryFolder } from './setup.ts';

let folder: string;
let time: number;
beforeEach(() => {
  folder = temporaryFolder();
  time = NOON;
});
const handle = () => openIn(folder, { now: () => time });
const DAY = 24 * 60 * MINUTE;

function id(text: string): VendorId {
  const parsed = parseVendorId(text);
  if (!parsed) throw new Error(text);
  return parsed;
}

const told = (name: string, status: string) => ({
  id: id(name),
  status,
  isOpen: status === 'pending',
  organization: null,
});

/** Keeps a part on what the account has come to. */
async function keep(ledger: Ledger, account: string, lines: readonly string[], part: object = {}) {
  const { revision } = (await ledger.pull(account)) ?? (await ledger.beginPull(account, 'tenant', null));
  return await ledger.keepPulled(account, { revision, told: [], seen: [], gone: [], lines, ...part });
}

describe('a part of a pull', () => {
  test('is kept whole: lines, cursor, and what was told', async () => {
    const ledger = handle();
    await ledger.beginPull('acme', 'tenant', 7);
    expect(await ledger.pull('acme')).toEqual({ fingerprint: 'tenant', since: 7, cursor: null, revision: 1 });
    const part = { cursor: 'page 1', told: [told('1', 'pending'), told('2', 'denied')] };
    expect(await keep(ledger, 'acme', ['a', 'b'], part)).toEqual({ revision: 2, first: NOON });
    const other = handle();
    expect(await other.pull('acme')).toEqual({ fingerprint: 'tenant', since: 7, cursor: 'page 1', revision: 2 });
    expect(await other.outbox(['acme'], 0)).toEqual({ account: 'acme', first: NOON, lines: ['a', 'b'] });
    expect(await other.openOf('acme')).toEqual([told('1', 'pending')]);
    expect([...(await other.toldOf('acme', [id('2'), id('3')])).values()]).toEqual([told('2', 'denied')]);
    await keep(other, 'acme', [], { gone: [id('1')] });
    expect(await ledger.openOf('acme')).toEqual([]);
    expect((await ledger.pull('acme'))?.cursor).toBe('page 1');
  });

  test('that rests on what another process has changed meanwhile is not kept', async () => {
    const ledger = handle();
    const { revision } = await ledger.beginPull('acme', 'tenant', null);
    await keep(handle(), 'acme', ['a']);
    const late = { revision, told: [told('1', 'pending')], seen: [], gone: [], lines: ['b'], cursor: 'mine' };
    expect(await ledger.keepPulled('acme', late)).toBeNull();
    expect(await ledger.outbox(['acme'], 0)).toMatchObject({ lines: ['a'] });
    expect(await ledger.openOf('acme')).toEqual([]);
    expect((await ledger.pull('acme'))?.cursor).toBeNull();
  });

  test('goes on from the beginning for another tenant, and what nobody has taken stays', async () => {
    const ledger = handle();
    await keep(ledger, 'acme', ['a'], { told: [told('1', 'pending')], cursor: 'page 1' });
    expect(await ledger.beginPull('acme', 'another', null)).toMatchObject({ cursor: null, revision: 3 });
    expect(await ledger.openOf('acme')).toEqual([]);
    expect(await ledger.outbox(['acme'], 0)).toMatchObject({ lines: ['a'] });
  });

  test('forgets with its end what was decided a quarter of a year ago, and nothing that is open', async () => {
    const ledger = handle();
    await keep(ledger, 'acme', [], { told: [told('1', 'pending'), told('2', 'denied')] });
    time += 91 * DAY;
    await keep(ledger, 'acme', [], { cursor: 'the end' });
    expect([...(await ledger.toldOf('acme', [id('1'), id('2')])).keys()]).toEqual(['1']);
  });
});

describe('what was told and decided long ago', () => {
  const decided = { told: [told('1', 'denied')] };
  const isKnown = async (ledger: Ledger) => (await ledger.toldOf('acme', [id('1')])).has(id('1'));

  test('is not forgotten as long as the vendor still lists it', async () => {
    const ledger = handle();
    await keep(ledger, 'acme', [], decided);
    for (let quarter = 0; quarter < 3; quarter += 1) {
      time += 91 * DAY;
      await keep(ledger, 'acme', [], { seen: [id('1')] });
      await keep(ledger, 'acme', [], { cursor: 'the end' });
      expect(await isKnown(ledger)).toBe(true);
    }
    time += 91 * DAY;
    await keep(ledger, 'acme', [], { cursor: 'the end' });
    expect(await isKnown(ledger)).toBe(false);
  });
});

describe('the outbox', () => {
  test('hands lines out in order, across accounts, and only those of the accounts asked for', async () => {
    const ledger = handle();
    await keep(ledger, 'acme', ['a', 'b']);
    await keep(ledger, 'other', ['c']);
    await keep(ledger, 'acme', ['d']);
    expect(await ledger.outbox(['acme', 'other'], NOON + 1)).toEqual({
      account: 'other',
      first: NOON + 2,
      lines: ['c'],
    });
    expect(await ledger.outbox(['acme'], NOON + 1)).toEqual({ account: 'acme', first: NOON + 3, lines: ['d'] });
    expect(await ledger.outbox(['acme'], NOON)).toEqual({ account: 'acme', first: NOON + 1, lines: ['b'] });
    expect(await ledger.outbox(['acme'], NOON + 3)).toBeNull();
  });

  test('loses what was taken up to a line, in the middle of a part too, and of no other account', async () => {
    const ledger = handle();
    await keep(ledger, 'acme', ['a', 'b', 'c']);
    await keep(ledger, 'other', ['d']);
    expect(await ledger.taken(['acme'], NOON + 1)).toBe(true);
    expect(await ledger.outbox(['acme'], 0)).toEqual({ account: 'acme', first: NOON + 2, lines: ['c'] });
    expect(await ledger.taken(['acme'], NOON + 2)).toBe(true);
    expect(await ledger.outbox(['acme', 'other'], 0)).toEqual({ account: 'other', first: NOON + 3, lines: ['d'] });
  });

  test('loses nothing by the number of a line that is not in it', async () => {
    const ledger = handle();
    await keep(ledger, 'acme', ['a']);
    time += MINUTE;
    await keep(ledger, 'acme', ['b']);
    await keep(ledger, 'other', ['c']);
    // Between two of its lines, never given, and another account's.
    for (const number of [NOON + 7, NOON + DAY, NOON + MINUTE + 1]) {
      expect(await ledger.taken(['acme'], number)).toBe(false);
    }
    expect(await ledger.outbox(['acme'], 0)).toMatchObject({ first: NOON, lines: ['a'] });
    // Of what was taken already there is nothing to say.
    expect(await ledger.taken(['acme'], NOON)).toBe(true);
    expect(await ledger.taken(['acme'], NOON)).toBe(true);
    expect(await ledger.outbox(['acme'], 0)).toMatchObject({ first: NOON + MINUTE, lines: ['b'] });
  });

  test('gives no number twice, and leaves nothing behind', async () => {
    await keep(handle(), 'acme', ['a', 'b']);
    const ledger = handle();
    expect(await keep(ledger, 'acme', ['c'], { taken: NOON + 1 })).toEqual({ revision: 3, first: NOON + 2 });
    await ledger.taken(['acme'], NOON + 2);
    expect(inFile(folder, (db) => db.prepare('SELECT count(*) AS n FROM outbox').get())).toEqual({ n: 0 });
    // Nor where the clock is set back.
    time -= DAY;
    expect(await keep(ledger, 'acme', ['d'])).toMatchObject({ first: NOON + 3 });
  });

  test('of a new ledger gives no number that the lost one gave, so that a receiver of that one acknowledges nothing', async () => {
    await keep(handle(), 'acme', ['a', 'b']);
    folder = temporaryFolder();
    time += MINUTE;
    const ledger = handle();
    expect(await keep(ledger, 'acme', ['c', 'd'])).toMatchObject({ first: NOON + MINUTE });
    await ledger.taken(['acme'], NOON + 1);
    expect(await ledger.outbox(['acme'], 0)).toMatchObject({ lines: ['c', 'd'] });
  });
});

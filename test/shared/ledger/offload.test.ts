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
  return await ledger.keepPulled(account, { revision, told: [], gone: [], lines, ...part });
}

describe('a part of a pull', () => {
  test('is kept whole: lines, cursor, and what was told', async () => {
    const ledger = handle();
    await ledger.beginPull('acme', 'tenant', 7);
    expect(await ledger.pull('acme')).toEqual({ fingerprint: 'tenant', since: 7, cursor: null, revision: 1 });
    const part = { cursor: 'page 1', told: [told('1', 'pending'), told('2', 'denied')] };
    expect(await keep(ledger, 'acme', ['a', 'b'], part)).toEqual({ revision: 2, first: 1 });
    const other = handle();
    expect(await other.pull('acme')).toEqual({ fingerprint: 'tenant', since: 7, cursor: 'page 1', revision: 2 });
    expect(await other.outbox(['acme'], 0)).toEqual({ account: 'acme', first: 1, lines: ['a', 'b'] });
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
    const late = { revision, told: [told('1', 'pending')], gone: [], lines: ['b'], cursor: 'mine' };
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

describe('the outbox', () => {
  test('hands lines out in order, across accounts, and only those of the accounts asked for', async () => {
    const ledger = handle();
    await keep(ledger, 'acme', ['a', 'b']);
    await keep(ledger, 'other', ['c']);
    await keep(ledger, 'acme', ['d']);
    expect(await ledger.outbox(['acme', 'other'], 2)).toEqual({ account: 'other', first: 3, lines: ['c'] });
    expect(await ledger.outbox(['acme'], 2)).toEqual({ account: 'acme', first: 4, lines: ['d'] });
    expect(await ledger.outbox(['acme'], 1)).toEqual({ account: 'acme', first: 2, lines: ['b'] });
    expect(await ledger.outbox(['acme'], 4)).toBeNull();
  });

  test('loses what was taken up to a number, in the middle of a part too, and of no other account', async () => {
    const ledger = handle();
    await keep(ledger, 'acme', ['a', 'b', 'c']);
    await keep(ledger, 'other', ['d']);
    expect(await ledger.taken(['acme'], 2)).toBe(true);
    expect(await ledger.outbox(['acme'], 0)).toEqual({ account: 'acme', first: 3, lines: ['c'] });
    expect(await ledger.taken(['acme'], 4)).toBe(true);
    expect(await ledger.outbox(['acme', 'other'], 0)).toEqual({ account: 'other', first: 4, lines: ['d'] });
    expect(await ledger.taken(['acme', 'other'], 5)).toBe(false);
    expect(await ledger.outbox(['other'], 0)).not.toBeNull();
  });

  test('gives no number twice, and leaves nothing behind', async () => {
    await keep(handle(), 'acme', ['a', 'b']);
    const ledger = handle();
    expect(await keep(ledger, 'acme', ['c'], { taken: 2 })).toEqual({ revision: 3, first: 3 });
    await ledger.taken(['acme'], 3);
    expect(inFile(folder, (db) => db.prepare('SELECT count(*) AS n FROM outbox').get())).toEqual({ n: 0 });
    expect(await keep(ledger, 'acme', ['d'])).toMatchObject({ first: 4 });
  });
});

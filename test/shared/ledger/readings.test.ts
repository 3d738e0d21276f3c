import { beforeEach, describe, expect, test } from 'vitest';
import { MINUTE, NOON, reference } from './plan.ts';
import { inFile, openIn, temporaryFolder } from './setup.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
const handle = () => openIn(folder);

describe('announcing', () => {
  const [one, two, three] = ['acme/1', 'acme/2', 'acme/3'].map(reference) as [never, never, never];

  test('answers what is new, once, in order, whichever process asks', async () => {
    expect(await handle().announce('tenant', [one, two])).toEqual([one, two]);
    expect(await handle().announce('tenant', [three, two, one])).toEqual([three]);
    expect(await handle().announce('tenant', [one, two, three])).toEqual([]);
    expect(await handle().announce('tenant', [])).toEqual([]);
  });

  test('of one twice in a row names it once', async () => {
    expect(await handle().announce('tenant', [one, one])).toEqual([one]);
  });

  test('is remembered for a quarter of a year since it was last asked about, and then leaves nothing behind', async () => {
    const day = (count: number) => openIn(folder, { now: () => NOON + count * 24 * 60 * MINUTE });
    await day(0).announce('tenant', [one, two]);
    expect(await day(60).announce('tenant', [one])).toEqual([]);
    expect(await day(89).announce('tenant', [three])).toEqual([three]);
    expect(inFile(folder, (db) => db.prepare('SELECT count(*) AS count FROM announced').get())).toEqual({ count: 3 });
    expect(await day(100).announce('tenant', [one, three])).toEqual([]);
    expect(inFile(folder, (db) => db.prepare('SELECT count(*) AS count FROM announced').get())).toEqual({ count: 2 });
    expect(await day(100).announce('tenant', [one, two])).toEqual([two]);
  });

  test('is by tenant, whatever the account is called', async () => {
    await handle().announce('tenant', [one]);
    expect(await handle().announce('tenant', [reference('other-id/1')])).toEqual([]);
    expect(await handle().announce('another', [one])).toEqual([one]);
  });

  test('of many at once announces each to one', async () => {
    const told = await Promise.all(Array.from({ length: 6 }, () => handle().announce('tenant', [one, two, three])));
    expect(told.flat().toSorted()).toEqual([one, two, three]);
  });
});

describe('a queue as it was read whole', () => {
  const at = (minute: number) => new Date(NOON - (10 - minute) * MINUTE).toISOString();

  test('is kept until a newer one comes; an older one, or one as old, replaces nothing', async () => {
    const ledger = handle();
    expect(await ledger.snapshot('acme')).toBeNull();
    const newest = { at: at(2), content: 'second' };
    await ledger.keepSnapshot('acme', { at: at(1), content: 'first' });
    await ledger.keepSnapshot('acme', newest);
    await handle().keepSnapshot('acme', { at: at(1), content: 'first' });
    await handle().keepSnapshot('acme', { at: at(2), content: '' });
    expect(await handle().snapshot('acme')).toEqual(newest);
  });

  test('is empty when it was read as empty, which is not the same as never read', async () => {
    await handle().keepSnapshot('acme', { at: at(1), content: '' });
    expect(await handle().snapshot('acme')).toEqual({ at: at(1), content: '' });
    expect(await handle().snapshot('another')).toBeNull();
  });
});

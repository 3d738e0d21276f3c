import { snapshotSource } from '@countersign/shared/queue';
import { describe, expect, test } from 'vitest';
import { confirm, DENY, planned } from '../../shared/decide/order.ts';
import { openIn } from '../../shared/ledger/setup.ts';
import { MINUTE, openStage, requestsOf, SECOND } from './setup.ts';

describe('of several windows', () => {
  test('one asks the vendor, and the others show what it has read', async () => {
    const stage = await openStage();
    const [one, two] = [stage.window(), stage.window()];
    two.host.focus(false);
    await stage.time.advance(0);
    expect(stage.readings()).toBe(1);
    expect(two.acme()).toMatchObject({ state: 'ready' });
    const newId = stage.sandbox.arrive({ vendor: 'threatlocker' });
    const shows = (window: typeof one) => requestsOf(window.acme()).some(({ vendorId }) => vendorId === newId);
    await stage.time.advance(MINUTE);
    await two.hears(() => shows(two));
    expect(shows(one)).toBe(true);
    await stage.time.advance(4 * MINUTE);
    expect(stage.readings()).toBeLessThanOrEqual(6);
  });

  test('one that is shown what another has read keeps what it had, since a snapshot holds less than a reading', async () => {
    const stage = await openStage();
    const [one, two] = [stage.window(), stage.window()];
    await stage.time.advance(0);
    await one.store.refresh();
    const before = requestsOf(one.abr());
    expect(before.some(({ requester }) => requester.phone !== null)).toBe(true);
    const newId = stage.sandbox.arrive({ vendor: 'admin-by-request' });
    await stage.time.advance(30 * SECOND);
    await two.store.refresh();
    await one.hears(() => requestsOf(one.abr()).length > before.length);
    expect(requestsOf(one.abr()).filter((request) => !before.includes(request))).toMatchObject([{ vendorId: newId }]);
  });

  test('none asks while another one does; it is told what came of that', async () => {
    const stage = await openStage();
    const [one, two] = [stage.window(), stage.window()];
    let during: Promise<void> | null = null;
    stage.sandbox.faults.add({
      when: { vendor: 'threatlocker' },
      times: 1,
      do: {
        kind: 'meanwhile',
        run: () => {
          // The other one's own time has come, while the first one reads.
          during = stage.time.advance(0);
        },
      },
    });
    await stage.time.advance(0);
    await during;
    expect(stage.readings()).toBe(1);
    await two.hears(() => two.acme().state === 'ready');
    expect(stage.readings()).toBe(1);
    expect(one.acme()).toMatchObject({ state: 'ready' });
  });

  test('none is left waiting by one that began to read and came to no end', async () => {
    const stage = await openStage();
    const window = stage.window();
    const stuck = openIn(stage.folder, { now: stage.time.now });
    const { entries } = await stage.book.now();
    for (const { account } of entries) await stuck.takeTurn(snapshotSource(account), 25 * SECOND);
    await stage.time.advance(25 * SECOND - 1);
    expect(window.acme()).toEqual({ account: 'acme', state: 'loading' });
    expect(stage.readings()).toBe(0);
    await stage.time.advance(5 * SECOND + 1);
    expect(window.acme()).toMatchObject({ state: 'ready' });
  });

  test('none is left waiting by one that was closed while it read', async () => {
    const stage = await openStage();
    const window = stage.window();
    const closed = openIn(stage.folder, { now: stage.time.now });
    const { entries } = await stage.book.now();
    for (const { account } of entries) await closed.takeTurn(snapshotSource(account), 60 * MINUTE);
    closed.close();
    await stage.time.advance(0);
    expect(window.acme()).toMatchObject({ state: 'ready' });
  });

  test('all leave a vendor alone that asked one of them for it', async () => {
    const stage = await openStage();
    const mend = stage.sandbox.faults.add({
      when: { vendor: 'threatlocker' },
      do: { kind: 'status', status: 429, headers: { 'retry-after': '900' } },
    });
    stage.window();
    await stage.time.advance(0);
    const other = stage.window();
    await stage.time.advance(MINUTE - 1);
    expect(other.acme()).toEqual({ account: 'acme', state: 'loading' });
    await stage.time.advance(13 * MINUTE);
    expect(stage.readings()).toBe(1);
    expect(other.acme()).toMatchObject({
      state: 'failed',
      error: { message: expect.stringContaining('left alone') },
    });
    mend();
    await stage.time.advance(MINUTE + 11 * SECOND);
    expect(stage.readings()).toBe(2);
    expect(other.acme()).toMatchObject({ state: 'ready' });
  });

  test('each says itself why a queue could not be read', async () => {
    const stage = await openStage();
    stage.sandbox.faults.add({ when: { vendor: 'threatlocker' }, do: { kind: 'status', status: 503 } });
    const [one, two] = [stage.window(), stage.window()];
    await stage.time.advance(0);
    for (const window of [one, two]) {
      expect(window.acme()).toMatchObject({ state: 'failed', error: { kind: 'server' } });
    }
  });

  test('one that was signed out shows nothing that another may see', async () => {
    const stage = await openStage();
    const window = stage.window();
    stage.sandbox.faults.add({
      when: { vendor: 'threatlocker' },
      times: 1,
      do: { kind: 'status', status: 401 },
    });
    await stage.time.advance(0);
    expect(window.acme()).toMatchObject({ state: 'signed-out' });
    const other = stage.window();
    await stage.time.advance(0);
    expect(other.acme()).toMatchObject({ state: 'ready' });
    await stage.time.advance(SECOND);
    expect(window.acme()).toMatchObject({ state: 'signed-out' });
  });

  test('a decision that another process carried out has the queue read anew', async () => {
    const stage = await openStage();
    const window = stage.window();
    await stage.time.advance(0);
    const { reference } = stage.named('anydesk');
    const shows = () => requestsOf(window.acme()).some((request) => request.reference === reference);
    expect(shows()).toBe(true);
    const readings = stage.readings();
    await confirm(stage, await planned(stage, ['anydesk'], DENY));
    expect(shows()).toBe(true);
    await window.hears(() => !shows());
    expect(stage.readings()).toBeGreaterThan(readings);
  });
});

import { parseSettings, SettingsError } from '@countersign/shared/account';
import type { AccountId } from '@countersign/shared/approval';
import { readSources } from '@countersign/shared/queue';
import { describe, expect, test } from 'vitest';
import { accountsFile } from '../../support/world.ts';
import { MINUTE, openStage, requestsOf, SECOND, type Stage } from './setup.ts';

const isoOf = (time: number) => new Date(time).toISOString();

/** As another process would have, some time ago. */
async function readBefore({ book, ledger, clock }: Stage, ago: number) {
  clock.now -= ago;
  await readSources((await book.now()).entries, () => clock.now, { snapshots: ledger });
  clock.now += ago;
}

describe('the first picture', () => {
  test('is what was last read by anybody, as old as it is, before any vendor is asked', async () => {
    const stage = await openStage();
    await readBefore(stage, 14 * MINUTE);
    const calls = stage.sandbox.calls.length;
    const { store } = stage.window();
    const seen: string[] = [];
    store.onDidChange(({ sources }) => {
      const asked = stage.sandbox.calls.length > calls ? ' asked' : '';
      seen.push(sources.map(({ state }) => state).join() + asked);
      if (sources[0]?.state === 'stale') stale.add(sources[0]);
    });
    const stale = new Set<object>();
    const at = isoOf(stage.clock.now - 14 * MINUTE);
    await stage.time.advance(0);
    expect(seen.slice(0, 3)).toEqual([
      'loading,loading',
      // Whichever is found first.
      expect.stringMatching(/^(stale,loading|loading,stale)$/),
      'stale,stale',
    ]);
    expect([...stale]).toEqual([expect.objectContaining({ at, error: null })]);
    expect(seen.at(-1)).toBe('ready,ready asked');
    expect(store.state.sources[0]).toMatchObject({ at: isoOf(stage.clock.now) });
  });

  test('that is younger than a poll stands for one, until that is over', async () => {
    const stage = await openStage();
    await readBefore(stage, 20 * SECOND);
    const readings = stage.readings();
    const window = stage.window();
    await stage.time.advance(39 * SECOND);
    expect(window.acme()).toMatchObject({ state: 'ready', at: isoOf(stage.clock.now - 59 * SECOND) });
    expect(stage.readings()).toBe(readings);
    await stage.time.advance(SECOND);
    expect(stage.readings()).toBe(readings + 1);
    expect(window.acme()).toMatchObject({ state: 'ready', at: isoOf(stage.clock.now) });
  });

  test('is none where nothing was read before: loading, never an empty queue', async () => {
    const stage = await openStage({ sandbox: { population: 'empty' } });
    const { store } = stage.window();
    const seen: string[] = [];
    store.onDidChange(({ sources }) => seen.push(JSON.stringify(sources[0])));
    expect(store.state).toEqual({ settings: null, problem: null, entries: [], sources: [] });
    await stage.time.advance(0);
    expect(seen[0]).toBe('{"account":"acme","state":"loading"}');
    expect(seen.at(-1)).toBe(
      JSON.stringify({ account: 'acme', state: 'ready', at: isoOf(stage.clock.now), requests: [], notes: [] }),
    );
  });
});

describe('polling', () => {
  test('is done every minute while somebody looks, every five while nobody does', async () => {
    const stage = await openStage();
    const { host } = stage.window();
    await stage.time.advance(0);
    expect(stage.readings()).toBe(1);
    await stage.time.advance(MINUTE - 1);
    expect(stage.readings()).toBe(1);
    await stage.time.advance(1);
    expect(stage.readings()).toBe(2);
    host.focus(false);
    await stage.time.advance(5 * MINUTE - 1);
    expect(stage.readings()).toBe(2);
    await stage.time.advance(1);
    expect(stage.readings()).toBe(3);
  });

  test('is done at once when somebody looks again and it is overdue, and only then', async () => {
    const stage = await openStage();
    const { host } = stage.window();
    await stage.time.advance(0);
    host.focus(false);
    await stage.time.advance(30 * SECOND);
    host.focus(true);
    await stage.time.advance(0);
    expect(stage.readings()).toBe(1);
    host.focus(false);
    await stage.time.advance(40 * SECOND);
    expect(stage.readings()).toBe(1);
    host.focus(true);
    await stage.time.advance(0);
    expect(stage.readings()).toBe(2);
  });

  test('follows a decision at once, one reading for many of them', async () => {
    const stage = await openStage();
    const window = stage.window();
    await stage.time.advance(0);
    const { id, reference } = stage.named('anydesk');
    expect(requestsOf(window.acme()).map((request) => request.reference)).toContain(reference);
    stage.sandbox.rivalDecides('threatlocker', id, 'deny');
    window.decided();
    await stage.time.advance(200);
    window.decided();
    expect(stage.readings()).toBe(1);
    await stage.time.advance(300);
    expect(stage.readings()).toBe(2);
    expect(requestsOf(window.acme()).map((request) => request.reference)).not.toContain(reference);
    await stage.time.advance(MINUTE - 1);
    expect(stage.readings()).toBe(2);
  });

  test('that was begun before a decision is repeated after it', async () => {
    const stage = await openStage();
    const window = stage.window();
    stage.sandbox.faults.add({
      when: { vendor: 'threatlocker' },
      times: 1,
      do: {
        kind: 'meanwhile',
        run: () => {
          stage.clock.now += 1;
          window.decided();
        },
      },
    });
    await stage.time.advance(0);
    expect(stage.readings()).toBe(1);
    await stage.time.advance(SECOND);
    expect(stage.readings()).toBe(2);
  });

  test('never asks an account twice at a time, and who refreshes meanwhile gets a reading that began later', async () => {
    const stage = await openStage();
    const { store, acme } = stage.window();
    let begun: Promise<unknown> | null = null;
    let newId = '';
    stage.sandbox.faults.add({
      when: { vendor: 'threatlocker', path: 'GetByParameters' },
      after: 1,
      times: 1,
      do: {
        kind: 'meanwhile',
        run: () => {
          newId = stage.sandbox.arrive({ vendor: 'threatlocker' });
          begun = Promise.all([store.refresh(), store.refresh('acme' as AccountId)]);
        },
      },
    });
    await stage.time.advance(0);
    await begun;
    expect(stage.readings()).toBe(2);
    // Readings one after the other: the second one begins when the first one has asked for all.
    const asked = stage.sandbox.calls.flatMap(({ path, body }) =>
      path.includes('GetByParameters') ? [String(JSON.parse(body).statusId)] : [],
    );
    expect(asked.slice(asked.length / 2)).toEqual(asked.slice(0, asked.length / 2));
    expect(asked.indexOf('1', 1)).toBe(asked.length / 2);
    expect(requestsOf(acme()).map(({ vendorId }) => String(vendorId))).toContain(newId);
  });

  test('goes on without a ledger', async () => {
    const stage = await openStage();
    const window = stage.window({ withoutLedger: true });
    await stage.time.advance(MINUTE);
    expect(stage.readings()).toBe(2);
    expect(window.acme()).toMatchObject({ state: 'ready' });
  });

  test('goes on after the clock was put back', async () => {
    const stage = await openStage();
    const { host } = stage.window();
    await stage.time.advance(0);
    stage.clock.now -= 24 * 60 * MINUTE;
    host.focus(true);
    await stage.time.advance(0);
    expect(stage.readings()).toBe(2);
  });

  test('ends with the window', async () => {
    const stage = await openStage();
    const window = stage.window();
    await stage.time.advance(0);
    window.close();
    await stage.time.advance(60 * MINUTE);
    expect(stage.readings()).toBe(1);
  });
});

describe('a reading that fails', () => {
  const status = (code: number, headers: Record<string, string> = {}) =>
    ({ when: { vendor: 'threatlocker' }, do: { kind: 'status', status: code, headers } }) as const;

  test('leaves what is known, as old as it is and with the reason; the other account is as it was', async () => {
    const stage = await openStage();
    const window = stage.window();
    await stage.time.advance(0);
    const before = requestsOf(window.acme());
    stage.sandbox.faults.add(status(503));
    const at = isoOf(stage.clock.now);
    await stage.time.advance(MINUTE);
    expect(window.acme()).toMatchObject({ state: 'stale', at, error: { kind: 'server' } });
    expect(requestsOf(window.acme())).toBe(before);
    expect(before.length).toBeGreaterThan(0);
    expect(window.abr()).toMatchObject({ state: 'ready', at: isoOf(stage.clock.now) });
  });

  test('without anything known is failed, not empty and not signed out', async () => {
    const stage = await openStage();
    stage.sandbox.faults.add(status(500));
    const window = stage.window();
    await stage.time.advance(0);
    expect(window.acme()).toMatchObject({ state: 'failed', error: { kind: 'server' } });
    expect(window.acme()).not.toHaveProperty('requests');
  });

  test('is repeated after ever longer, up to ten minutes, and then every minute again', async () => {
    const stage = await openStage();
    const mend = stage.sandbox.faults.add(status(503));
    stage.window();
    const waits: number[] = [];
    await stage.time.advance(0);
    for (let known = 1, from = stage.clock.now; waits.length < 7; ) {
      await stage.time.advance(SECOND);
      if (stage.readings() === known) continue;
      known = stage.readings();
      waits.push((stage.clock.now - from) / SECOND);
      from = stage.clock.now;
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 600, 600]);
    mend();
    await stage.time.advance(10 * MINUTE);
    const readings = stage.readings();
    await stage.time.advance(MINUTE);
    expect(stage.readings()).toBe(readings + 1);
  });

  test('is repeated by windows at different times, never later than it says', async () => {
    const stage = await openStage();
    stage.sandbox.faults.add(status(503));
    stage.window({ random: () => 0.8 });
    await stage.time.advance(0);
    await stage.time.advance(24 * SECOND - 1);
    expect(stage.readings()).toBe(1);
    await stage.time.advance(1);
    expect(stage.readings()).toBe(2);
  });

  test('is not repeated before the vendor wants it, not after a decision either; a person is obeyed', async () => {
    const stage = await openStage();
    const mend = stage.sandbox.faults.add(status(429, { 'retry-after': '1800' }));
    const window = stage.window();
    await stage.time.advance(0);
    expect(window.acme()).toMatchObject({ state: 'failed', error: { kind: 'rate-limited', retryAfterMs: 1_800_000 } });
    window.decided();
    window.host.focus(true);
    await stage.time.advance(30 * MINUTE - 1);
    expect(stage.readings()).toBe(1);
    mend();
    await stage.time.advance(1);
    expect(stage.readings()).toBe(2);
    expect(window.acme()).toMatchObject({ state: 'ready' });
    stage.sandbox.faults.add(status(429, { 'retry-after': '1800' }));
    await stage.time.advance(MINUTE);
    await window.store.refresh('acme' as AccountId);
    expect(stage.readings()).toBe(4);
  });

  test('for a reason that nobody foresaw is failed and logged, and the next one is made', async () => {
    const stage = await openStage();
    const { entries, ...now } = await stage.book.now();
    let isBroken = true;
    const broken = entries.map(({ account, provider }) => ({
      account,
      provider: {
        ...provider,
        list: async (signal?: AbortSignal) => {
          if (isBroken) throw new TypeError('x is not a function');
          return await provider.list(signal);
        },
      },
    }));
    const window = stage.window({ book: { now: async () => ({ ...now, entries: broken }) } });
    await stage.time.advance(0);
    expect(window.acme()).toMatchObject({ state: 'failed' });
    expect(window.host.logged.join()).toContain('x is not a function');
    isBroken = false;
    await stage.time.advance(MINUTE);
    expect(window.acme()).toMatchObject({ state: 'ready' });
  });

  test('before the vendor was even asked is failed and logged, and tried again later, not over and over', async () => {
    const stage = await openStage();
    let attempts = 0;
    const broken = () => {
      attempts += 1;
      if (attempts < 100) throw new TypeError('x is not a function');
    };
    const window = stage.window({ beforeLedger: broken });
    await stage.time.advance(0);
    expect(attempts).toBe(2);
    expect(window.acme()).toMatchObject({
      state: 'failed',
      error: { message: expect.stringContaining('The log says') },
    });
    expect(window.host.logged.join()).toContain('x is not a function');
    await stage.time.advance(30 * SECOND);
    expect(attempts).toBe(4);
    attempts = 100;
    await stage.time.advance(10 * MINUTE);
    expect(window.acme()).toMatchObject({ state: 'ready' });
  });

  test('before the vendor was even asked leaves what is known, as old as it is', async () => {
    const stage = await openStage();
    let isBroken = false;
    const window = stage.window({
      beforeLedger: () => {
        if (isBroken) throw new TypeError('x is not a function');
      },
    });
    await stage.time.advance(0);
    const before = requestsOf(window.acme());
    const at = isoOf(stage.clock.now);
    isBroken = true;
    await stage.time.advance(MINUTE);
    expect(window.acme()).toMatchObject({ state: 'stale', at, error: { kind: 'malformed' } });
    expect(requestsOf(window.acme())).toBe(before);
  });

  test('since the computer slept: what was read long ago no longer passes for what waits', async () => {
    const stage = await openStage();
    const window = stage.window();
    await stage.time.advance(0);
    const at = isoOf(stage.clock.now);
    stage.clock.now += 8 * 60 * MINUTE;
    const seen: unknown[] = [];
    window.store.onDidChange(({ sources }) => seen.push(sources[0]));
    await stage.time.advance(0);
    expect(seen[0]).toMatchObject({ state: 'stale', at, error: null });
    expect(window.acme()).toMatchObject({ state: 'ready' });
  });
});

describe('who is refused', () => {
  const refused = { when: { vendor: 'threatlocker' }, do: { kind: 'status', status: 401 } } as const;

  test('is signed out, is shown nothing, and the vendor is asked no more', async () => {
    const stage = await openStage();
    const window = stage.window();
    await stage.time.advance(0);
    stage.sandbox.faults.add(refused);
    await stage.time.advance(MINUTE);
    expect(window.acme()).toMatchObject({ state: 'signed-out', error: { kind: 'auth' } });
    expect(window.acme()).not.toHaveProperty('requests');
    const readings = stage.readings();
    window.decided();
    window.host.focus(true);
    await stage.time.advance(60 * MINUTE);
    expect(stage.readings()).toBe(readings);
    expect(window.acme()).toMatchObject({ state: 'signed-out' });
  });

  test('is asked again when secrets or settings change, and when a person retries', async () => {
    const stage = await openStage();
    const mend = stage.sandbox.faults.add(refused);
    const window = stage.window();
    await stage.time.advance(0);
    window.accountsChanged();
    await stage.time.advance(SECOND);
    expect(stage.readings()).toBe(2);
    expect(window.acme()).toMatchObject({ state: 'signed-out' });
    mend();
    await window.store.refresh('acme' as AccountId);
    expect(window.acme()).toMatchObject({ state: 'ready' });
    await stage.time.advance(MINUTE);
    expect(stage.readings()).toBe(4);
  });

  test('by their role alone is not signed out; what was shown is not shown any more', async () => {
    const stage = await openStage();
    const window = stage.window();
    await stage.time.advance(0);
    stage.sandbox.faults.add({ when: { vendor: 'threatlocker' }, do: { kind: 'status', status: 403 } });
    await stage.time.advance(MINUTE);
    expect(window.acme()).toMatchObject({ state: 'failed', error: { kind: 'permission' } });
    expect(window.acme()).not.toHaveProperty('requests');
  });
});

describe('what did not change', () => {
  test('is the same object after a reading, and the same list where nothing did', async () => {
    const stage = await openStage();
    const window = stage.window();
    await stage.time.advance(0);
    const before = requestsOf(window.acme());
    await stage.time.advance(MINUTE);
    expect(window.acme()).toMatchObject({ at: isoOf(stage.clock.now) });
    expect(requestsOf(window.acme())).toBe(before);
    const { id, reference } = stage.named('anydesk');
    stage.sandbox.change('threatlocker', id, (request) => {
      request.file.fullPath = 'C:\\Elsewhere\\other.exe';
    });
    const newId = stage.sandbox.arrive({ vendor: 'threatlocker' });
    await stage.time.advance(MINUTE);
    const after = requestsOf(window.acme());
    const changed = after.filter((request) => !before.includes(request)).map(({ vendorId }) => String(vendorId));
    expect(changed.toSorted()).toEqual([String(id), newId].toSorted());
    expect(after.length).toBe(before.length + 1);
    expect(after.find((request) => request.reference === reference)?.subject.path).toBe('C:\\Elsewhere\\other.exe');
  });
});

describe('accounts', () => {
  test("that can't be read are a problem; when they can again, everything is there", async () => {
    const stage = await openStage();
    const window = stage.window();
    await stage.time.advance(0);
    const mended = (await stage.book.now()).settings;
    stage.useSettings(new SettingsError('invalid', ['accounts.json: this is not JSON.']));
    await window.store.refresh();
    expect(window.store.state).toMatchObject({ settings: null, entries: [], sources: [] });
    expect(window.store.state.problem?.message).toContain('not JSON');
    const readings = stage.readings();
    await stage.time.advance(10 * MINUTE);
    expect(stage.readings()).toBe(readings);
    stage.useSettings(mended);
    await window.store.refresh();
    expect(window.store.state).toMatchObject({ problem: null, sources: [{ state: 'ready' }, { state: 'ready' }] });
  });

  test('that stayed as they were keep what is known of them; one that was taken away is asked no more', async () => {
    const stage = await openStage();
    const window = stage.window();
    await stage.time.advance(0);
    const abr = requestsOf(window.abr());
    const all = (await stage.book.now()).settings;
    stage.useSettings({ ...all, accounts: all.accounts.filter(({ id }) => id !== 'acme') });
    const readings = stage.readings();
    await window.store.refresh('acme-abr' as AccountId);
    expect(window.store.state.sources.map(({ account }) => account)).toEqual(['acme-abr']);
    expect(requestsOf(window.abr())).toBe(abr);
    await stage.time.advance(10 * MINUTE);
    expect(stage.readings()).toBe(readings);
  });

  test('that point elsewhere now show nothing of before', async () => {
    const stage = await openStage();
    const window = stage.window();
    await stage.time.advance(0);
    const { contoso } = stage.sandbox.threatLocker.organizations;
    const text = accountsFile(stage.sandbox, { threatLocker: { organizationId: contoso } });
    stage.useSettings(parseSettings(text, 'accounts.json'));
    const seen: string[] = [];
    window.store.onDidChange(({ sources }) => seen.push(sources[0]?.state ?? 'none'));
    await window.store.refresh();
    expect(seen[0]).toBe('loading');
    expect(window.acme()).toMatchObject({ state: 'ready' });
  });
});

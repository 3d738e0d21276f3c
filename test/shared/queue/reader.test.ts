import { createQueueReader } from '@countersign/shared/queue';
import type { SandboxOptions } from '@countersign/shared/sandbox';
import { expect, test } from 'vitest';
import { MINUTE, openReadings } from './setup.ts';

async function open(options: SandboxOptions = {}) {
  const readings = await openReadings(options);
  const entries = readings.entries();
  const reader = createQueueReader({ now: () => readings.clock.now, snapshots: () => readings.ledger });
  const lists = () => readings.sandbox.calls.filter(({ path }) => /GetByParameters|\/requests/.test(path)).length;
  return { ...readings, entries, reader, lists };
}

test('what was read a moment ago is not read again, and says when it was read', async () => {
  const { reader, entries, clock, lists } = await open();
  const [first] = await reader.read(entries);
  const calls = lists();
  expect(calls).toBeGreaterThan(0);
  clock.now += MINUTE - 1;
  const [again] = await reader.read(entries);
  expect(lists()).toBe(calls);
  expect(again).toBe(first);
  clock.now += 1;
  const [later] = await reader.read(entries);
  expect(lists()).toBeGreaterThan(calls);
  expect(later).toMatchObject({ state: 'ready', at: new Date(clock.now).toISOString() });
});

test('callers at the same time share one reading, and the end of one ends it for nobody else', async () => {
  const { reader, entries, lists } = await open();
  const gone = new AbortController();
  const taken = reader.read(entries, gone.signal);
  const other = reader.read(entries);
  gone.abort(new Error('gone'));
  await expect(taken).rejects.toThrow('gone');
  expect((await other).map(({ state }) => state)).toEqual(['ready', 'ready']);
  const calls = lists();
  await reader.read(entries);
  expect(lists()).toBe(calls);
});

test('after a write everything is read anew, and what was being read meanwhile is kept for nobody', async () => {
  const { reader, entries, lists, sandbox } = await open();
  await reader.read(entries);
  const [acme] = entries;
  if (!acme) throw new Error('no account');
  reader.forget(acme.account.id);
  sandbox.faults.add({ times: 1, do: { kind: 'meanwhile', run: () => reader.forget(acme.account.id) } });
  await reader.read(entries);
  const calls = lists();
  const id = sandbox.arrive({ vendor: 'threatlocker' });
  const [source] = await reader.read(entries);
  expect(lists()).toBeGreaterThan(calls);
  expect(JSON.stringify(source)).toContain(id);
});

test('a first look shows what is known where the vendor is slow, and the next one waits for it', async () => {
  const { reader, entries, clock, sandbox, read } = await open();
  await read();
  clock.now += 5 * MINUTE;
  const mend = sandbox.faults.add({ when: { vendor: 'threatlocker' }, do: { kind: 'latency', ms: 1000 } });
  const first = await reader.read(entries);
  expect(first[0]).toMatchObject({ state: 'stale', error: null, at: new Date(clock.now - 5 * MINUTE).toISOString() });
  const second = await reader.read(entries);
  expect(second.map(({ state }) => state)).toEqual(['ready', 'ready']);
  mend();
});

test('a first look at a long queue asks nobody before it has answered', async () => {
  const { reader, entries, read, lists } = await open({ population: { threatLocker: 1001, adminByRequest: 1001 } });
  await read();
  const calls = lists();
  const first = await reader.read(entries);
  expect(first.map(({ state }) => state)).toEqual(['stale', 'stale']);
  expect(lists()).toBe(calls);
  expect((await reader.read(entries)).map(({ state }) => state)).toEqual(['ready', 'ready']);
});

test('a clock that was put back makes no reading young', async () => {
  const { reader, entries, clock, lists } = await open();
  await reader.read(entries);
  const calls = lists();
  clock.now -= 60 * MINUTE;
  await reader.read(entries);
  expect(lists()).toBeGreaterThan(calls);
});

test('a reading that fails is not remembered', async () => {
  const { reader, entries, sandbox } = await open();
  const mend = sandbox.faults.add({ do: { kind: 'status', status: 500 } });
  expect((await reader.read(entries)).map(({ state }) => state)).toEqual(['failed', 'failed']);
  mend();
  expect((await reader.read(entries)).map(({ state }) => state)).toEqual(['ready', 'ready']);
});

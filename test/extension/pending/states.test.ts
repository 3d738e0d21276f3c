import { SettingsError } from '@countersign/shared/account';
import type { SourceNow } from '@countersign/shared/queue';
import { expect, test } from 'vitest';
import type { World } from '../../support/world.ts';
import { openPending, type Pending } from './setup.ts';

const NOTHING = 'Nothing waits';
const NOTHING_IN_WHAT_WAS_READ = 'Nothing waits in what could be read';
const MINUTE = 60_000;
const empty = { sandbox: { population: 'empty' } } as const;

const failing =
  (status: number, vendor?: 'threatlocker' | 'admin-by-request') =>
  ({ sandbox }: World) => {
    sandbox.faults.add({ ...(vendor ? { when: { vendor } } : {}), do: { kind: 'status', status } });
  };

function ready(source: SourceNow) {
  if (source.state !== 'ready') throw new Error(`${source.account} was not read`);
  return source;
}

async function readAgain({ store, view }: Pending): Promise<void> {
  await store.refresh();
  await view.settled();
}

test('nothing waits only where every account was read', async () => {
  const { labels } = await openPending(empty);
  expect(labels()).toEqual(['acme', 'acme-abr', NOTHING]);
});

test('where one account of two was read, nothing waits in that one', async () => {
  const { labels, row } = await openPending({ ...empty, before: failing(503, 'admin-by-request') });
  expect(labels()).toEqual(['acme', 'acme-abr', NOTHING_IN_WHAT_WAS_READ]);
  expect(row('acme-abr').description).toMatch(/^SANDBOX · Admin By Request · not read: .+/);
});

test('where no account was read, nothing is said of what waits', async () => {
  const { labels, row } = await openPending({ ...empty, before: failing(503) });
  expect(labels()).toEqual(['acme', 'acme-abr']);
  expect(row('acme')).toMatchObject({ context: ['account', 'retryable'], click: 'retry', icon: { name: 'error' } });
});

test('an account that is signed out says so and leads to signing in', async () => {
  const { labels, row } = await openPending({ before: failing(401) });
  expect(labels()).toEqual(['acme', 'acme-abr']);
  expect(row('acme').description).toMatch(/^SANDBOX · ThreatLocker · signed out: .+/);
  expect(row('acme')).toMatchObject({ context: ['account', 'signed-out', 'retryable'], click: 'signIn' });
});

test('what is old says how old and why, in its account and in each request', async () => {
  const opened = await openPending();
  const { world, row, labels } = opened;
  const before = labels().length;
  failing(503)(world);
  world.clock.now += 14 * MINUTE;
  await readAgain(opened);
  expect(labels()).toHaveLength(before);
  expect(row('acme').description).toMatch(/stale: \d+ waited 14 min ago; could not be read now: .+/);
  expect(row('acme')).toMatchObject({ mark: 'stale', context: ['account', 'retryable'] });
  expect(row('Rectangle').description).toContain('as of 14 min ago');
  expect(row('Rectangle').spoken).toContain('as of 14 min ago');
});

test('what was once empty and can not be read any more is not empty', async () => {
  const opened = await openPending(empty);
  failing(503)(opened.world);
  await readAgain(opened);
  expect(opened.labels()).toEqual(['acme', 'acme-abr']);
});

test('an account that is being read says so', async () => {
  const { store, labels, row, view } = await openPending(empty);
  store.set({ sources: store.state.sources.map(({ account }) => ({ account, state: 'loading' })) });
  await view.settled();
  expect(labels()).toEqual(['acme', 'acme-abr']);
  expect(row('acme')).toMatchObject({ description: 'SANDBOX · ThreatLocker · reading …', context: ['account'] });
});

test('what a vendor would not tell stands above the requests, and keeps nothing from being called empty for sure', async () => {
  const { store, labels, row, view } = await openPending(empty);
  store.set({
    sources: store.state.sources.map((source) =>
      source.account === 'acme' ? { ...ready(source), notes: ['Requests of children are missing.'] } : source,
    ),
  });
  await view.settled();
  expect(labels()).toEqual(['acme', 'Requests of children are missing.', 'acme-abr', NOTHING_IN_WHAT_WAS_READ]);
  expect(row('Requests of children are missing.').description).toBe('acme');
});

test('without accounts, or with a broken file, the view is empty, so that it can say what to do', async () => {
  const { world, labels, ...opened } = await openPending();
  world.useSettings(new SettingsError('nothing-configured', ['No account was added yet.']));
  await readAgain({ world, labels, ...opened });
  expect(labels()).toEqual([]);
  expect(opened.view.message).toBeNull();
});

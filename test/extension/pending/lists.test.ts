import { expect, test } from 'vitest';
import type { GroupBy } from '../../../extension/src/views/words.ts';
import { openPending, type Pending } from './setup.ts';

const many = (threatLocker: number) => ({ sandbox: { population: { threatLocker, adminByRequest: 0 } } });
const ids = ({ view }: Pick<Pending, 'view'>, kind: string) =>
  [...view.drawn().keys()].filter((id) => id.startsWith(`${kind}:`));

async function group(by: GroupBy, opened: Pending): Promise<void> {
  opened.host.set('groupBy', by);
  await opened.view.settled();
}

test.each([
  ['organization', 'Contoso Dental Group'],
  ['file', 'Obsidian.exe'],
  ['computer', 'CONTOSO-FRONT-05'],
  ['requester', 'paul.meyer'],
  ['account', 'acme-abr'],
  ['kind', 'elevation'],
  ['age', 'an hour to a day'],
  ['severity', 'stop'],
] as const)('by %s every request stands in one group', async (by, label) => {
  const opened = await openPending();
  await group(by, opened);
  expect(opened.labels()).toContain(label);
  const all = opened.store.state.sources.flatMap((source) => ('requests' in source ? source.requests : []));
  expect(new Set(ids(opened, 'request')).size).toBe(all.length);
  expect(ids(opened, 'group').every((id) => id.startsWith(`group:${by}:`))).toBe(true);
});

test('without groups the oldest request comes first', async () => {
  const opened = await openPending();
  await group('none', opened);
  expect(ids(opened, 'group')).toEqual([]);
  const first = opened.world.named('abr-expiring').reference;
  expect(ids(opened, 'request')[0]).toBe(`request:${first}`);
});

test('the same file is one group over accounts, and it is said by what it was told to be the same', async () => {
  const opened = await openPending();
  await group('file', opened);
  expect(opened.row('Obsidian.exe').description).toBe('4 · the same SHA-256');
});

test('a group of what was not looked at is none of what nothing was found in', async () => {
  const opened = await openPending();
  await group('severity', opened);
  expect(ids(opened, 'group')).not.toContain('group:severity:unknown');
  expect(opened.labels().filter((label) => ['stop', 'caution', 'note', 'nothing found'].includes(label)).length).toBe(
    ids(opened, 'group').length,
  );
});

test('what is long is shown in pages, and nothing of it is lost', async () => {
  const opened = await openPending(many(120));
  await group('none', opened);
  expect(ids(opened, 'request')).toHaveLength(50);
  expect(opened.labels()).toContain('Load more (70 not shown)');
  await opened.commands.loadMore(opened.nodeOf('Load more (70 not shown)'));
  await opened.view.settled();
  expect(ids(opened, 'request')).toHaveLength(100);
  await opened.commands.loadMore(opened.nodeOf('Load more (20 not shown)'));
  await opened.view.settled();
  expect(ids(opened, 'request')).toHaveLength(120);
  expect(ids(opened, 'more')).toEqual([]);
});

test('a long group has pages of its own', async () => {
  const opened = await openPending(many(120));
  await group('account', opened);
  expect(opened.view.drawn().get('group:account:acme')?.children).toBe('collapsed');
  await opened.view.open('group:account:acme');
  expect(ids(opened, 'request')).toHaveLength(50);
  opened.view.told.length = 0;
  await opened.commands.loadMore(opened.nodeOf('Load more (70 not shown)'));
  expect(opened.view.told).toEqual(['group:account:acme']);
  await opened.view.settled();
  expect(ids(opened, 'request')).toHaveLength(100);
});

test('groups are shown in pages too', async () => {
  const opened = await openPending(many(120));
  await group('file', opened);
  const groups = ids(opened, 'group').length;
  expect(groups).toBe(50);
  await opened.commands.loadMore(opened.view.node('more:'));
  await opened.view.settled();
  expect(ids(opened, 'group').length).toBeGreaterThan(groups);
});

test('a short queue is open from the start, a long one is not', async () => {
  expect(ids(await openPending(), 'request').length).toBeGreaterThan(10);
  expect(ids(await openPending(many(120)), 'request')).toEqual([]);
});

test('a filter says what it hides', async () => {
  const opened = await openPending();
  const { tree, view, labels, host } = opened;
  const all = ids(opened, 'request').length;
  tree.setFilter({ text: 'obsidian' });
  await view.settled();
  expect(ids(opened, 'request')).toHaveLength(4);
  expect(view.message).toBe(`Filtered by text "obsidian": 4 of ${all} shown, ${all - 4} hidden.`);
  expect(view.title).toBe(`4 of ${all}`);
  expect(host.context.get('isFiltered')).toBe(true);
  tree.setFilter({ text: 'no such thing' });
  await view.settled();
  expect(labels()).toEqual(['acme', 'acme-abr', 'Nothing that waits fits the filter']);
  expect(view.message).toContain(`0 of ${all} shown, ${all} hidden`);
  tree.setFilter({});
  await view.settled();
  expect(ids(opened, 'request')).toHaveLength(all);
  expect([view.message, view.title, host.context.get('isFiltered')]).toEqual([null, null, false]);
});

test.each([
  [{ account: 'acme-abr' }, 'abr-obsidian', 'obsidian-contoso'],
  [{ kind: 'elevation' }, 'elevate-printer', 'obsidian-contoso'],
  [{ severity: 'stop' }, 'injection', 'obsidian-contoso'],
  [{ assigned: 'nobody' }, 'obsidian-contoso', 'elevate-assigned'],
  [{ text: 'obsidian', account: 'acme' }, 'obsidian-contoso', 'abr-obsidian'],
] as const)('a filter %o shows %s and hides %s', async (filter, shown, hidden) => {
  const opened = await openPending();
  opened.tree.setFilter(filter);
  await opened.view.settled();
  const { world } = opened;
  expect(ids(opened, 'request')).toContain(`request:${world.named(shown).reference}`);
  expect(ids(opened, 'request')).not.toContain(`request:${world.named(hidden).reference}`);
});

test('what a filter leaves of a long queue is open, and the whole queue is as it was afterwards', async () => {
  const opened = await openPending(many(120));
  const groups = ids(opened, 'group');
  const [request] = opened.store.state.sources.flatMap((source) => ('requests' in source ? source.requests : []));
  opened.tree.setFilter({ text: request?.reference ?? '' });
  await opened.view.settled();
  expect(ids(opened, 'request')).toEqual([`request:${request?.reference}`]);
  opened.tree.setFilter({});
  await opened.view.settled();
  expect(ids(opened, 'group')).toEqual(groups);
  expect(ids(opened, 'request')).toEqual([]);
});

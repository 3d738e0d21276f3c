import type { ApprovalRequest } from '@countersign/shared/approval';
import { expect, test } from 'vitest';
import { createSlices } from '../../../extension/src/views/slices.ts';
import { openPending, type Pending, until } from './setup.ts';

const MINUTE = 60_000;

async function read({ store, view }: Pending): Promise<readonly (string | null)[]> {
  view.told.length = 0;
  view.asked.length = 0;
  await store.refresh();
  await view.settled();
  return [...view.told];
}

test('a reading that changes nothing asks for nothing to be drawn', async () => {
  const opened = await openPending();
  expect(await read(opened)).toEqual([]);
  expect(opened.view.asked).toEqual([]);
});

test('a request that changed is drawn anew, and no other', async () => {
  const opened = await openPending();
  const { world, view, row } = opened;
  const { id, reference } = world.named('unsigned-downloads');
  const node = view.node(`request:${reference}`);
  world.sandbox.change('threatlocker', id, (request) => {
    request.hostname = 'CONTOSO-NEW-01';
  });
  expect(await read(opened)).toEqual([`request:${reference}`]);
  expect(view.asked).toEqual([`request:${reference}`]);
  expect(row('pdf-merge-portable.exe').description).toContain('CONTOSO-NEW-01');
  expect(view.node(`request:${reference}`)).toBe(node);
  expect((node as { request?: ApprovalRequest }).request?.computer.name).toBe('CONTOSO-NEW-01');
});

test('a request that comes or goes changes its group alone', async () => {
  const opened = await openPending();
  const { world, view, labels } = opened;
  const { id, reference } = world.named('vague-linux');
  const order = () => [...view.drawn().keys()].filter((one) => one.startsWith('group:'));
  const group = [...view.drawn().keys()].filter((one) => one.startsWith('group:'));
  world.sandbox.rivalDecides('threatlocker', id, 'deny');
  const told = await read(opened);
  // A sandbox's row says how many wait there.
  expect(told).toEqual(['source:acme', expect.stringMatching(/^group:organization:/)]);
  expect(view.drawn().has(`request:${reference}`)).toBe(false);
  expect(labels()).not.toContain('kubectl');
  expect(order()).toEqual(group);
});

test('a group that comes changes the roots, and every node that stays is the same', async () => {
  const opened = await openPending({ sandbox: { population: { threatLocker: 3, adminByRequest: 0 } } });
  const { world, view } = opened;
  const before = new Map([...view.drawn().keys()].map((id) => [id, view.node(id)]));
  world.sandbox.arrive({ vendor: 'admin-by-request' });
  expect(await read(opened)).toEqual([null]);
  for (const [id, node] of before) expect(view.node(id)).toBe(node);
  expect(view.drawn().size).toBeGreaterThan(before.size);
});

test('a request that comes back is the row it was', async () => {
  const opened = await openPending();
  const { world, store, view } = opened;
  const { reference } = world.named('vague-linux');
  const node = view.node(`request:${reference}`);
  const whole = store.state.sources;
  store.set({
    sources: whole.map((source) =>
      'requests' in source
        ? { ...source, requests: source.requests.filter((request) => request.reference !== reference) }
        : source,
    ),
  });
  await view.settled();
  expect(view.drawn().has(`request:${reference}`)).toBe(false);
  store.set({ sources: whole });
  await view.settled();
  expect(view.node(`request:${reference}`)).toBe(node);
});

test('an age that is told in other words is drawn anew', async () => {
  const opened = await openPending();
  opened.world.clock.now += 2 * MINUTE;
  const told = await read(opened);
  expect(told.length).toBeGreaterThan(0);
  expect(told).not.toContain(null);
});

test('nothing is computed for a view that nobody sees, and what it missed is there when it is shown', async () => {
  let begun = 0;
  const slices = createSlices(() => 0);
  const opened = await openPending({
    shown: false,
    slices: {
      run: (work, isWanted) => {
        begun += 1;
        return slices.run(work, isWanted);
      },
    },
  });
  const { world, view, store, host, tree } = opened;
  await store.refresh();
  host.set('groupBy', 'kind');
  tree.setFilter({ account: 'acme' });
  expect(begun).toBe(0);
  await view.show();
  expect(begun).toBeGreaterThan(0);
  expect(opened.labels()).toContain('elevation');
  view.hide();
  begun = 0;
  const { id, reference } = world.named('vague-linux');
  world.sandbox.rivalDecides('threatlocker', id, 'deny');
  await store.refresh();
  expect(begun).toBe(0);
  expect(view.drawn().has(`request:${reference}`)).toBe(true);
  await view.show();
  await view.settled();
  expect(view.drawn().has(`request:${reference}`)).toBe(false);
});

test('while severities are looked for, nothing is said to be without findings', async () => {
  // Every look at the clock uses up the turn.
  let time = 0;
  const opened = await openPending({
    slices: createSlices(() => {
      time += 5;
      return time;
    }),
  });
  const { host, view, labels } = opened;
  host.set('groupBy', 'severity');
  const known = opened.store.state.sources.flatMap((source) => ('requests' in source ? source.requests : [])).length;
  const looking = `Looking at ${known} requests …`;
  await until(() => labels().includes(looking));
  expect(labels()).toEqual(['acme', 'acme-abr', looking]);
  await until(() => view.drawn().size > known);
  expect(labels()).toContain('stop');
  expect(labels()).not.toContain(looking);
});

test('a reading amid the work takes its place', async () => {
  let time = 0;
  const slices = createSlices(() => {
    time += 5;
    return time;
  });
  const steps: number[] = [];
  const opened = await openPending({
    slices: {
      run: (work, options) => {
        const index = steps.push(0) - 1;
        const counted: typeof work = Object.assign(Object.create(work), {
          next: () => {
            steps[index] = (steps[index] ?? 0) + 1;
            return work.next();
          },
        });
        return slices.run(counted, options);
      },
    },
  });
  const { world, store, view } = opened;
  const gone = world.named('vague-linux');
  world.sandbox.rivalDecides('threatlocker', gone.id, 'deny');
  await store.refresh();
  steps.length = 0;
  store.set({});
  store.set({});
  await until(() => !view.drawn().has(`request:${gone.reference}`));
  await until(() => (steps[1] ?? 0) > 20);
  expect(steps[0]).toBeLessThan(5);
  expect(view.drawn().size).toBeGreaterThan(20);
});

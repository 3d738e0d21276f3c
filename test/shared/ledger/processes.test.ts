import { expect, test } from 'vitest';
import { sendOut } from './child.ts';
import { NOON, reference } from './plan.ts';
import { openIn, temporaryFolder } from './setup.ts';

test('several processes make a ledger together and lose nothing in it', async () => {
  const folder = temporaryFolder();
  const clients = Array.from({ length: 6 }, (_none, index) => `client-${index}`);
  const children = clients.map((client) => sendOut({ kind: 'open-and-answer', folder, now: NOON, client, plans: 25 }));
  expect(await Promise.all(children.map(({ ended }) => ended))).toEqual(clients.map(() => 0));
  const ledger = openIn(folder);
  expect(await ledger.verify()).toEqual([]);
  expect(await ledger.rows(0, 10_000)).toHaveLength(clients.length * 25 * 2);
});

test('several processes on one request run one after the other', async () => {
  const folder = temporaryFolder();
  const children = Array.from({ length: 4 }, () =>
    sendOut({ kind: 'enter-often', folder, now: NOON, request: 'acme/1', times: 25 }),
  );
  expect(await Promise.all(children.map(({ ended }) => ended))).toEqual([0, 0, 0, 0]);
});

test('one that is killed while it holds a request gives it free', async () => {
  const folder = temporaryFolder();
  const ledger = openIn(folder);
  const holder = sendOut({ kind: 'hold', folder, now: NOON, request: 'acme/1' });
  await holder.said('inside');
  const order: string[] = [];
  const entered = ledger.exclusively('fingerprint-1', reference('acme/1'), async () => order.push('entered'));
  await ledger.exclusively('fingerprint-1', reference('acme/2'), async () => order.push('another request'));
  order.push('killed');
  await holder.kill();
  await entered;
  expect(order).toEqual(['another request', 'killed', 'entered']);
});

test('two account ids of one tenant share the lease; two handles of one process exclude each other', async () => {
  const folder = temporaryFolder();
  const [first, second] = [openIn(folder), openIn(folder)];
  const order: string[] = [];
  let leave = () => order.push('too early');
  const held = new Promise<void>((resolve) => {
    leave = () => {
      resolve();
      return order.push('leaves');
    };
  });
  const one = first.exclusively('tenant', reference('acme/1'), () => held);
  const two = second.exclusively('tenant', reference('other-id/1'), async () => order.push('enters'));
  await second.exclusively('another tenant', reference('acme/1'), async () => order.push('another tenant'));
  leave();
  await Promise.all([one, two]);
  expect(order).toEqual(['another tenant', 'leaves', 'enters']);
});

test('work that fails gives its request free', async () => {
  const ledger = openIn(temporaryFolder());
  const failing = ledger.exclusively('tenant', reference('acme/1'), () => Promise.reject(new Error('as it happens')));
  await expect(failing).rejects.toThrow('as it happens');
  expect(await ledger.exclusively('tenant', reference('acme/1'), async () => 'entered')).toBe('entered');
});

import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { sendOut } from './child.ts';
import { NOON, reference, TERMINAL } from './plan.ts';
import { open, openIn, outcome, temporaryFolder, tryOpen } from './setup.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

const locks = () => readdirSync(path.join(folder, 'processes')).filter((name) => name.endsWith('.lock'));

describe('what a process that was killed had proposed', () => {
  test('is closed with it, once, and its request is free', async () => {
    const ledger = openIn(folder);
    const child = sendOut({ kind: 'stay', folder, now: NOON, open: ['acme/1'] });
    await child.said('staying');
    expect(await tryOpen(ledger, ['acme/1'])).toMatch(/already waits/);
    await child.kill();
    const others = Array.from({ length: 4 }, () => openIn(folder));
    await Promise.all(others.map((other) => other.takeOver()));
    const [closed] = await ledger.list({ limit: 10 });
    expect(closed).toMatchObject({ phase: 'refused', closedBecause: 'The client that proposed it is gone.' });
    expect((await ledger.rows(0, 10)).map(({ phase }) => phase)).toEqual(['planned', 'refused']);
    expect(await tryOpen(ledger, ['acme/1'])).toBeTypeOf('object');
  });

  test('stays while it lives, whoever looks and however often', async () => {
    const ledger = openIn(folder);
    const child = sendOut({ kind: 'stay', folder, now: NOON, open: ['acme/1'] });
    await child.said('staying');
    const others = [ledger, openIn(folder), openIn(folder)];
    for (const other of [...others, ...others]) expect(await other.takeOver()).toEqual([]);
    expect(await ledger.list({ limit: 10 })).toMatchObject([{ phase: 'planned' }]);
    await child.kill();
  });
});

describe('the files by which processes tell that they live', () => {
  test('go with them at an orderly end', () => {
    const [one, two] = [openIn(folder), openIn(folder)];
    expect(locks()).toHaveLength(2);
    one.close();
    expect(locks()).toHaveLength(1);
    two.close();
    expect(locks()).toEqual([]);
  });

  test('stay while they live and do nothing, and are swept when they were killed', async () => {
    const ledger = openIn(folder);
    const [idle, killed] = [sendOut({ kind: 'stay', folder, now: NOON }), sendOut({ kind: 'stay', folder, now: NOON })];
    await Promise.all([idle.said('staying'), killed.said('staying')]);
    await ledger.takeOver();
    expect(locks()).toHaveLength(3);
    await killed.kill();
    await ledger.takeOver();
    expect(locks()).toHaveLength(2);
    await ledger.takeOver();
    expect(locks()).toHaveLength(2);
    await idle.kill();
    await ledger.takeOver();
    expect(locks()).toHaveLength(1);
  });

  test('are made, looked at and removed by several at once, and none that lives counts as gone', async () => {
    const clients = Array.from({ length: 4 }, (_none, index) => `client-${index}`);
    const children = clients.map((client) => sendOut({ kind: 'come-and-go', folder, now: NOON, client, times: 200 }));
    expect(await Promise.all(children.map(({ ended }) => ended))).toEqual(clients.map(() => 0));
    const ledger = openIn(folder);
    await ledger.takeOver();
    expect(locks()).toHaveLength(1);
    const closed = await ledger.list({ limit: 1_000 });
    expect(closed.map(({ phase }) => phase)).toEqual(Array.from({ length: 4 * 10 }, () => 'refused'));
  });

  test('are kept until what their process left is taken over, and swept after that', async () => {
    const ledger = openIn(folder);
    const child = sendOut({ kind: 'stay', folder, now: NOON, open: ['acme/1'] });
    await child.said('staying');
    await child.kill();
    await ledger.takeOver();
    expect(await ledger.list({ limit: 10 })).toMatchObject([{ phase: 'refused' }]);
    await ledger.takeOver();
    expect(locks()).toHaveLength(1);
  });

  test('are waited for without blocking, while another process looks at them', async () => {
    const ledger = openIn(folder, { busyTimeoutMs: 0 });
    const other = new DatabaseSync(path.join(folder, 'processes.lock'));
    other.exec('BEGIN EXCLUSIVE');
    const looking = ledger.takeOver();
    for (let turn = 0; turn < 5; turn += 1) await setImmediate();
    other.close();
    expect(await looking).toEqual([]);
  });

  test('what is no such file is left alone', async () => {
    const ledger = openIn(folder);
    writeFileSync(path.join(folder, 'processes', 'notes.txt'), '');
    writeFileSync(path.join(folder, 'processes', 'x.lock'), '');
    await ledger.takeOver();
    expect(readdirSync(path.join(folder, 'processes'))).toEqual(expect.arrayContaining(['notes.txt', 'x.lock']));
  });
});

test('what this process is about to send is nobody else to find out about, at no moment', async () => {
  const ledger = openIn(folder);
  const { decision } = await open(ledger, ['acme/1']);
  await ledger.answer(decision, 'confirmed', TERMINAL);
  const begun = ledger.begin(decision, reference('acme/1'));
  const looks: Promise<readonly unknown[]>[] = [];
  for (let turn = 0; turn < 30; turn += 1) {
    looks.push(ledger.takeOver());
    await Promise.resolve();
  }
  expect(await begun).toBe(true);
  expect((await Promise.all(looks)).flat()).toEqual([]);
  await ledger.finish(decision, outcome('acme/1', 'applied'));
});

import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { openScene, type Scene, type SceneOptions } from './scene.ts';
import type { TreeRow } from './tree.ts';
import { until } from './until.ts';

const ACCOUNTS = ['acme', 'acme-abr'];

let scene: Scene | undefined;

async function open(options: SceneOptions = {}): Promise<Scene> {
  scene = await openScene(options);
  return scene;
}

afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

const accountRows = (rows: readonly TreeRow[]) => rows.filter(({ context }) => context.includes('account'));
const requestRows = (rows: readonly TreeRow[]) => rows.filter(({ context }) => context.includes('request'));

/** Waits until each account's own row says this. Answers all rows. */
async function untilAll({ pending }: Scene, wanted: RegExp): Promise<readonly TreeRow[]> {
  return await until(`rows of accounts that say ${wanted}`, async () => {
    const rows = await pending.rows();
    const accounts = accountRows(rows);
    const isSo = accounts.length === ACCOUNTS.length && accounts.every(({ description }) => wanted.test(description));
    return isSo ? rows : undefined;
  });
}

describe('the view of what waits', () => {
  it('says that accounts are being read, and nothing of what waits', async () => {
    const all = await open({ before: ({ faults }) => faults.add({ do: { kind: 'hang' } }) });
    const rows = await untilAll(all, /^SANDBOX · .* · reading …$/);
    assert.deepEqual(rows.map(({ label }) => label).sort(), ACCOUNTS);
    assert.equal(all.pending.view.badge, undefined);
    assert.equal(all.pending.view.visible, true);
  });

  it('has every request that waits, below its organization, and their number as a badge', async () => {
    const all = await open();
    const rows = await untilAll(all, /^SANDBOX · .* · \d+ requests wait$/);
    const waiting = accountRows(rows).map(({ description }) => Number(/(\d+) requests/.exec(description)?.[1]));
    assert.equal(requestRows(rows).length, (waiting[0] ?? 0) + (waiting[1] ?? 0));
    assert.ok(requestRows(rows).every(({ level }) => level === 2));
    const words = new Set(rows.flatMap(({ context }) => context));
    for (const word of ['approvable', 'decidable', 'ownable', 'sha256']) assert.ok(words.has(word), word);
    const decidable = requestRows(rows).filter(({ context }) => context.includes('decidable'));
    assert.equal(all.pending.view.badge?.value, decidable.length);
  });

  it('says that nothing waits once that was read', async () => {
    const all = await open({ sandbox: { population: 'empty' } });
    const rows = await untilAll(all, /^SANDBOX · .* · nothing waits$/);
    const others = rows.filter((row) => !accountRows(rows).includes(row));
    assert.match(others.map(({ label }) => label).join('\n'), /^Nothing waits\b[^\n]*$/);
    assert.equal(all.pending.view.badge, undefined);
  });

  it('keeps what was read, and says how old it is, when it can no longer be read', async () => {
    const all = await open();
    const before = requestRows(await untilAll(all, /requests wait$/)).map(({ label }) => label);
    all.sandbox.faults.add({ do: { kind: 'status', status: 500 } });
    await all.run('refresh');
    const rows = await untilAll(all, /· stale: \d+ waited .* ago; could not be read now: ./);
    assert.deepEqual(
      requestRows(rows).map(({ label }) => label),
      before,
    );
    assert.ok(accountRows(rows).every(({ context }) => context.includes('retryable')));
    assert.notEqual(all.pending.view.badge, undefined);
  });

  it('says why what was never read could not be, and never that nothing waits', async () => {
    const all = await open({ before: ({ faults }) => faults.add({ do: { kind: 'status', status: 500 } }) });
    const rows = await untilAll(all, /· not read: ./);
    assert.deepEqual(rows.map(({ label }) => label).sort(), ACCOUNTS);
    assert.doesNotMatch(rows.map(({ description }) => description).join('\n'), /nothing waits/i);
    assert.ok(accountRows(rows).every(({ context }) => context.includes('retryable')));
    assert.equal(all.pending.view.badge, undefined);
  });

  it('says that an account is signed out whose secret the vendor refuses', async () => {
    const all = await open({ before: ({ faults }) => faults.add({ do: { kind: 'status', status: 401 } }) });
    const rows = await untilAll(all, /· signed out: ./);
    assert.deepEqual(rows.map(({ label }) => label).sort(), ACCOUNTS);
    assert.ok(accountRows(rows).every(({ context }) => context.includes('signed-out')));
    assert.equal(all.pending.view.badge, undefined);
  });
});

import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Decision } from '@countersign/shared/approval';
import { ledgerFile } from '@countersign/shared/ledger';
import { describe, expect, test } from 'vitest';
import { showDecided } from '../../../extension/src/views/decided.ts';
import { open as openPlan } from '../../shared/ledger/setup.ts';
import { ledgerIn, openEditorPlace, openWindow, requestAt, type WindowOptions, willing } from '../window.ts';

// The journal's decisions, as the view draws them.

const APPROVE: Decision = { verdict: 'approve', options: {} };
const DENY: Decision = { verdict: 'deny', options: { reason: 'Not needed.' } };

async function open(options: WindowOptions = {}) {
  const place = await openEditorPlace();
  const window = await openWindow(place, options);
  window.host.reply(willing);
  const tree = window.host.seen.decided;
  const decide = async (decision: Decision, ...names: readonly string[]) =>
    await window.decider.decide(
      names.map((name) => requestAt(place, name)),
      decision,
    );
  return { place, ...window, tree, decide };
}

/** Resolves when the view was told of a change that comes after `count`. */
async function changed({ tree }: Pick<Awaited<ReturnType<typeof open>>, 'tree'>, count: number): Promise<void> {
  while (tree.changes.length <= count) await new Promise((resolve) => setImmediate(resolve));
}

describe('decisions', () => {
  test('stand newest first, each with how it ended, and open onto their requests', async () => {
    const it = await open();
    await it.decide(DENY, 'abr-cmd');
    await it.decide(APPROVE, 'obsidian-contoso');
    it.host.reply(() => null);
    await it.decide(DENY, 'usb-read');
    showDecided(it.host, it.runtime);
    const rows = await it.tree.rows();
    expect(rows).toMatchObject([
      {
        label: 'Deny "DCIM"',
        description: expect.stringMatching(/^not confirmed, nothing sent · /),
        icon: { name: 'dash' },
      },
      {
        label: 'Approve "Obsidian.exe"',
        description: expect.stringMatching(/^carried out · /),
        icon: { name: 'pass-filled' },
        context: ['decision', 'applied'],
      },
      {
        label: 'Deny "cmd.exe"',
        description: expect.stringMatching(/^carried out · /),
        context: ['decision', 'applied'],
      },
    ]);
    expect(rows[0]?.context).toEqual(['decision']);
    const target = await it.tree.node('"Obsidian.exe"');
    expect(await it.tree.hover(target)).toMatch(/approved/);
  });

  test('that may take effect yet, or wait for another approver, are told as no more than that', async () => {
    const it = await open();
    it.place.sandbox.faults.add({ when: { method: 'DELETE' }, do: { kind: 'resetBeforeEffect' } });
    await it.decide(DENY, 'abr-cmd');
    const payroll: Decision = { verdict: 'approve', options: { application: { use: 'new', name: 'Payroll' } } };
    await it.decide(payroll, 'payroll');
    showDecided(it.host, it.runtime);
    const [tier, late] = await it.tree.rows();
    expect(tier?.description).toMatch(/^recorded, waits for another approver · /);
    expect(late?.description).toMatch(/^not carried out so far, may still take effect · /);
  });

  test('that somebody answered, and that were refused all the same, are not taken for ones that nobody confirmed', async () => {
    const it = await open();
    const { decision } = await openPlan(ledgerIn(it.place), ['acme/1'], 'a client');
    const ledger = it.runtime.ledger();
    await ledger?.answer(decision, 'refused', { channel: 'terminal', who: 'Paula' }, 'It was not the text.');
    showDecided(it.host, it.runtime);
    expect(await it.tree.rows()).toMatchObject([
      { description: expect.stringMatching(/^refused, nothing changed · /), icon: { name: 'error' } },
    ]);
  });

  test('say in their hover who countersigned and when, signed or not', async () => {
    const it = await open();
    await it.decide(DENY, 'abr-cmd');
    showDecided(it.host, it.runtime);
    const id = (await it.keys.get())?.publicKey.id;
    const hover = await it.tree.hover(await it.tree.node('Deny "cmd.exe"'));
    expect(hover).toContain(`Answered by a person with the key ${id}, in an editor, `);
    expect(hover).toContain('; signed.');
    expect(hover).toContain('Countersign in this editor');
    expect(hover).not.toContain('unknown time');
    it.host.reply(() => null);
    await it.decide(APPROVE, 'unsigned-downloads');
    expect(await it.tree.hover(await it.tree.node('Approve "pdf-merge-portable.exe"'))).toContain(
      'Nobody countersigned it.',
    );
  });

  test('come by themselves while the view is shown, and rows that stay are the same', async () => {
    const it = await open();
    await it.decide(DENY, 'abr-cmd');
    showDecided(it.host, it.runtime);
    const before = await it.tree.node('Deny "cmd.exe"');
    const count = it.tree.changes.length;
    await it.decide(DENY, 'usb-read');
    await changed(it, count);
    expect(await it.tree.rows()).toHaveLength(2);
    expect(await it.tree.node('Deny "cmd.exe"')).toBe(before);
  });

  test('are not read while the view is hidden', async () => {
    const it = await open();
    it.tree.show(false);
    let reads = 0;
    const { ledger } = it.runtime;
    showDecided(it.host, {
      ...it.runtime,
      ledger: () => {
        reads += 1;
        return ledger();
      },
    });
    await it.decide(DENY, 'abr-cmd');
    await it.decide(DENY, 'usb-read');
    expect(reads).toBe(0);
    it.tree.show(true);
    expect(await it.tree.rows()).toHaveLength(2);
    expect(reads).toBeGreaterThan(0);
  });

  test('are shown fifty at a time', async () => {
    const it = await open();
    const ledger = ledgerIn(it.place);
    for (let index = 0; index < 60; index += 1) {
      const { decision } = await openPlan(ledger, [`acme/${index}`], `client-${index}`);
      await ledger.closePlan(decision, 'refused', 'It was closed.');
    }
    const view = showDecided(it.host, it.runtime);
    const rows = await it.tree.rows();
    expect(rows).toHaveLength(51);
    expect(rows.at(-1)).toMatchObject({ label: 'Load More', click: 'loadMore' });
    expect(view.loadMore({ kind: 'request' })).toBe(false);
    expect(view.loadMore(await it.tree.node('Load More'))).toBe(true);
    expect(await it.tree.rows()).toHaveLength(60);
  });
});

test('nothing decided is an empty view, for its welcome', async () => {
  const it = await open();
  showDecided(it.host, it.runtime);
  expect(await it.tree.rows()).toEqual([]);
});

test('a journal that can not be read is no empty one', async () => {
  const it = await open({ hasSqlite: false });
  showDecided(it.host, it.runtime);
  expect(await it.tree.rows()).toMatchObject([
    { label: expect.stringMatching(/could not be read.*SQLite/), icon: { name: 'warning' } },
  ]);
});

test('a decision that somebody changed in the file is not shown as it stands there', async () => {
  const it = await open();
  await it.decide(DENY, 'abr-cmd');
  await it.decide(DENY, 'usb-read');
  const db = new DatabaseSync(ledgerFile(path.join(it.place.folder, 'state')));
  db.exec("UPDATE decisions SET phase = 'declined' WHERE plan LIKE '%cmd.exe%'");
  db.close();
  showDecided(it.host, it.runtime);
  expect(await it.tree.rows()).toMatchObject([{ label: 'Deny "DCIM"' }]);
});

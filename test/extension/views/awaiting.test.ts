import { createDecisions } from '@countersign/shared/decide';
import { describe, expect, test } from 'vitest';
import { showAwaiting } from '../../../extension/src/views/awaiting.ts';
import { ledgerIn, openEditorPlace, openWindow, requestAt, willing } from '../window.ts';

// What assistants ask, as the view draws it.

async function open(names: readonly string[], options = {}) {
  const place = await openEditorPlace();
  const window = await openWindow(place, options);
  const { runtime, host } = window;
  const ledger = ledgerIn(place);
  const decisions = createDecisions({ book: runtime.book, openLedger: () => ledger, now: runtime.now });
  const propose = async (...of: readonly string[]) =>
    await decisions.plan({
      requests: of.map((name) => requestAt(place, name)),
      decision: { verdict: 'deny', options: { reason: 'Not needed.' } },
      proposer: { client: 'client-1', name: 'claude' },
      mayDecide: () => true,
      route: () => ({ channel: 'extension', because: null }),
    });
  if (names.length > 0) await propose(...names);
  const listening = await window.listen();
  host.reply(() => null);
  showAwaiting(host, runtime, listening.awaiting);
  const tree = host.seen.awaiting;
  return { place, ...window, ...listening, tree, propose, decisions, ledger };
}

describe('a proposal', () => {
  test('is a row with what is proposed, by whom, and the time that is left; a click answers it', async () => {
    const { tree } = await open(['abr-cmd']);
    expect(await tree.rows()).toMatchObject([
      {
        label: 'Deny "cmd.exe"',
        description: '"claude" · 9 min left',
        icon: { name: 'close' },
        children: 'collapsed',
        context: ['plan'],
        click: 'answer',
        spoken: '"claude" proposes to deny "cmd.exe". 9 min left',
      },
    ]);
    expect(tree.badgeCount).toBe(1);
    const hover = await tree.hover(await tree.node('Deny "cmd.exe"'));
    expect(hover).toContain('Reason: "Need to run a cmd');
  });

  test('opens onto exactly what would be sent', async () => {
    const { tree } = await open(['obsidian-contoso', 'usb-read']);
    await tree.node('Deny "Obsidian.exe" on "CONTOSO-FRONT-02".');
    await tree.node('Reason: "Not needed.".');
    await tree.node('Reach: Nothing is permitted.');
    await tree.node('Account: acme (SANDBOX)');
    expect(await tree.rows()).toMatchObject([{ label: 'Deny 2 requests' }]);
  });

  test('keeps its rows over a change, and only what reads differently is drawn anew', async () => {
    const { tree, propose, clock, beat } = await open(['abr-cmd']);
    const before = [await tree.node('Deny "cmd.exe"'), await tree.node('Account: acme-abr (SANDBOX)')];
    await propose('usb-read');
    await beat();
    expect(await tree.rows()).toHaveLength(2);
    expect([await tree.node('Deny "cmd.exe"'), await tree.node('Account: acme-abr (SANDBOX)')]).toEqual(before);
    expect(await tree.node('Deny "cmd.exe"')).toBe(before[0]);
    const count = tree.changes.length;
    await beat();
    expect(tree.changes).toHaveLength(count);
    clock.ahead = 120_000;
    await beat();
    expect(tree.changes.slice(count)).toEqual([[expect.any(String), expect.any(String)]]);
  });

  test('is drawn when a hidden view is shown again, and not before', async () => {
    const { tree, propose, awaiting, beat } = await open([]);
    expect(await tree.rows()).toEqual([]);
    tree.show(false);
    const count = tree.changes.length;
    await propose('abr-cmd');
    await beat();
    expect(awaiting.plans).toHaveLength(1);
    expect(tree.badgeCount).toBe(1);
    expect(tree.changes).toHaveLength(count);
    tree.show(true);
    expect(tree.changes.slice(count)).toEqual([[null]]);
    expect(await tree.rows()).toHaveLength(1);
  });

  test('leaves the view when it was answered', async () => {
    const { tree, host, answering, awaiting, beat } = await open(['abr-cmd']);
    host.reply(willing);
    await answering.answer(await tree.node('Deny "cmd.exe"'));
    await beat();
    expect(awaiting.plans).toEqual([]);
    expect(await tree.rows()).toEqual([]);
    expect(tree.badgeCount).toBe(0);
  });
});

test.each([
  ['the keyring', { isKeyringBroken: true }, /keyring/],
  ['SQLite', { hasSqlite: false }, /SQLite/],
])('where %s is missing, a row says why nobody can be asked', async (_what, options, why) => {
  const { tree } = await open([], options);
  expect(await tree.rows()).toMatchObject([
    { label: expect.stringMatching(why), icon: { name: 'warning' }, context: [] },
  ]);
  expect(tree.badgeCount).toBe(0);
});

import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Decision } from '@countersign/shared/approval';
import { headText, ledgerFile } from '@countersign/shared/ledger';
import { beforeEach, describe, expect, test } from 'vitest';
import { createJournalCommands } from '../../../extension/src/journal/index.ts';
import type { Asked } from '../../support/memory-host.ts';
import { ledgerIn, notices, openEditorPlace, openWindow, requestAt, type WindowOptions, willing } from '../window.ts';

// What can be done with the journal.

const APPROVE: Decision = { verdict: 'approve', options: {} };
const DENY: Decision = { verdict: 'deny', options: { reason: 'Not needed.' } };

async function open(options: WindowOptions = {}) {
  const place = await openEditorPlace();
  const window = await openWindow(place, options);
  window.host.reply(willing);
  const decide = async (decision: Decision, name: string) =>
    await window.decider.decide([requestAt(place, name)], decision);
  const commands = createJournalCommands(window.host, window.runtime, window.keys);
  const last = () => notices(window.host).at(-1);
  /** The row of the newest decision. */
  const row = async () => ({ kind: 'decision', id: 'a row', record: (await ledgerIn(place).list({ limit: 1 }))[0] });
  return { place, ...window, commands, decide, last, row };
}

/** Leaves in a question for a text what stands there. */
const asItIs = (asked: Asked) => (asked.kind === 'input' ? asked.value : null);

describe('with two decisions', () => {
  let it_: Awaited<ReturnType<typeof open>>;
  beforeEach(async () => {
    it_ = await open();
    await it_.decide(DENY, 'abr-cmd');
    await it_.decide(APPROVE, 'obsidian-contoso');
  });

  test('an export holds every line as the ledger has it, and names the head', async () => {
    const { place, host, commands, last } = it_;
    const file = path.join(place.folder, 'journal.jsonl');
    host.reply((asked) => (asked.kind === 'saveFile' ? file : (asked.kind === 'notify' && asked.actions[0]) || null));
    await commands.exportJournal();
    const ledger = ledgerIn(place);
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(await ledger.rows(0, 100));
    expect(last()?.message).toContain(`8 lines were exported.`);
    expect(last()?.message).toContain(headText(await ledger.head()));
    expect(host.copied).toEqual([headText(await ledger.head())]);
  });

  test('an export that fails leaves nothing that looks like one', async () => {
    const { place, host, commands, last } = it_;
    const folder = path.join(place.folder, 'exports');
    await mkdir(path.join(folder, 'journal.jsonl', 'in the way'), { recursive: true });
    host.reply((asked) => (asked.kind === 'saveFile' ? path.join(folder, 'journal.jsonl') : null));
    await commands.exportJournal();
    expect(last()).toMatchObject({
      level: 'error',
      message: expect.stringMatching(/could not be written .*no export/),
    });
    expect(await readdir(folder)).toEqual(['journal.jsonl']);
  });

  test('a dialog that is closed exports nothing', async () => {
    const { host, commands } = it_;
    const before = notices(host).length;
    host.reply(() => null);
    await commands.exportJournal();
    expect(notices(host)).toHaveLength(before);
  });

  test('verified, it says how many lines, and the head', async () => {
    const { place, host, commands, last } = it_;
    host.reply(asItIs);
    await commands.verifyJournal();
    const head = headText(await ledgerIn(place).head());
    expect(last()).toMatchObject({
      level: 'info',
      message: `8 lines, none of them changed. Head of the journal: ${head}`,
    });
  });

  test('cut off at its end, it shows against the head that this editor named, unless that is left out', async () => {
    const { place, host, commands, last } = it_;
    host.reply(asItIs);
    await commands.verifyJournal();
    const head = headText(await ledgerIn(place).head());
    const db = new DatabaseSync(ledgerFile(path.join(place.folder, 'state')));
    db.exec('DROP TRIGGER journal_is_not_cut; DELETE FROM journal WHERE seq > 6');
    db.close();
    await commands.verifyJournal();
    expect(last()).toMatchObject({
      level: 'error',
      message:
        'The journal is not what it was. The journal ends at line 6, but the head names line 8: its end was cut off.',
    });
    // Neither what was found wrong nor what was only exported is what the next time is held against.
    host.reply((asked) => (asked.kind === 'saveFile' ? path.join(place.folder, 'journal.jsonl') : asItIs(asked)));
    await commands.exportJournal();
    await commands.verifyJournal();
    expect(last()?.message).toMatch(/cut off\.$/);
    expect(host.asked.findLast(({ kind }) => kind === 'input')).toMatchObject({ value: head });
    host.reply((asked) => (asked.kind === 'input' ? '' : null));
    await commands.verifyJournal();
    expect(last()?.message).toMatch(/^6 lines, none of them changed/);
  });

  test('a head that was kept elsewhere can be given; what is none is not taken', async () => {
    const { host, commands, last } = it_;
    const given = ['7', `9:${'a'.repeat(64)}`];
    host.reply((asked) => (asked.kind === 'input' ? (given.shift() ?? null) : null));
    await commands.verifyJournal();
    expect(
      host.asked.filter(({ kind }) => kind === 'input').map((asked) => 'problem' in asked && asked.problem),
    ).toEqual([null, 'A head is a number, a colon and 64 hexadecimal digits.']);
    expect(last()?.message).toMatch(/ends at line 8, but the head names line 9/);
  });

  test('a question for a head that is closed verifies nothing', async () => {
    const { host, commands } = it_;
    const before = notices(host).length;
    host.reply(() => null);
    await commands.verifyJournal();
    expect(notices(host)).toHaveLength(before);
  });

  test('changed, every flaw is told', async () => {
    const { place, host, commands, last } = it_;
    const db = new DatabaseSync(ledgerFile(path.join(place.folder, 'state')));
    db.exec("DROP TRIGGER journal_is_not_changed; UPDATE journal SET data = '{}' WHERE seq IN (2, 6)");
    db.close();
    host.reply((asked) => (asked.kind === 'input' ? '' : (asked.kind === 'notify' && asked.actions[0]) || null));
    await commands.verifyJournal();
    expect(last()).toMatchObject({ level: 'error', message: expect.stringMatching(/2 flaws\. Line 2 was changed/) });
    expect(host.opened).toEqual([
      'Line 2 was changed after it was written.\nLine 6 was changed after it was written.\n',
    ]);
  });

  test('the lines of a decision are copied as they are exported', async () => {
    const { place, host, commands, row } = it_;
    await commands.copyJournalLine(await row());
    const copied = (host.copied[0] ?? '').trimEnd().split('\n');
    expect(copied.map((line) => JSON.parse(line))).toEqual(await ledgerIn(place).rows(4, 100));
    await commands.copyJournalLine(undefined);
    expect(host.copied).toHaveLength(1);
  });
});

test.each<readonly [string, Decision, string, readonly RegExp[]]>([
  [
    'a ThreatLocker approval',
    APPROVE,
    'obsidian-contoso',
    [/disable or delete the policy/, /application "Obsidian\.exe"/, /\[countersign [\w-]{22}\]/, /Deploy policies/],
  ],
  ['a ThreatLocker denial', DENY, 'usb-read', [/not opened again from here/]],
  ['a taking of ownership', { verdict: 'take-ownership' }, 'usb-read', [/Assign the request to whoever had it/]],
  ['an approval in Admin By Request', APPROVE, 'abr-expiring', [/button "Deny"/, /not documented/, /two weeks/]],
  ['a denial in Admin By Request', DENY, 'abr-cmd', [/user can ask anew/]],
])('after a mistake: %s is told what can be undone, and where', async (_what, decision, name, patterns) => {
  const { host, commands, decide, row } = await open();
  expect(await decide(decision, name)).toMatchObject({ status: 'applied' });
  await commands.afterMistake(await row());
  const [text = ''] = host.opened;
  for (const pattern of [...patterns, /takes nothing back/, /^What was carried out:$/m]) expect(text).toMatch(pattern);
});

test('the approver key is copied, and what names it is said', async () => {
  const { host, keys, commands, last } = await open();
  await commands.copyApproverKey();
  const text = (await keys.get())?.publicKey.text;
  expect(text).toMatch(/^ed25519:/);
  expect(host.copied).toEqual([text]);
  expect(last()?.message).toContain(`it is public: ${text}.`);
});

test('without a keyring or a ledger, each says why', async () => {
  const { host, commands, last } = await open({ isKeyringBroken: true, hasSqlite: false });
  await commands.copyApproverKey();
  expect(last()?.message).toMatch(/keyring/);
  for (const command of [commands.verifyJournal, commands.exportJournal]) {
    await command();
    expect(last()).toMatchObject({ level: 'error', message: expect.stringMatching(/SQLite/) });
  }
  expect(host.copied).toEqual([]);
});

import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Decision, parseReference } from '@countersign/shared/approval';
import { createDecisions } from '@countersign/shared/decide';
import { ledgerFile } from '@countersign/shared/ledger';
import { describe, expect, test } from 'vitest';
import { createAwaiting } from '../../../extension/src/confirm/index.ts';
import type { Place } from '../../mcp-server/mcp/place.ts';
import { type EditorWindow, ledgerIn, notices, openEditorPlace, openWindow, willing } from '../window.ts';

// A window says that it can ask its person, and follows what is proposed to them.

const DENY: Decision = { verdict: 'deny', options: { reason: 'Not needed.' } };

/** A process of a server, played by the test: it proposes a denial for an editor to answer. */
function serverIn(place: Place, { runtime }: EditorWindow) {
  const ledger = ledgerIn(place);
  const decisions = createDecisions({ book: runtime.book, openLedger: () => ledger, now: runtime.now });
  return {
    ledger,
    decisions,
    propose: async (file: string, client = 'client-1') => {
      const { reference } = place.arrival('admin-by-request', { application: { file, path: 'C:\\Tools' } });
      const planning = await decisions.plan({
        requests: [reference],
        decision: DENY,
        proposer: { client, name: 'claude' },
        mayDecide: () => true,
        route: () => ({ channel: 'extension', because: null }),
      });
      if (!planning.planned) throw new Error(planning.result.message);
      return planning.decision.plan.decision;
    },
  };
}

async function open() {
  const place = await openEditorPlace();
  const window = await openWindow(place);
  const listening = await window.listen();
  return { place, window, ...window, ...listening, server: serverIn(place, window) };
}

/** Resolves when the view's state is as it is wanted. */
function until({ awaiting, host }: Pick<Awaited<ReturnType<typeof open>>, 'awaiting' | 'host'>, wanted: () => boolean) {
  return new Promise<void>((resolve) => {
    const look = () => wanted() && resolve();
    host.subscriptions.add(awaiting.onDidChange(look));
    look();
  });
}

describe('it is heard that this window listens', () => {
  test('from the beginning, at every beat, and not once it is closed', async () => {
    const { keys, host, clock, server, beat } = await open();
    const key = (await keys.get())?.publicKey.id;
    expect(await server.ledger.listening()).toEqual([key]);
    await server.ledger.stopListening();
    clock.ahead = -8000;
    await beat();
    // What was said eight seconds ago still counts; nothing of twelve seconds does.
    expect(await server.ledger.listening()).toEqual([key]);
    clock.ahead = -12_000;
    await beat();
    expect(await server.ledger.listening()).toEqual([]);
    clock.ahead = 0;
    await beat();
    expect(await server.ledger.listening()).toEqual([key]);
    host.close();
    expect(await server.ledger.listening()).toEqual([]);
  });

  test('not without accounts: then nothing is opened and no secret is read', async () => {
    const place = await openEditorPlace();
    const { host, listen } = await openWindow(place, { accountsFile: '' });
    const { awaiting } = await listen();
    expect(existsSync(path.join(place.folder, 'state'))).toBe(false);
    expect(host.secretsKept.size).toBe(0);
    expect(awaiting).toMatchObject({ plans: [], problem: null });
    expect(host.context.get('hasAwaiting')).toBe(false);
  });

  test('from when there are accounts, until there are none', async () => {
    const { host, place, awaiting, server, beat } = await open();
    host.set('accountsFile', '');
    await beat();
    expect(await server.ledger.listening()).toEqual([]);
    expect(awaiting.problem).toBeNull();
    host.set('accountsFile', path.join(place.folder, 'accounts.json'));
    await beat();
    expect(await server.ledger.listening()).toHaveLength(1);
  });

  test('not while the accounts can not be read, and what waits is not said to be nothing', async () => {
    const { place, awaiting, host, server, beat } = await open();
    await server.propose('tool.exe');
    await beat();
    await place.settingsText('{');
    await beat();
    expect(await server.ledger.listening()).toEqual([]);
    expect(awaiting.plans).toEqual([]);
    expect(awaiting.problem).toMatch(/accounts\.json/);
    // The text for a view in which nothing waits depends on it.
    expect(host.context.get('hasAwaiting')).toBe(true);
    await place.settings({});
    await beat();
    expect(await server.ledger.listening()).toHaveLength(1);
    expect(awaiting).toMatchObject({ plans: [{ phase: 'planned' }], problem: null });
  });

  test('not when the window closes while it is about to say so', async () => {
    const place = await openEditorPlace();
    const { host, runtime, keys } = await openWindow(place);
    let watchers = 0;
    const book = runtime.ledger();
    if (book === null) throw new Error('there is no ledger');
    const awaiting = createAwaiting({
      host,
      keys,
      every: () => ({ dispose: () => undefined }),
      runtime: {
        ...runtime,
        ledger: () => ({
          ...book,
          listen: async (key) => {
            await book.listen(key);
            host.close();
          },
          watch: (changed) => {
            watchers += 1;
            return book.watch(changed);
          },
        }),
      },
    });
    await awaiting.settled();
    expect(watchers).toBe(0);
    expect(await ledgerIn(place).listening()).toEqual([]);
  });

  test.each([
    ['a keyring', { isKeyringBroken: true }, /keyring/],
    ['SQLite', { hasSqlite: false }, /SQLite/],
  ])('not without %s, and the view says why', async (_what, options, why) => {
    const place = await openEditorPlace();
    const { listen } = await openWindow(place, options);
    const { awaiting, beat } = await listen();
    expect(awaiting.problem).toMatch(why);
    await beat();
    expect(await ledgerIn(place).listening()).toEqual([]);
    expect(awaiting.problem).toMatch(why);
  });
});

test('a ledger that others keep busy is told as that, and used once it is free', async () => {
  const place = await openEditorPlace();
  const state = path.join(place.folder, 'state');
  mkdirSync(state, { recursive: true });
  const other = new DatabaseSync(path.join(state, 'in-use.lock'));
  other.exec('BEGIN EXCLUSIVE');
  const { listen, runtime, keys } = await openWindow(place);
  expect(runtime.whyNoLedger()?.kind).toBe('busy');
  const { awaiting, beat } = await listen();
  expect(awaiting.problem).toMatch(/kept .*ledger\.sqlite busy for too long/);
  other.close();
  await beat();
  expect(awaiting.problem).toBeNull();
  expect(await ledgerIn(place).listening()).toEqual([(await keys.get())?.publicKey.id]);
});

describe('what waits', () => {
  test('comes when it is proposed and goes when it ends, wherever it does', async () => {
    const it = await open();
    const decision = await it.server.propose('tool.exe');
    await until(it, () => it.awaiting.plans.length === 1);
    expect(it.host.context.get('hasAwaiting')).toBe(true);
    await it.server.decisions.close(decision, 'The client took its call back.');
    await until(it, () => it.awaiting.plans.length === 0);
    expect(it.host.context.get('hasAwaiting')).toBe(false);
  });

  test('is gone when its time is over, though nobody says so', async () => {
    const { awaiting, clock, server, beat, host } = await open();
    await server.propose('tool.exe');
    await until({ awaiting, host }, () => awaiting.plans.length === 1);
    clock.ahead = 11 * 60_000;
    await beat();
    expect(awaiting.plans).toEqual([]);
  });

  test('is not what a window asks its own person, in that window or another', async () => {
    const { place, window, awaiting, host, decider, beat } = await open();
    const other = await openWindow(place, { sameProfileAs: window });
    const elsewhere = await other.listen();
    let seen: readonly number[] | null = null;
    const { reference } = place.arrival('admin-by-request');
    const ask = host.dialogs.ask;
    host.dialogs.ask = async (question) => {
      await beat();
      await elsewhere.beat();
      const inLedger = await ledgerIn(place).waiting('extension');
      seen = [inLedger.length, awaiting.plans.length, elsewhere.awaiting.plans.length];
      return await ask(question);
    };
    host.reply(() => null);
    expect(parseReference(reference)).not.toBeNull();
    await decider.decide([reference as Parameters<typeof decider.decide>[0][number]], DENY);
    expect(seen).toEqual([1, 0, 0]);
  });

  test('can not be told while the ledger fails, which is not nothing', async () => {
    const { place, awaiting, beat } = await open();
    const db = new DatabaseSync(ledgerFile(path.join(place.folder, 'state')));
    db.exec('BEGIN IMMEDIATE');
    await beat();
    expect(awaiting.problem).toMatch(/ledger/i);
    expect(awaiting.plans).toEqual([]);
    db.exec('ROLLBACK');
    db.close();
    await beat();
    expect(awaiting.problem).toBeNull();
  });
});

describe('a notification', () => {
  const said = (it: EditorWindow) => notices(it.host).map(({ message }) => message);

  test('says once who proposes what, for how long, and its button answers', async () => {
    const it = await open();
    it.host.reply((asked) => (asked.kind === 'notify' ? (asked.actions[0] ?? null) : willing(asked)));
    const ended = new Promise((resolve) => {
      it.host.subscriptions.add(it.runtime.onDidDecide(() => resolve(null)));
    });
    const decision = await it.server.propose('tool.exe');
    // It is this window's key that the server has to trust for that; here it is only asked.
    await until(it, () => it.awaiting.plans.length === 0);
    await ended;
    expect(said(it)[0]).toBe(
      '"claude" proposes to deny "tool.exe". It waits for your countersignature, for 9 min more.',
    );
    expect(it.host.asked.find(({ kind }) => kind === 'ask')).toMatchObject({ message: 'Deny "tool.exe"?' });
    expect(await it.server.ledger.read(decision)).toMatchObject({ phase: 'refused' });
    await it.beat();
    await it.beat();
    expect(said(it).filter((message) => message.includes('waits for your'))).toHaveLength(1);
  });

  test('stands for all that wait: while one can still be seen, no other is raised', async () => {
    const it = await open();
    const open_: ((answer: null) => void)[] = [];
    const shown: string[] = [];
    it.host.dialogs.notify = (_level, message) => {
      shown.push(message);
      return new Promise((resolve) => open_.push(resolve));
    };
    await it.server.propose('one.exe');
    await until(it, () => it.awaiting.plans.length === 1);
    await it.awaiting.settled();
    await it.beat();
    await it.server.propose('two.exe');
    await it.server.propose('three.exe');
    await until(it, () => it.awaiting.plans.length === 3);
    await it.beat();
    await it.beat();
    expect(shown).toHaveLength(1);
    it.clock.ahead = 40_000;
    await it.beat();
    expect(shown[1]).toMatch(/^"claude" proposes to deny "one\.exe"\. It and 2 more proposals wait/);
    await it.beat();
    expect(shown).toHaveLength(2);
  });

  test('comes in the window that has the focus, and in no other', async () => {
    const it = await open();
    it.host.reply(() => null);
    const other = await openWindow(it.place, { sameProfileAs: it.window, isFocused: false });
    other.host.reply(() => null);
    const elsewhere = await other.listen();
    await it.server.propose('tool.exe');
    await until(it, () => it.awaiting.plans.length === 1);
    await it.beat();
    for (let beats = 0; beats < 3; beats += 1) await elsewhere.beat();
    expect(elsewhere.awaiting.plans).toHaveLength(1);
    expect(said(it.window)).toHaveLength(1);
    expect(said(other)).toEqual([]);
    other.host.focus(true);
    await elsewhere.beat();
    expect(said(other)).toEqual([]);
  });

  test('is not lost when the ledger fails as it is to be marked', async () => {
    const it = await open();
    it.host.focus(false);
    await it.server.propose('tool.exe');
    await until(it, () => it.awaiting.plans.length === 1);
    await it.awaiting.settled();
    const db = new DatabaseSync(ledgerFile(path.join(it.place.folder, 'state')));
    db.exec('BEGIN IMMEDIATE');
    const failed = new Promise<void>((resolve) => {
      it.host.log.warn = () => resolve();
    });
    it.host.focus(true);
    await failed;
    expect(said(it.window)).toEqual([]);
    db.exec('ROLLBACK');
    db.close();
    const shown = new Promise<string>((resolve) => {
      it.host.dialogs.notify = async (_level, message) => {
        resolve(message);
        return null;
      };
    });
    await it.beat();
    expect(await shown).toMatch(/^"claude" proposes to deny "tool\.exe"\./);
  });

  test('comes for what was hidden by a failure before anybody was told', async () => {
    const it = await open();
    it.host.focus(false);
    it.host.reply(() => null);
    await it.server.propose('tool.exe');
    await until(it, () => it.awaiting.plans.length === 1);
    await it.place.settingsText('{');
    await it.beat();
    expect(it.awaiting.plans).toEqual([]);
    await it.place.settings({});
    const shown = new Promise<string>((resolve) => {
      it.host.dialogs.notify = async (_level, message) => {
        resolve(message);
        return null;
      };
    });
    for (let beats = 0; beats < 3; beats += 1) await it.beat();
    expect(await shown).toMatch(/^"claude" proposes to deny "tool\.exe"\./);
  });

  test('comes in one window where none has the focus, when there was time for one that has', async () => {
    const it = await open();
    const other = await openWindow(it.place, { sameProfileAs: it.window, isFocused: false });
    const elsewhere = await other.listen();
    for (const { host } of [it, other]) host.reply(() => null);
    it.host.focus(false);
    await it.server.propose('tool.exe');
    await until(it, () => it.awaiting.plans.length === 1);
    await until({ awaiting: elsewhere.awaiting, host: other.host }, () => elsewhere.awaiting.plans.length === 1);
    await it.beat();
    await elsewhere.beat();
    expect([...said(it.window), ...said(other)]).toEqual([]);
    for (let beats = 0; beats < 3; beats += 1) {
      await it.beat();
      await elsewhere.beat();
    }
    expect([...said(it.window), ...said(other)]).toHaveLength(1);
  });
});

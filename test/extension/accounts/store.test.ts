import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import type { JsonObject } from '@countersign/shared/approval';
import { describe, expect, test, vi } from 'vitest';
import { openWindow, type Window } from './setup.ts';

const account = (id: string, apiToken: JsonObject = { env: 'COUNTERSIGN_SECRET_X' }) => ({
  id,
  provider: 'threatlocker',
  instance: 'g',
  apiToken,
});

/** The next change that is told of. */
const nextChange = ({ accounts }: Window) =>
  new Promise<void>((resolve) => {
    const listening = accounts.onDidChange(() => {
      listening.dispose();
      resolve();
    });
  });

test('without a file nothing is configured; a file that can not be read is something else', async () => {
  const { accounts, file } = openWindow();
  await expect(accounts.load()).rejects.toMatchObject({ kind: 'nothing-configured' });
  writeFileSync(file, '{}');
  await expect(accounts.load()).rejects.toMatchObject({ kind: 'invalid' });
  rmSync(file);
  mkdirSync(file);
  await expect(accounts.load()).rejects.toMatchObject({ kind: 'unreadable' });
  await expect(accounts.content()).rejects.toMatchObject({ kind: 'unreadable' });
  const { accounts: others, host } = openWindow();
  host.set('accountsFile', path.dirname(file));
  await expect(others.load()).rejects.toMatchObject({ kind: 'unreadable' });
});

test('a file that the setting names is used as it is, with its secrets where it says', async () => {
  const window = openWindow({ io: { env: { ACME_TOKEN: 'of-the-environment' } } });
  const { accounts, host } = window;
  const named = path.join(host.places.storage, 'named.json');
  writeFileSync(named, JSON.stringify({ accounts: [account('named', { env: 'ACME_TOKEN' })] }));
  const told = nextChange(window);
  host.set('accountsFile', '~/named.json');
  await told;
  expect(accounts.file()).toEqual({ path: named, isOwn: false });
  expect((await accounts.load()).accounts.map(({ id }) => id)).toEqual(['named']);
  host.secretsKept.set('ACME_TOKEN', 'of-the-editor');
  expect((await accounts.secretOf({ env: 'ACME_TOKEN' })).reveal()).toBe('of-the-environment');
  host.set('accountsFile', '~/nowhere.json');
  await expect(accounts.load()).rejects.toThrow(/nowhere\.json, which the setting .* does not exist/);
  host.set('accountsFile', 'relative.json');
  await expect(accounts.load()).rejects.toThrow('must be an absolute path');
});

test('windows that save at the same moment lose neither accounts nor secrets', async () => {
  const first = openWindow();
  const others = [openWindow({ of: first }), openWindow({ of: first })];
  const names = Array.from({ length: 12 }, (_none, index) => `acme-${index}`);
  const secretOf = (id: string) => `COUNTERSIGN_SECRET_${id.toUpperCase().replace('-', '_')}`;
  await Promise.all(
    names.map((id, index) => {
      const { accounts } = [first, ...others][index % 3] ?? first;
      const add = (now: JsonObject) => ({
        accounts: [...(Array.isArray(now['accounts']) ? now['accounts'] : []), account(id, { env: secretOf(id) })],
      });
      return accounts.save(add, new Map([[secretOf(id), `token of ${id}`]]));
    }),
  );
  const { accounts } = await first.accounts.load();
  expect(accounts.map(({ id }) => id).sort()).toEqual([...names].sort());
  expect([...first.host.secretsKept.keys()].sort()).toEqual(names.map(secretOf).sort());
});

test('a window that waits in vain for another one saves nothing, and says so', async () => {
  const window = openWindow();
  const mine = { accounts: [account('acme', { command: ['pass', 'acme'] })] };
  await window.accounts.save(() => mine);
  const locks = path.join(window.host.places.storage, 'locks');
  const [lock = ''] = readdirSync(locks);
  const other = new DatabaseSync(path.join(locks, lock));
  other.exec('BEGIN EXCLUSIVE');
  vi.useFakeTimers({ toFake: ['performance'] });
  try {
    let isOver = false;
    const saving = window.accounts
      .save(() => ({}))
      .finally(() => {
        isOver = true;
      });
    saving.catch(() => undefined);
    while (!isOver) {
      await setImmediate();
      vi.advanceTimersByTime(1000);
    }
    await expect(saving).rejects.toMatchObject({
      name: 'NotSavedError',
      kind: 'overtaken',
      message: expect.stringMatching(/^Another window of this editor is saving accounts, so nothing was changed/),
    });
  } finally {
    vi.useRealTimers();
    other.close();
  }
  expect(window.saved()).toEqual(mine);
});

test("of our own file, secrets come from the editor, never from a variable of the editor's process", async () => {
  const { accounts, host } = openWindow({ io: { env: { COUNTERSIGN_SECRET_X: 'of-the-environment' } } });
  await expect(accounts.secretOf({ env: 'COUNTERSIGN_SECRET_X' })).rejects.toMatchObject({ kind: 'missing' });
  host.secretsKept.set('COUNTERSIGN_SECRET_X', 'of-the-editor');
  expect((await accounts.secretOf({ env: 'COUNTERSIGN_SECRET_X' })).reveal()).toBe('of-the-editor');
});

test('a keyring that fails signs out with a sentence', async () => {
  const { accounts, host } = openWindow();
  host.breakSecrets();
  await expect(accounts.secretOf({ env: 'COUNTERSIGN_SECRET_X' })).rejects.toMatchObject({
    name: 'SecretError',
    kind: 'missing',
    message: expect.stringMatching(/secret storage failed \(the keyring is not available\)\. Unlock/),
  });
});

test('what is written by hand, replaced by another window, or taken away is told of', async () => {
  const window = openWindow();
  const { file, accounts } = window;
  const write = nextChange(window);
  writeFileSync(file, JSON.stringify({ accounts: [account('by-hand')] }));
  await write;
  const replace = nextChange(window);
  writeFileSync(`${file}.other`, JSON.stringify({ accounts: [account('replaced')] }));
  renameSync(`${file}.other`, file);
  await replace;
  expect((await accounts.load()).accounts.map(({ id }) => id)).toEqual(['replaced']);
  const remove = nextChange(window);
  renameSync(file, `${file}.other`);
  await remove;
});

test('secrets that another window stores are told of, and the key of this editor is not one of them', async () => {
  const { accounts, host } = openWindow();
  let told = 0;
  accounts.onDidChange(() => {
    told += 1;
  });
  await host.secrets.store('countersign.signingKey', 'a key');
  expect(told).toBe(0);
  await host.secrets.store('COUNTERSIGN_SECRET_X', 'a secret');
  expect(told).toBe(1);
});

test('what is saved at the same time is saved one after the other, each told of once', async () => {
  const window = openWindow();
  const { accounts, file } = window;
  let told = 0;
  accounts.onDidChange(() => {
    told += 1;
  });
  const add = (id: string) =>
    accounts.save((content) => ({
      ...content,
      accounts: [...(Array.isArray(content['accounts']) ? content['accounts'] : []), account(id)],
    }));
  await Promise.all(['a', 'b', 'c'].map(add));
  expect((await accounts.load()).accounts.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  expect(told).toBe(3);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('what the file would refuse is not written, and its secret not kept', async () => {
  const { accounts, host, saved } = openWindow();
  const broken = accounts.save(
    () => ({ accounts: [account('Not An Id')] }),
    new Map([['COUNTERSIGN_SECRET_X', 'a-secret']]),
  );
  await expect(broken).rejects.toMatchObject({ name: 'SettingsError' });
  expect(saved()).toBeNull();
  expect(host.secretsKept.size).toBe(0);
  await accounts.save(() => ({ accounts: [account('an-id')] }));
  expect(saved()).not.toBeNull();
});

describe('secrets that no account names any more', () => {
  const [ONE, TWO] = ['COUNTERSIGN_SECRET_ONE', 'COUNTERSIGN_SECRET_TWO'];
  const one = account('one', { env: ONE });
  const two = account('two', { env: TWO });

  async function withTwo() {
    const window = openWindow();
    await window.accounts.save(
      () => ({ accounts: [one, two] }),
      new Map([
        [ONE, 'first-token'],
        [TWO, 'second-token'],
      ]),
    );
    await window.host.secrets.store('countersign.signingKey', 'a key');
    return window;
  }
  const namesKept = ({ host }: Window) => [...host.secretsKept.keys()].toSorted();

  test('because somebody took it out of the file by hand are forgotten when something is saved next', async () => {
    const window = await withTwo();
    writeFileSync(window.file, JSON.stringify({ accounts: [two] }));
    expect(await window.accounts.save((content) => content)).toEqual([]);
    expect(namesKept(window)).toEqual([TWO, 'countersign.signingKey']);
  });

  test('are forgotten also when no account is left', async () => {
    const window = await withTwo();
    rmSync(window.file);
    await window.accounts.save((content) => content);
    expect(namesKept(window)).toEqual(['countersign.signingKey']);
  });

  test.each(['{ broken', '{ "accounts": [{ "id": "one" }] }'])(
    'are kept while nobody knows what the file names: %s',
    async (text) => {
      const window = await withTwo();
      writeFileSync(window.file, text);
      await expect(window.accounts.save((content) => content)).rejects.toMatchObject({ name: 'SettingsError' });
      expect(namesKept(window)).toEqual([ONE, TWO, 'countersign.signingKey']);
    },
  );

  test('are kept where the file can not be written', async () => {
    const window = await withTwo();
    writeFileSync(window.file, JSON.stringify({ accounts: [two] }));
    const broken = window.accounts.save(() => ({ accounts: [account('Not An Id')] }));
    await expect(broken).rejects.toMatchObject({ name: 'SettingsError' });
    expect(namesKept(window)).toEqual([ONE, TWO, 'countersign.signingKey']);
  });

  test('are not those that another window stores meanwhile', async () => {
    const window = await withTwo();
    const three = 'COUNTERSIGN_SECRET_THREE';
    await window.accounts.save((content) => {
      window.host.secretsKept.set(three, 'of another window, which writes the file next');
      return content;
    });
    expect(namesKept(window)).toEqual([ONE, three, TWO, 'countersign.signingKey']);
  });

  test('that can not be listed keep nothing from being saved', async () => {
    const window = await withTwo();
    const { secrets } = window.host;
    Object.assign(secrets, { keys: () => Promise.reject(new Error('not here')) });
    writeFileSync(window.file, JSON.stringify({ accounts: [two] }));
    await window.accounts.save((content) => ({ ...content, approver: { name: 'Kim' } }));
    expect(window.saved()).toMatchObject({ approver: { name: 'Kim' } });
    expect(namesKept(window)).toEqual([ONE, TWO, 'countersign.signingKey']);
  });
});

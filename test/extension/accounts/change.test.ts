import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { everythingShown, lastSaid, openWindow, person, vendors } from './setup.ts';

const WRONG = 'f'.repeat(64);

/** A window with two accounts; both secrets are stored. */
async function twoAccounts() {
  const sandbox = await vendors();
  const window = openWindow({ sandbox });
  const content = {
    approver: { name: 'Kim Approver', email: 'kim@acme.example' },
    accounts: [
      {
        id: 'acme',
        provider: 'threatlocker',
        instance: 'g',
        apiToken: { env: 'COUNTERSIGN_SECRET_ACME' },
        channels: ['extension'],
        unattended: { secret: { file: '/etc/countersign/unattended' } },
        contactDetails: true,
      },
      {
        id: 'acme-abr',
        provider: 'admin-by-request',
        dataCenter: 'dc1',
        apiKey: { env: 'COUNTERSIGN_SECRET_ACME_ABR' },
      },
    ],
    guardrails: { remoteAccessTools: ['OurHelp'] },
  };
  await window.accounts.save(
    () => content,
    new Map([
      ['COUNTERSIGN_SECRET_ACME', sandbox.threatLocker.token],
      ['COUNTERSIGN_SECRET_ACME_ABR', sandbox.adminByRequest.apiKey],
    ]),
  );
  return { sandbox, window, content };
}

const acmeRow = { kind: 'source', id: 'acme', account: 'acme' };
const [threatLocker, adminByRequest] = [0, 1];

test('editing asks the same with what is there, keeps the secret unless another is typed, and the rest of the file', async () => {
  const { window, content, sandbox } = await twoAccounts();
  const { host, commands, saved } = window;
  const asked = person(
    host,
    ['Edit Account acme\n.*instance', 'g'],
    ['Leave it empty to keep', ''],
    ['organization to manage', sandbox.threatLocker.organizationId],
    ['Whose requests', 'This organization alone'],
    ['called in lists', 'Acme'],
    ['AI assistants', 'Look'],
  );
  await commands.editAccount(acmeRow, [acmeRow]);
  expect(asked.unasked()).toEqual([]);
  expect(saved()).toEqual({
    ...content,
    accounts: [
      {
        ...content.accounts[threatLocker],
        label: 'Acme',
        organizationId: sandbox.threatLocker.organizationId,
        includeChildOrganizations: false,
        assistants: 'read',
      },
      content.accounts[adminByRequest],
    ],
  });
  expect(host.secretsKept.get('COUNTERSIGN_SECRET_ACME')).toBe(sandbox.threatLocker.token);
  expect(lastSaid(host)).toContain('Account "acme" was changed.');
  expect(host.asked.filter((one) => one.kind === 'input').map((one) => one.value)).toEqual(['g', '', '', '']);
});

test('without a row, one is asked which account; whoever closes that changes nothing', async () => {
  const { window, content } = await twoAccounts();
  person(window.host, ['Which account', null]);
  await window.commands.editAccount();
  expect(window.saved()).toEqual(content);
});

test('an edited account that the vendor refuses stays as it was', async () => {
  const { window, content, sandbox } = await twoAccounts();
  const { host, commands, saved } = window;
  person(
    host,
    ['Which account', 'acme-abr'],
    ['Where is the tenant', 'dc1'],
    ['Leave it empty to keep', WRONG],
    ['user of the portal', ''],
    ['called in lists', ''],
    ['AI assistants', 'Propose decisions'],
    ['does not work yet[^]*FAILS API key', null],
  );
  await commands.editAccount();
  expect(saved()).toEqual(content);
  expect(host.secretsKept.get('COUNTERSIGN_SECRET_ACME_ABR')).toBe(sandbox.adminByRequest.apiKey);
  expect(everythingShown(window)).not.toContain(WRONG);
});

test('an account that was removed meanwhile is not brought back by an edit', async () => {
  const { window, content, sandbox } = await twoAccounts();
  const { host, commands, saved, file } = window;
  const left = { ...content, accounts: [content.accounts[adminByRequest]] };
  person(
    host,
    [
      'Sign In to acme',
      () => {
        writeFileSync(file, JSON.stringify(left));
        return sandbox.threatLocker.token;
      },
    ],
    ['was removed meanwhile', null],
  );
  await commands.signIn(acmeRow);
  expect(saved()).toEqual(left);
});

test('signing in asks for the secret alone, tries it, and stores it', async () => {
  const { window, content, sandbox } = await twoAccounts();
  const { host, commands, saved, accounts } = window;
  host.secretsKept.delete('COUNTERSIGN_SECRET_ACME');
  await expect(accounts.secretOf({ env: 'COUNTERSIGN_SECRET_ACME' })).rejects.toMatchObject({
    name: 'SecretError',
    kind: 'missing',
    message: expect.stringContaining('Sign in'),
  });
  let told = 0;
  accounts.onDidChange(() => {
    told += 1;
  });
  const asked = person(
    host,
    ['Sign In to acme', ''],
    ['The token is empty', WRONG],
    ['does not work yet', 'Change Something'],
    ['Sign In to acme', sandbox.threatLocker.token],
  );
  await commands.signIn(acmeRow);
  expect(asked.unasked()).toEqual([]);
  expect(saved()).toEqual(content);
  expect(told).toBe(1);
  expect((await accounts.secretOf({ env: 'COUNTERSIGN_SECRET_ACME' })).reveal()).toBe(sandbox.threatLocker.token);
  expect(everythingShown(window)).not.toContain(sandbox.threatLocker.token);
});

test('signing in with a refused secret keeps the one that was there', async () => {
  const { window, sandbox } = await twoAccounts();
  person(window.host, ['Sign In to acme', WRONG], ['does not work yet', null]);
  await window.commands.signIn(acmeRow);
  expect(window.host.secretsKept.get('COUNTERSIGN_SECRET_ACME')).toBe(sandbox.threatLocker.token);
});

test('a keyring that fails while a new secret is stored leaves the old one', async () => {
  const { window, sandbox } = await twoAccounts();
  const { secretsKept } = window.host;
  const set = secretsKept.set.bind(secretsKept);
  const other = 'e'.repeat(64);
  secretsKept.set = (name, value) => {
    if (value !== other) return set(name, value);
    set(name, 'half of it');
    throw new Error(`could not store ${value}`);
  };
  person(
    window.host,
    ['Edit Account acme\n.*instance', 'nowhere'],
    ['Leave it empty to keep', other],
    ['organization to manage', ''],
    ['Whose requests', 'With its child organizations'],
    ['called in lists', ''],
    ['AI assistants', 'Propose decisions'],
    ['does not work yet', 'Save Anyway'],
    ['could not store \\[secret\\]', null],
  );
  await window.commands.editAccount(acmeRow);
  expect(secretsKept.get('COUNTERSIGN_SECRET_ACME')).toBe(sandbox.threatLocker.token);
  expect(JSON.stringify(window.saved())).not.toContain('nowhere');
  expect(everythingShown(window)).not.toContain(other);
});

test('removing says what goes and what stays, and takes the account with its secret', async () => {
  const { window, content, sandbox } = await twoAccounts();
  const { host, commands, saved } = window;
  const asked = person(host, ['Remove account "acme"[^]*at the vendor stay[^]*journal', 'Remove Account']);
  await commands.removeAccount(acmeRow);
  expect(asked.unasked()).toEqual([]);
  expect(saved()).toEqual({ ...content, accounts: [content.accounts[adminByRequest]] });
  expect([...host.secretsKept.keys()]).toEqual(['COUNTERSIGN_SECRET_ACME_ABR']);
  expect(sandbox.calls).toEqual([]);
});

test('a removal that is not confirmed removes nothing', async () => {
  const { window, content } = await twoAccounts();
  person(window.host, ['Remove account', null]);
  await window.commands.removeAccount(acmeRow);
  expect(window.saved()).toEqual(content);
  expect(window.host.secretsKept.size).toBe(2);
});

test('a secret that another account shares stays; what else the file says stays after the last account', async () => {
  const { window, content } = await twoAccounts();
  const { host, commands, saved, file, accounts } = window;
  const shared = { ...content.accounts[threatLocker], id: 'acme-2' };
  writeFileSync(file, JSON.stringify({ ...content, accounts: [content.accounts[threatLocker], shared] }));
  person(host, ['Remove account', 'Remove Account']);
  await commands.removeAccount(acmeRow);
  expect(host.secretsKept.has('COUNTERSIGN_SECRET_ACME')).toBe(true);
  person(host, ['Remove account "acme-2"', 'Remove Account']);
  await commands.removeAccount();
  expect(host.secretsKept.has('COUNTERSIGN_SECRET_ACME')).toBe(false);
  expect(saved()).toEqual({ ...content, accounts: [] });
  await expect(accounts.load()).rejects.toMatchObject({ kind: 'nothing-configured' });
});

test('a secret that can not be taken out of the keyring is said to be there still', async () => {
  const { window } = await twoAccounts();
  person(window.host, [
    'Remove account',
    () => {
      window.host.breakSecrets();
      return 'Remove Account';
    },
  ]);
  await window.commands.removeAccount(acmeRow);
  expect(lastSaid(window.host)).toContain('could not be taken out');
  expect(window.saved()).toMatchObject({ accounts: [{ id: 'acme-abr' }] });
});

test('with another file in use nothing of it is changed here; it is opened instead', async () => {
  const { window, content } = await twoAccounts();
  const { host, commands, saved } = window;
  const other = `${host.places.storage}/elsewhere.json`;
  host.set('accountsFile', other);
  for (const command of [
    'addAccount',
    'editAccount',
    'removeAccount',
    'signIn',
    'importAccounts',
    'trySandbox',
  ] as const) {
    person(host, ['which the setting countersign.accountsFile names', 'Open Accounts File']);
    await commands[command]();
    expect(host.opened.at(-1), command).toBe(other);
  }
  expect(saved()).toEqual(content);
});

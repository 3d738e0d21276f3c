import { mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { everythingShown, lastSaid, openWindow, person, vendors } from './setup.ts';

const WRONG = 'f'.repeat(64);

const connecting = (token: string) =>
  [
    ['instance that your portal', 'g'],
    ['token of an API user', token],
    ['organization to manage', ''],
    ['Whose requests', 'With its child organizations'],
  ] as const;
const naming = (id: string) =>
  [
    ['called in references', id],
    ['called in lists', ''],
  ] as const;
const aboutOneself = [
  ['Your name', 'Kim Approver'],
  ['Your e-mail', 'kim@acme.example'],
] as const;
const forAssistants = [['AI assistants', 'Propose decisions']] as const;

async function added(
  token: (sandbox: Awaited<ReturnType<typeof vendors>>) => string = ({ threatLocker }) => threatLocker.token,
) {
  const sandbox = await vendors();
  const window = openWindow({ sandbox });
  return { sandbox, window, token: token(sandbox) };
}

const addThreatLocker = (token: string, id = 'acme') => [
  ['Whose requests', 'ThreatLocker'] as const,
  ...connecting(token),
  ...naming(id),
  ...aboutOneself,
  ...forAssistants,
];

test('a ThreatLocker account is asked for step by step, tried, and saved with its secret in the keyring alone', async () => {
  const { sandbox, window, token } = await added();
  const { host, commands, accounts, saved, file } = window;
  const asked = person(host, ...addThreatLocker(token));
  await commands.addAccount();
  expect(asked.unasked()).toEqual([]);
  expect(saved()).toEqual({
    approver: { name: 'Kim Approver', email: 'kim@acme.example' },
    accounts: [
      {
        id: 'acme',
        provider: 'threatlocker',
        instance: 'g',
        includeChildOrganizations: true,
        assistants: 'propose',
        apiToken: { env: 'COUNTERSIGN_SECRET_ACME' },
      },
    ],
  });
  expect(lastSaid(host)).toMatch(/Account "acme" was added\. The token is accepted; the vendor counts \d+ pending\./);
  expect([...host.secretsKept]).toEqual([['COUNTERSIGN_SECRET_ACME', token]]);
  expect(everythingShown(window)).not.toContain(token);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(host.places.storage).mode & 0o777).toBe(0o700);
  expect(readdirSync(host.places.storage)).toEqual(['accounts.json', 'locks']);
  const [account] = (await accounts.load()).accounts;
  expect(account?.host).toBe('portalapi.g.threatlocker.com');
  expect(sandbox.record).toEqual([]);
});

test('steps are counted, and secrets are typed unseen', async () => {
  const { window, token } = await added();
  person(window.host, ...addThreatLocker(token));
  await window.commands.addAccount();
  const steps = window.host.asked.flatMap((asked) => ('step' in asked ? [asked.step] : []));
  expect(steps).toEqual(['1/10', '2/10', '3/10', '4/10', '5/10', '6/10', '7/10', '8/10', '9/10', '10/10']);
  const hidden = window.host.asked.filter((asked) => asked.kind === 'input' && asked.password);
  expect(hidden).toHaveLength(1);
  expect(hidden[0]).toMatchObject({ prompt: expect.stringContaining('token'), value: '' });
});

test('an Admin By Request account is asked what it needs, and an approver that is known is not asked for again', async () => {
  const sandbox = await vendors();
  const window = openWindow({ sandbox });
  const { host, commands, saved } = window;
  const { apiKey, approverEmail } = sandbox.adminByRequest;
  person(host, ...addThreatLocker(sandbox.threatLocker.token));
  await commands.addAccount();
  const asked = person(
    host,
    ['Whose requests', 'Admin By Request'],
    ['Where is the tenant', 'dc1'],
    ['API key', apiKey],
    ['user of the portal', approverEmail],
    ['called in references', 'acme-abr'],
    ['called in lists', 'Acme, Admin By Request'],
    ['AI assistants', 'Nothing'],
  );
  await commands.addAccount();
  expect(asked.unasked()).toEqual([]);
  expect(saved()).toMatchObject({
    accounts: [
      { id: 'acme' },
      {
        id: 'acme-abr',
        provider: 'admin-by-request',
        label: 'Acme, Admin By Request',
        dataCenter: 'dc1',
        approverEmail,
        assistants: 'none',
        apiKey: { env: 'COUNTERSIGN_SECRET_ACME_ABR' },
      },
    ],
  });
  expect(host.secretsKept.get('COUNTERSIGN_SECRET_ACME_ABR')).toBe(apiKey);
  expect(everythingShown(window)).not.toContain(apiKey);
});

test('a data centre that is not listed can be typed, and going back leads to the list', async () => {
  const { window } = await added();
  person(
    window.host,
    ['Whose requests', 'Admin By Request'],
    ['Where is the tenant', 'Another…'],
    ['beginning of the address', '<back>'],
    ['Where is the tenant', 'Another…'],
    ['beginning of the address', 'api.evil.example'],
    ['The data centre must be', 'DC12 '],
    ['API key', null],
  );
  await window.commands.addAccount();
  expect(lastSaid(window.host)).toContain('API key');
  expect(window.saved()).toBeNull();
});

test('one can go back, and finds there what was answered; another provider begins anew', async () => {
  const { window, token } = await added();
  const { host, commands, saved } = window;
  const asked = person(
    host,
    ['Whose requests', 'Admin By Request'],
    ['Where is the tenant', 'dc2'],
    ['API key', '<back>'],
    ['Where is the tenant', '<back>'],
    ['Whose requests', 'ThreatLocker'],
    ['instance that your portal', 'h'],
    ['token of an API user', '<back>'],
    ['instance that your portal', 'g'],
    ['token of an API user', WRONG],
    ['organization to manage', '<back>'],
    // A secret is never shown again, and kept if it is left empty.
    ['Leave it empty to keep', token],
    ['organization to manage', ''],
    ['Whose requests', 'This organization alone'],
    ...naming('acme'),
    ...aboutOneself,
    ...forAssistants,
  );
  await commands.addAccount();
  expect(asked.unasked()).toEqual([]);
  const instances = host.asked.filter((one) => one.kind === 'input' && one.prompt.includes('instance'));
  expect(instances.map((one) => one.kind === 'input' && one.value)).toEqual(['', 'h']);
  expect(saved()).toMatchObject({ accounts: [{ instance: 'g', includeChildOrganizations: false }] });
  expect(JSON.stringify(saved())).not.toContain('dataCenter');
  expect(host.secretsKept.get('COUNTERSIGN_SECRET_ACME')).toBe(token);
});

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])('whoever leaves at step %i has changed nothing', async (step) => {
  const { sandbox, window, token } = await added();
  const script = addThreatLocker(token);
  person(window.host, ...script.slice(0, step - 1), [script[step - 1]?.[0] ?? '', null]);
  await window.commands.addAccount();
  expect(window.saved()).toBeNull();
  expect(window.host.secretsKept.size).toBe(0);
  expect(sandbox.calls).toEqual([]);
});

test('what the file would refuse is refused where it is typed, in the same words', async () => {
  const { window, token } = await added();
  const { host, commands, saved } = window;
  const asked = person(
    host,
    ['Whose requests', 'ThreatLocker'],
    ['instance that your portal', 'g.evil.example/'],
    ['The instance must be the instance alone', ' G '],
    ['token of an API user', ''],
    ['The token is empty', `Bearer ${token}`],
    ['The token begins with "Bearer"', `${token} ${token}`],
    ['The token has spaces', ` ${token}\n`],
    ['organization to manage', 'northwind'],
    ['The organization must be an organization id', ''],
    ['Whose requests', 'With its child organizations'],
    ['called in references', 'Acme Ltd'],
    ['The id must be 1 to 32', 'acme'],
    ['called in lists', `Ac\u202eme`],
    ['The name must hold no hidden', 'Acme'],
    ['Your name', ''],
    ['Your e-mail', 'kim'],
    ['Your address must be an e-mail address', ''],
    ...forAssistants,
  );
  await commands.addAccount();
  expect(asked.unasked()).toEqual([]);
  expect(saved()).toMatchObject({ accounts: [{ id: 'acme', label: 'Acme', instance: 'g' }] });
  expect(saved()).not.toHaveProperty('approver');
  expect(host.secretsKept.get('COUNTERSIGN_SECRET_ACME')).toBe(token);
});

test("an id that another account has is refused, and the suggested one is nobody's", async () => {
  const { window, token } = await added();
  person(window.host, ...addThreatLocker(token, 'threatlocker'));
  await window.commands.addAccount();
  person(
    window.host,
    ['Whose requests', 'ThreatLocker'],
    ...connecting(token),
    ['called in references', 'threatlocker'],
    ["The id is another account's id too", null],
  );
  await window.commands.addAccount();
  const last = window.host.asked.at(-1);
  expect(last?.kind === 'input' && last.value).toBe('threatlocker-2');
});

test('a token that the vendor refuses is not saved, and can only be changed', async () => {
  const { sandbox, window, token } = await added();
  const { host, commands, saved } = window;
  const asked = person(
    host,
    ...addThreatLocker(WRONG),
    ['does not work yet', 'Change Something'],
    ...connecting(token),
    ...naming('acme'),
    ...aboutOneself,
    ...forAssistants,
  );
  await commands.addAccount();
  expect(asked.unasked()).toEqual([]);
  const refusal = host.asked.find((one) => one.kind === 'ask');
  expect(refusal?.kind === 'ask' && refusal.actions).toEqual(['Change Something']);
  expect(refusal?.kind === 'ask' && refusal.detail).toMatch(/^✗ FAILS Token and instance: /);
  expect(saved()).toMatchObject({ accounts: [{ id: 'acme' }] });
  expect(host.secretsKept.get('COUNTERSIGN_SECRET_ACME')).toBe(token);
  expect(everythingShown(window)).not.toContain(WRONG);
  expect(sandbox.record).toEqual([]);
});

test('a token that the vendor refuses and that is not changed leaves nothing behind', async () => {
  const { window } = await added();
  person(window.host, ...addThreatLocker(WRONG), ['does not work yet', null]);
  await window.commands.addAccount();
  expect(window.saved()).toBeNull();
  expect(window.host.secretsKept.size).toBe(0);
});

test('what can not be reached may be saved anyway, and is said not to work', async () => {
  const window = openWindow();
  person(window.host, ...addThreatLocker(WRONG), ['does not work yet[^]*ENOTFOUND[^]*Save Anyway', 'Save Anyway']);
  await window.commands.addAccount();
  expect(lastSaid(window.host)).toContain('without a connection that works');
  expect(window.saved()).toMatchObject({ accounts: [{ id: 'acme' }] });
  expect(everythingShown(window)).not.toContain(WRONG);
});

test('what can not be reached is not saved by closing the question', async () => {
  const window = openWindow();
  person(window.host, ...addThreatLocker(WRONG), ['does not work yet', null]);
  await window.commands.addAccount();
  expect(window.saved()).toBeNull();
  expect(window.host.secretsKept.size).toBe(0);
});

test('a check that is stopped is neither a success nor a refusal', async () => {
  const { sandbox, window, token } = await added();
  window.onCall.before = window.host.cancelProgress;
  person(window.host, ...addThreatLocker(token), ['The check was stopped, and nothing was saved', null]);
  await window.commands.addAccount();
  expect(window.saved()).toBeNull();
  expect(sandbox.calls).toEqual([]);
});

test('a keyring that fails is told with what to do; once it works, the answers still stand', async () => {
  const { window, token } = await added();
  const { host, commands, saved } = window;
  host.breakSecrets();
  const asked = person(host, ...addThreatLocker(token), [
    'secret storage[^]*failed[^]*accountsFile[^]*Open Setting',
    'Open Setting',
  ]);
  await commands.addAccount();
  expect(asked.unasked()).toEqual([]);
  expect(saved()).toBeNull();
  expect(host.ran).toContainEqual({ command: 'workbench.action.openSettings', args: ['countersign.accountsFile'] });
  person(host, ...addThreatLocker(token), [
    'failed',
    () => {
      expect(saved()).toBeNull();
      host.mendSecrets();
      return 'Try Again';
    },
  ]);
  await commands.addAccount();
  expect(saved()).toMatchObject({ accounts: [{ id: 'acme' }] });
  expect(everythingShown(window)).not.toContain(token);
});

test('a keyring that takes a secret and keeps nothing is one that fails', async () => {
  const { window, token } = await added();
  window.host.secretsKept.set = () => window.host.secretsKept;
  person(window.host, ...addThreatLocker(token), ['did not keep what it was given', null]);
  await window.commands.addAccount();
  expect(window.saved()).toBeNull();
});

test('a file that can not be written leaves neither account nor secret, and can be tried again', async () => {
  const { window, token } = await added();
  const { host, commands, saved, file } = window;
  // What it writes first lies beside the file.
  const inTheWay = `${file}.${process.pid}.new`;
  mkdirSync(inTheWay);
  const asked = person(host, ...addThreatLocker(token), [
    'could not be written \\(.+\\), and nothing was changed',
    () => {
      expect(saved()).toBeNull();
      expect(host.secretsKept.size).toBe(0);
      rmdirSync(inTheWay);
      return 'Try Again';
    },
  ]);
  await commands.addAccount();
  expect(asked.unasked()).toEqual([]);
  expect(saved()).toMatchObject({ accounts: [{ id: 'acme' }] });
  expect(host.secretsKept.get('COUNTERSIGN_SECRET_ACME')).toBe(token);
});

test('a folder that is gone while somebody answers takes nothing with it', async () => {
  const { window, token } = await added();
  const { host, commands, saved } = window;
  const { storage } = host.places;
  const script = addThreatLocker(token);
  person(
    host,
    ...script.slice(0, -1),
    [
      'AI assistants',
      () => {
        rmSync(storage, { recursive: true });
        writeFileSync(storage, '');
        return 'Propose decisions';
      },
    ],
    ["can't be read \\(ENOTDIR\\)", null],
  );
  await commands.addAccount();
  expect(host.secretsKept.size).toBe(0);
  rmSync(storage);
  person(host, ...script);
  await commands.addAccount();
  expect(saved()).toMatchObject({ accounts: [{ id: 'acme' }] });
});

test('an account that another window added meanwhile under the same id is not replaced', async () => {
  const { window, token } = await added();
  const { host, commands, saved, file } = window;
  const theirs = {
    accounts: [{ id: 'acme', provider: 'threatlocker', instance: 'h', apiToken: { env: 'THEIRS' } }],
  };
  const script = addThreatLocker(token);
  person(
    host,
    ...script.slice(0, -1),
    [
      'AI assistants',
      () => {
        writeFileSync(`${file}.new`, JSON.stringify(theirs));
        renameSync(`${file}.new`, file);
        return 'Propose decisions';
      },
    ],
    ['Another window has added', null],
  );
  await commands.addAccount();
  expect(saved()).toEqual(theirs);
  expect(host.secretsKept.size).toBe(0);
});

test('a file that somebody broke is neither shown as empty nor written over', async () => {
  const { window } = await added();
  const { host, commands, file, accounts } = window;
  const broken = '{ "accounts": [ { "id": "acme", } ] }';
  writeFileSync(file, broken);
  person(host, ['this is not JSON[^]*Open Accounts File', 'Open Accounts File']);
  await commands.addAccount();
  expect(host.opened).toEqual([file]);
  await expect(accounts.load()).rejects.toMatchObject({ name: 'SettingsError', kind: 'invalid' });
  expect(window.saved()).toBeNull();
  expect(readdirSync(host.places.storage)).toEqual(['accounts.json']);
});

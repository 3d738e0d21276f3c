import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { places } from '@countersign/shared/account';
import { expect, test } from 'vitest';
import { everythingShown, lastSaid, openWindow, person, vendors } from './setup.ts';

const CONTENT = {
  approver: { name: 'Kim Approver' },
  accounts: [
    { id: 'acme', provider: 'threatlocker', instance: 'g', apiToken: { env: 'ACME_TOKEN' } },
    { id: 'acme-abr', provider: 'admin-by-request', dataCenter: 'dc1', apiKey: { env: 'ACME_KEY' } },
    { id: 'kept-in-file', provider: 'threatlocker', instance: 'h', apiToken: { file: '~/token' } },
    { id: 'by-program', provider: 'threatlocker', instance: 'h', apiToken: { command: ['op', 'read', 'x'] } },
  ],
  guardrails: { remoteAccessTools: ['OurHelp'] },
  http: { token: { env: 'HTTP_TOKEN' } },
};
const ALL = CONTENT.accounts.map(({ id }) => id);

/** A window of an editor in whose environment only the token stands, with the terminal command's file in its usual place. */
async function withFile(content: object | string = CONTENT) {
  const sandbox = await vendors();
  const window = openWindow({ sandbox, io: { env: { ACME_TOKEN: `${sandbox.threatLocker.token}\n` } } });
  const file = places(process.platform, {}, window.host.places.storage).configFile;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return { sandbox, window, file };
}

test("accounts are taken over with their sections: secrets from the environment or the person, others' places as they are", async () => {
  const { sandbox, window, file } = await withFile();
  const { host, commands, saved, accounts } = window;
  const before = readFileSync(file, 'utf8');
  const { token } = sandbox.threatLocker;
  const { apiKey } = sandbox.adminByRequest;
  const asked = person(
    host,
    ['Which accounts file', "The terminal command's file"],
    ['Which of its accounts', ALL],
    ['variable ACME_KEY[^]*"acme-abr"', apiKey],
    ['^Import from', 'Import'],
  );
  await commands.importAccounts();
  expect(asked.unasked()).toEqual([]);
  expect(saved()).toEqual({
    approver: CONTENT.approver,
    guardrails: CONTENT.guardrails,
    accounts: [
      { ...CONTENT.accounts[0], apiToken: { env: 'COUNTERSIGN_SECRET_ACME' } },
      { ...CONTENT.accounts[1], apiKey: { env: 'COUNTERSIGN_SECRET_ACME_ABR' } },
      CONTENT.accounts[2],
      CONTENT.accounts[3],
    ],
  });
  expect(Object.fromEntries(host.secretsKept)).toEqual({
    COUNTERSIGN_SECRET_ACME: token,
    COUNTERSIGN_SECRET_ACME_ABR: apiKey,
  });
  const question = host.asked.find((one) => one.kind === 'ask');
  expect(question?.kind === 'ask' && question.detail.split('\n\n')).toEqual([
    expect.stringMatching(/^acme: ThreatLocker\. .*environment/),
    expect.stringMatching(/^acme-abr: Admin By Request\. .*as you typed it/),
    expect.stringMatching(/^kept-in-file: ThreatLocker\. .*stays where the file says/),
    expect.stringMatching(/^by-program: ThreatLocker\. .*stays where the file says/),
    'The section "approver" comes along.',
    'The section "guardrails" comes along.',
  ]);
  expect(lastSaid(host)).toBe('Imported accounts: 4.\n');
  expect((await accounts.load()).accounts).toHaveLength(4);
  expect(everythingShown(window)).not.toContain(token);
  expect(everythingShown(window)).not.toContain(apiKey);
  expect(readFileSync(file, 'utf8')).toBe(before);
});

test('a secret that nobody knows leaves its account signed out, whatever was stored under its name before', async () => {
  const { window } = await withFile();
  const { host, commands, accounts } = window;
  host.secretsKept.set('COUNTERSIGN_SECRET_ACME_ABR', "another tenant's key");
  person(
    host,
    ['Which accounts file', "The terminal command's file"],
    ['Which of its accounts', ['acme-abr']],
    ['variable ACME_KEY', ''],
    ['acme-abr: Admin By Request. Its secret is not known, so it is signed out', 'Import'],
  );
  await commands.importAccounts();
  expect(lastSaid(host)).toContain('1 of them are signed out');
  await expect(accounts.secretOf({ env: 'COUNTERSIGN_SECRET_ACME_ABR' })).rejects.toMatchObject({ kind: 'missing' });
});

test.each([
  ['Keep the one here', [['acme', 'mine']]],
  ['Replace the one here', [['acme', 'g']]],
  [
    'Take it over as "acme-2"',
    [
      ['acme', 'mine'],
      ['acme-2', 'g'],
    ],
  ],
])('an id that is here already is asked about: %s', async (answer, expected) => {
  const { sandbox, window } = await withFile();
  const { host, commands, saved, accounts } = window;
  const mine = { id: 'acme', provider: 'threatlocker', instance: 'mine', apiToken: { env: 'COUNTERSIGN_SECRET_ACME' } };
  await accounts.save(() => ({ accounts: [mine] }), new Map([['COUNTERSIGN_SECRET_ACME', 'my-own-token']]));
  const asked = person(
    host,
    ['Which accounts file', "The terminal command's file"],
    ['Which of its accounts', ['acme']],
    ['There is an account "acme" here already', answer],
    ...(answer.startsWith('Keep') ? [] : ([['^Import from', 'Import']] as const)),
  );
  await commands.importAccounts();
  expect(asked.unasked()).toEqual([]);
  expect(saved()).toMatchObject({ accounts: expected.map(([id, instance]) => ({ id, instance })) });
  const { token } = sandbox.threatLocker;
  expect(host.secretsKept.get('COUNTERSIGN_SECRET_ACME')).toBe(answer.startsWith('Replace') ? token : 'my-own-token');
  expect(host.secretsKept.get('COUNTERSIGN_SECRET_ACME_2')).toBe(answer.startsWith('Take') ? token : undefined);
});

test.each([
  ['Keep what is here', { name: 'Robin' }],
  ['Take what the file says', CONTENT.approver],
])('a section that differs is asked about: %s', async (answer, approver) => {
  const { window } = await withFile();
  const { host, commands, saved, accounts } = window;
  await accounts.save(() => ({ approver: { name: 'Robin' }, accounts: [CONTENT.accounts[2] ?? {}] }));
  const asked = person(
    host,
    ['Which accounts file', "The terminal command's file"],
    ['Which of its accounts', ['acme']],
    ['differ in the section "approver"', answer],
    ['^Import from', 'Import'],
  );
  await commands.importAccounts();
  expect(asked.unasked()).toEqual([]);
  expect(saved()).toMatchObject({ approver, guardrails: CONTENT.guardrails });
});

test.each([0, 1, 2, 3])('whoever leaves at question %i has imported nothing', async (question) => {
  const { window } = await withFile();
  const script = [
    ['Which accounts file', "The terminal command's file"],
    ['Which of its accounts', ALL],
    ['variable ACME_KEY', ''],
    ['^Import from', 'Import'],
  ] as const;
  person(window.host, ...script.slice(0, question), [script[question]?.[0] ?? '', null]);
  await window.commands.importAccounts();
  expect(window.saved()).toBeNull();
  expect(window.host.secretsKept.size).toBe(0);
});

test('another file can be chosen; one that is none, or broken, is told with its problem and changes nothing', async () => {
  const { window, file } = await withFile('{ "acounts": [] }');
  const { host, commands } = window;
  person(host, ['Which accounts file', 'Another file…'], ['Import Accounts', file]);
  await commands.importAccounts();
  expect(lastSaid(host)).toMatch(/^Nothing was imported\. .*accounts.* is missing/);
  expect(host.logged.join('\n')).toContain('acounts is not known; did you mean accounts?');
  person(host, ['Which accounts file', 'Another file…'], ['Import Accounts', `${file}.gone`]);
  await commands.importAccounts();
  expect(lastSaid(host)).toContain('does not exist. Nothing was imported.');
  expect(window.saved()).toBeNull();
});

test('without the terminal command, the file is asked for at once', async () => {
  const { host, commands } = openWindow();
  person(host, ['Import Accounts', null]);
  await commands.importAccounts();
  expect(host.asked).toEqual([{ kind: 'openFile', title: 'Import Accounts' }]);
});

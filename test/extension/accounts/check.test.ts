import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { everythingShown, openWindow, person, vendors } from './setup.ts';

/** A window with an account of each vendor, the second one signed out. */
async function window() {
  const sandbox = await vendors();
  const opened = openWindow({ sandbox });
  await opened.accounts.save(
    () => ({
      accounts: [
        {
          id: 'acme',
          label: 'Acme',
          provider: 'threatlocker',
          instance: 'g',
          apiToken: { env: 'COUNTERSIGN_SECRET_ACME' },
        },
        {
          id: 'acme-abr',
          provider: 'admin-by-request',
          dataCenter: 'dc1',
          apiKey: { env: 'COUNTERSIGN_SECRET_ACME_ABR' },
        },
      ],
    }),
    new Map([['COUNTERSIGN_SECRET_ACME', sandbox.threatLocker.token]]),
  );
  return { ...opened, sandbox };
}

test('an account that works says so, and each check with its sentence on demand', async () => {
  const { host, commands, sandbox } = await window();
  person(host, ['^acme: The token is accepted', 'Show Details']);
  await commands.checkConnection({ account: 'acme' });
  const [report = ''] = host.opened;
  expect(report.split('\n')).toEqual([
    'acme (Acme): ThreatLocker at portalapi.g.threatlocker.com',
    expect.stringMatching(/^ {2}✓ works Token and instance: /),
    expect.stringMatching(/^ {2}✓ works Queue: \d+ requests wait/),
    expect.stringMatching(/^ {2}✓ works Organizations: /),
    expect.stringMatching(/^ {2}✓ works Parents of an organization: /),
    expect.stringMatching(/^ {2}\? unknown Permission to approve: /),
    '',
  ]);
  expect(sandbox.record).toEqual([]);
});

test('of several, those that fail are counted and the first is named', async () => {
  const { host, commands, sandbox, ...rest } = await window();
  person(host, ['Which account', 'All accounts'], ['1 of 2 accounts fail', 'Show Details']);
  await commands.checkConnection();
  expect(host.asked.at(-1)).toMatchObject({
    level: 'error',
    message: expect.stringMatching(/^1 of 2 accounts fail\. acme-abr: API key FAILS: .*Sign in/),
  });
  expect(host.opened[0]).toContain('✗ FAILS API key: ');
  expect(everythingShown({ ...rest, host })).not.toContain(sandbox.threatLocker.token);
});

test('one that is stopped says nothing of what it has not seen', async () => {
  const { host, commands, onCall } = await window();
  onCall.before = host.cancelProgress;
  person(host);
  await commands.checkConnection({ account: 'acme' });
  expect(host.asked).toEqual([]);
});

test('without an account, one is told to add one', async () => {
  const { host, commands } = openWindow();
  person(host, ['No account was added yet', 'Add Account']);
  await commands.checkConnection();
  expect(host.ran).toEqual([{ command: 'addAccount', args: [] }]);
});

test('the log, the first steps and the accounts file are shown', async () => {
  const { host, commands, accounts } = openWindow();
  await commands.showLog();
  await commands.openWalkthrough();
  await commands.openAccountsFile();
  const { contributes } = JSON.parse(readFileSync('extension/package.json', 'utf8'));
  expect(host.ran).toEqual([
    { command: 'log', args: [] },
    {
      command: 'workbench.action.openWalkthrough',
      args: [`publisher.name#${contributes.walkthroughs[0].id}`, false],
    },
  ]);
  expect(host.opened).toEqual([accounts.file().path]);
});

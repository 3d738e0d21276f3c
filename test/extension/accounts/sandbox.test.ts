import { readFileSync } from 'node:fs';
import { startSandbox } from '@countersign/shared/sandbox';
import { expect, onTestFinished, test } from 'vitest';
import { everythingShown, lastSaid, openWindow, person, type Window } from './setup.ts';

const SECRETS = ['COUNTERSIGN_SECRET_SANDBOX_TL', 'COUNTERSIGN_SECRET_SANDBOX_ABR'];

async function statesIn({ poll }: Window) {
  return (await poll()).map(({ account, state }) => [account, state]);
}

test('the sandbox adds its accounts, labelled as such, with made-up secrets in the keyring, and can be read', async () => {
  const window = openWindow();
  const { host, commands, accounts } = window;
  await commands.trySandbox();
  expect(lastSaid(host)).toContain('nothing leaves this computer');
  expect(host.context.get('isSandboxRunning')).toBe(true);
  expect(host.ran).toContainEqual({ command: 'countersign.pending.focus', args: [] });
  const settings = await accounts.load();
  expect(settings.accounts.map(({ id, sandbox }) => [id, sandbox])).toEqual([
    ['sandbox-tl', true],
    ['sandbox-abr', true],
  ]);
  // The person's own name is not the sandbox's to set.
  expect(settings.approver).toEqual({});
  expect([...host.secretsKept.keys()]).toEqual(SECRETS);
  for (const secret of host.secretsKept.values()) expect(everythingShown(window)).not.toContain(secret);
  expect(await statesIn(window)).toEqual([
    ['sandbox-tl', 'ready'],
    ['sandbox-abr', 'ready'],
  ]);
});

test('stopping takes its accounts and secrets away, and no others', async () => {
  const window = openWindow();
  const { host, commands, accounts, saved } = window;
  await commands.trySandbox();
  await commands.stopSandbox();
  expect(host.context.get('isSandboxRunning')).toBe(false);
  expect(saved()).toBeNull();
  expect(host.secretsKept.size).toBe(0);

  const mine = { id: 'acme', provider: 'threatlocker', instance: 'g', apiToken: { env: 'COUNTERSIGN_SECRET_ACME' } };
  await accounts.save(() => ({ accounts: [mine] }), new Map([['COUNTERSIGN_SECRET_ACME', 'a-token']]));
  await commands.trySandbox();
  await commands.stopSandbox();
  expect(saved()).toEqual({ accounts: [mine] });
  expect([...host.secretsKept.keys()]).toEqual(['COUNTERSIGN_SECRET_ACME']);
});

test('two clicks start one sandbox', async () => {
  const window = openWindow();
  await Promise.all([window.commands.trySandbox(), window.commands.trySandbox()]);
  expect(await statesIn(window)).toEqual([
    ['sandbox-tl', 'ready'],
    ['sandbox-abr', 'ready'],
  ]);
});

test('it ends with its window, and is started anew in the next one, elsewhere', async () => {
  const first = openWindow();
  await first.commands.trySandbox();
  const settings = await first.accounts.load();
  first.host.close();
  expect(first.host.context.get('isSandboxRunning')).toBe(false);
  const endpoint = settings.accounts[0]?.baseUrl ?? '';
  await expect(fetch(endpoint)).rejects.toThrow('fetch failed');

  const next = openWindow({ of: first });
  await next.commands.trySandbox();
  expect(await statesIn(next)).toEqual([
    ['sandbox-tl', 'ready'],
    ['sandbox-abr', 'ready'],
  ]);
});

test('accounts that a sandbox left are taken away at the start, with their secrets', async () => {
  const first = openWindow();
  await first.commands.trySandbox();
  first.host.close();
  expect(JSON.parse(readFileSync(first.file, 'utf8')).accounts).toHaveLength(2);
  const next = openWindow({ of: first });
  const changed = new Promise<void>((resolve) => next.accounts.onDidChange(resolve));
  await changed;
  expect(next.saved()).toBeNull();
  expect(next.host.secretsKept.size).toBe(0);
});

test('another window leaves a sandbox that runs alone, and starts no second one', async () => {
  const first = openWindow();
  await first.commands.trySandbox();
  const before = first.saved();
  const second = openWindow({ of: first });
  await second.commands.trySandbox();
  expect(lastSaid(second.host)).toContain('A sandbox runs already');
  expect(second.saved()).toEqual(before);
  expect(await statesIn(first)).toEqual([
    ['sandbox-tl', 'ready'],
    ['sandbox-abr', 'ready'],
  ]);
});

test('another window takes the accounts away once it can not read a sandbox that ended with its window', async () => {
  const first = openWindow();
  await first.commands.trySandbox();
  const second = openWindow({ of: first });
  expect(await statesIn(second)).toEqual([
    ['sandbox-tl', 'ready'],
    ['sandbox-abr', 'ready'],
  ]);
  first.host.close();
  const changed = new Promise<void>((resolve) => second.accounts.onDidChange(resolve));
  expect(await statesIn(second)).toEqual([
    ['sandbox-tl', 'failed'],
    ['sandbox-abr', 'failed'],
  ]);
  await changed;
  expect(second.saved()).toBeNull();
  expect(second.host.secretsKept.size).toBe(0);
});

test('the window of a sandbox keeps its accounts, also where a reading of them failed', async () => {
  const window = openWindow();
  await window.commands.trySandbox();
  const before = window.saved();
  window.onCall.before = () => {
    throw new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNRESET' }) });
  };
  expect((await statesIn(window)).map(([, state]) => state)).toEqual(['failed', 'failed']);
  // In its turn behind what that began.
  await window.commands.trySandbox();
  expect(window.saved()).toEqual(before);
  expect(window.host.context.get('isSandboxRunning')).toBe(true);
});

test("the terminal's sandbox, whose accounts were imported, is neither replaced while it runs nor taken away", async () => {
  const terminals = await startSandbox();
  onTestFinished(() => terminals.close());
  const first = openWindow();
  await first.commands.trySandbox();
  first.host.close();
  const entry = {
    id: 'sandbox-tl',
    provider: 'threatlocker',
    instance: 'sandbox',
    endpoint: terminals.threatLocker.url,
    apiToken: { env: 'COUNTERSIGN_SECRET_SANDBOX_TL' },
  };
  await first.accounts.save(() => ({ accounts: [entry] }));
  await first.commands.trySandbox();
  expect(lastSaid(first.host)).toContain('A sandbox runs already');
  await terminals.close();
  const next = openWindow({ of: first });
  await new Promise<void>((resolve) => next.accounts.onDidChange(resolve));
  expect(next.saved()).toEqual({ accounts: [entry] });
});

test('an account of that id that is no sandbox is never replaced', async () => {
  const { host, commands, accounts, saved } = openWindow();
  const real = { id: 'sandbox-abr', provider: 'admin-by-request', dataCenter: 'dc1', apiKey: { env: 'MY_KEY' } };
  await accounts.save(() => ({ accounts: [real] }));
  await commands.trySandbox();
  expect(lastSaid(host)).toContain('an account "sandbox-abr" already, which is no sandbox');
  expect(saved()).toEqual({ accounts: [real] });
  expect(host.context.get('isSandboxRunning')).toBe(false);
});

test('without a keyring there is no sandbox, and nothing is left of the attempt', async () => {
  const { host, commands, saved } = openWindow();
  host.breakSecrets();
  person(host, ['secret storage[^]*failed', null]);
  await commands.trySandbox();
  expect(saved()).toBeNull();
  expect(host.context.get('isSandboxRunning')).toBe(false);
});

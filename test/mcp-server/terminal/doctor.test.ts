import path from 'node:path';
import { type Sandbox, type SandboxOptions, startSandbox } from '@countersign/shared/sandbox';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { TOKEN_VARIABLE, UNATTENDED_SECRET, UNATTENDED_VARIABLE } from '../../support/world.ts';
import { accountsOf, buildIfMissing, countersign, temporaryFolder } from './command.ts';

beforeAll(buildIfMissing);

async function open(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());
  return sandbox;
}

test('says where configuration and state are, under which Node, and what works for each account', async () => {
  const state = temporaryFolder();
  const env: Record<string, string> = { ...accountsOf(await open()), COUNTERSIGN_STATE_DIR: state };
  const { code, stdout, stderr } = await countersign(['doctor'], env);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(env['COUNTERSIGN_CONFIG']);
  expect(stdout).toContain(state);
  expect(stdout).toContain(process.versions.node);
  expect(stdout).toMatch(/^acme {2}SANDBOX ThreatLocker at 127\.0\.0\.1:\d+$/m);
  expect(stdout).toMatch(/^ {2}✓ works.*\n +The token is accepted/m);
  expect(stdout).toMatch(/^ {2}\? unknown/m);
  expect(stdout).not.toContain('FAILS');
});

test('names what fails and why, in words beside the sign, with exit code 1', async () => {
  const env = accountsOf(await open(), {}, { [TOKEN_VARIABLE]: 'not-the-token' });
  const { code, stdout } = await countersign(['doctor'], env);
  expect(code).toBe(1);
  expect(stdout.match(/✗ FAILS/g)).toHaveLength(1);
  expect(stdout).toMatch(/✗ FAILS.*\n +.*token/);
  expect(stdout).toContain('The key belongs to the tenant');
});

test('--json holds the same', async () => {
  const env = accountsOf(await open(), {}, { [TOKEN_VARIABLE]: 'not-the-token' });
  const { code, stdout } = await countersign(['doctor', '--json'], env);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    node: process.versions.node,
    accountsFile: env['COUNTERSIGN_CONFIG'],
    stateFolder: expect.any(String),
    problems: [],
    accounts: [
      { account: 'acme', provider: 'threatlocker', sandbox: true, checks: [{ state: 'fails' }] },
      { account: 'acme-abr', checks: expect.arrayContaining([expect.objectContaining({ state: 'works' })]) },
    ],
  });
});

test.each([
  ['is there', 0, { [UNATTENDED_VARIABLE]: UNATTENDED_SECRET }, /✓ works +unattended\n +Its secret is there/],
  ['is not there', 1, {}, /✗ FAILS +unattended\n +The secret .* SANDBOX_UNATTENDED_SECRET is not set/],
] as const)('says whether the secret for unattended decisions %s', async (_what, expected, secrets, said) => {
  const unattended = { secret: { env: UNATTENDED_VARIABLE } };
  const env = accountsOf(await open(), { adminByRequest: { unattended } }, secrets);
  const { code, stdout } = await countersign(['doctor'], env);
  expect(code).toBe(expected);
  expect(stdout).toMatch(said);
  expect(stdout).not.toContain(UNATTENDED_SECRET);
});

test('a secret that begins with "Bearer" is told to lose the word', async () => {
  const sandbox = await open();
  const env = accountsOf(sandbox, {}, { [TOKEN_VARIABLE]: `Bearer ${sandbox.threatLocker.token}` });
  expect((await countersign(['doctor'], env)).stdout).toContain('begins with "Bearer"; take that word out');
});

test('problems of the accounts file stand one in a line, after the places, with exit code 1', async () => {
  const env = accountsOf(await open(), { threatLocker: { instance: 'https://g' }, more: { acounts: [] } });
  const { code, stdout } = await countersign(['doctor'], env);
  expect(code).toBe(1);
  const problems = stdout.split('\n').filter((line) => line.startsWith(`  ${env['COUNTERSIGN_CONFIG']}: `));
  expect(problems).toHaveLength(2);
});

test('without any account it says how to get one', async () => {
  const { code, stdout } = await countersign(['doctor'], { COUNTERSIGN_STATE_DIR: path.resolve('/nowhere') });
  expect(code).toBe(1);
  expect(stdout).toContain('No account is configured.');
  expect(stdout).toContain('countersign sandbox');
});

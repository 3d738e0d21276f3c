import { startSandbox } from '@countersign/shared/sandbox';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import manifest from '../../../mcp-server/package.json' with { type: 'json' };
import { accountsOf, buildIfMissing, countersign } from './command.ts';

beforeAll(buildIfMissing);

test.each([
  ['no command', [], 'Usage: countersign'],
  ['an unknown command', ['lst'], "Unknown command 'lst' (Did you mean list?)"],
  ['an unknown option', ['list', '--nope'], "Unknown option '--nope'."],
  ['a kind that there is not', ['list', '--kind', 'x'], 'Allowed choices are application, elevation'],
  ['a limit of none', ['list', '--limit', '0'], 'It must be a whole number from 1'],
  ['a missing reference', ['show'], "Missing required argument 'reference'."],
  ['no port at all', ['sandbox', '--port', '70000'], 'It must be a whole number from 0 to 65534.'],
])('%s ends with exit code 2 and says what is expected', async (_name, args, words) => {
  const { code, stdout, stderr } = await countersign(args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(words);
});

test.each([
  ['what is no reference', ['show', 'nonsense'], '"nonsense" is no reference. A reference looks like account/id'],
  ['an unknown account', ['list', '--account', 'acne'], 'There is no account "acne". Known accounts: acme, acme-abr.'],
  ['an unknown account in a reference', ['show', 'acne/1'], 'There is no account "acne".'],
])('%s ends with exit code 2 and asks nobody', async (_name, args, words) => {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const { code, stdout, stderr } = await countersign(args, accountsOf(sandbox));
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(words);
  expect(sandbox.calls).toEqual([]);
});

test('settings that cannot be used are listed one in a line, with exit code 1', async () => {
  const sandbox = await startSandbox({ population: 'empty' });
  onTestFinished(() => sandbox.close());
  const env = accountsOf(sandbox, { threatLocker: { instance: 'G!' }, adminByRequest: { dataCenter: 'one' } });
  const { code, stdout, stderr } = await countersign(['list'], env);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr.trimEnd().split('\n')).toEqual([
    expect.stringContaining('accounts[0].instance'),
    expect.stringContaining('accounts[1].dataCenter'),
  ]);
});

test('--help shows the commands with examples, and not the demonstration', async () => {
  const { code, stdout } = await countersign(['--help']);
  expect(code).toBe(0);
  for (const command of ['list', 'show', 'doctor', 'sandbox', 'mcp'])
    expect(stdout).toMatch(new RegExp(`^ {2}${command}\\b`, 'm'));
  expect(stdout).toContain('countersign list --group-by file');
  expect(stdout).not.toMatch(/\bdemo\b/);
});

test('--version prints the version of the package', async () => {
  expect(await countersign(['--version'])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
});

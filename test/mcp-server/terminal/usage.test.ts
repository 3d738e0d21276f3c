import { startSandbox } from '@countersign/shared/sandbox';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import manifest from '../../../mcp-server/package.json' with { type: 'json' };
import { commands } from '../../../mcp-server/src/terminal/commands.ts';
import { run } from '../../../mcp-server/src/terminal/program.ts';
import { accountsOf, buildIfMissing, countersign } from './command.ts';
import { stage } from './stage.ts';

beforeAll(buildIfMissing);

test.each([
  ['no command', [], 'Usage: countersign'],
  ['an unknown command', ['lst'], "Unknown command 'lst' (Did you mean list?)"],
  ['an unknown option', ['list', '--nope'], "Unknown option '--nope'."],
  ['a kind that there is not', ['list', '--kind', 'x'], 'Allowed choices are application, elevation'],
  [
    'what was decided, asked for in the list,',
    ['list', '--status', 'denied'],
    'Allowed choices are pending, escalated, quarantined. What was decided comes with "countersign pull", and for one file stands in "countersign show".',
  ],
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

/** Every command that does something, with its names from the outermost on. */
function commandsIn(parent: ReturnType<typeof commands>, above: readonly string[] = []): readonly Named[] {
  return parent
    .createHelp()
    .visibleCommands(parent)
    .flatMap((command) => {
      if (command.name() === 'help') return [];
      const names = [...above, command.name()];
      return command.commands.length > 0 ? commandsIn(command, names) : [{ names, command }];
    });
}

interface Named {
  readonly names: readonly string[];
  readonly command: ReturnType<typeof commands>;
}

const ALL = commandsIn(commands(stage([]).surroundings, () => undefined));
/** These print in a form of their own, which a program reads. */
const WITHOUT_JSON = ['pull', 'journal export', 'mcp'];

describe.each(ALL.map(({ names, command }) => ({ name: names.join(' '), command })))('$name', ({ name, command }) => {
  test('its help has examples, of which each can be typed', async () => {
    const { surroundings, screen } = stage([]);
    expect(await run([...name.split(' '), '--help'], surroundings)).toBe(0);
    const [, examples = ''] = screen().split('\nExamples:\n');
    const typed = [...examples.matchAll(/^ {2}countersign (.*?)(?: {2}|$)/gm)].map(([, line = '']) => line);
    expect(typed.length).toBeGreaterThan(0);
    for (const line of typed) {
      expect(line.startsWith(name), line).toBe(true);
      const program = commands(stage([]).surroundings, () => undefined);
      const ran: string[] = [];
      for (const one of commandsIn(program)) one.command.action(() => void ran.push(one.names.join(' ')));
      await program.parseAsync(wordsIn(line.replace(/ [|>].*/, '')), { from: 'user' });
      expect(ran, line).toEqual([name]);
    }
  });

  test('prints JSON on demand', () => {
    const hasJson = command.options.some(({ long }) => long === '--json');
    expect(hasJson).toBe(!WITHOUT_JSON.includes(name));
  });
});

/** As a shell parts them, as far as our examples need one. */
function wordsIn(line: string): string[] {
  const kept = line.replace('"$(cat head)"', `1:${'0'.repeat(64)}`);
  return [...kept.matchAll(/"([^"]*)"|'([^']*)'|\S+/g)].map(([whole, double, single]) => double ?? single ?? whole);
}

test('--help shows the commands with examples, and not the demonstration', async () => {
  const { code, stdout } = await countersign(['--help']);
  expect(code).toBe(0);
  for (const { names } of ALL) expect(stdout).toMatch(new RegExp(`^ {2}${names[0]}\\b`, 'm'));
  expect(stdout).toContain('countersign list --group-by file');
  expect(stdout).not.toMatch(/\bdemo\b/);
});

test('--version prints the version of the package', async () => {
  expect(await countersign(['--version'])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
});

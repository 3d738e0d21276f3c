import { beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../../mcp-server/src/terminal/program.ts';
import { buildIfMissing, countersign } from './command.ts';
import { type Act, stage } from './stage.ts';

const CONFIRM = 'approve Reader_en_install.exe';
const WRITTEN = /approve [\da-f-]{36}: applied \(POST\s+\/portalapi\/\S+, HTTP 200\)/;

beforeAll(buildIfMissing);

async function demo(acts: readonly Act[], columns?: number) {
  const { surroundings, screen, questions } = stage(acts, columns);
  const code = await run(['demo'], surroundings);
  return {
    code,
    screen: screen(),
    words: screen().replace(/\s+/g, ' '),
    lastLine: screen().trimEnd().split('\n').at(-1),
    questions: questions(),
  };
}

describe('without a terminal', () => {
  test('goes through the same steps, asks nobody, approves nothing, and ends by itself', async () => {
    const { code, stdout, stderr } = await countersign(['demo']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const steps = [
      '27 requests wait, oldest first.',
      '2. ONE REQUEST',
      'Matching applications',
      'Research',
      '1  A new application "Reader_en_install.exe" for this file alone',
      'This is what would be done:',
      'It gets no administrator rights.',
      `a person would now type "${CONFIRM}"`,
      "The sandbox's own record: no write reached it.",
    ].map((step) => stdout.indexOf(step));
    expect(steps).not.toContain(-1);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    expect(stdout.endsWith('\nNothing was approved.\n')).toBe(true);
  });

  test('needs no account and heeds none, even one that cannot be used', async () => {
    const { code, stdout } = await countersign(['demo'], { COUNTERSIGN_CONFIG: '/nowhere/accounts.json' });
    expect(code).toBe(0);
    expect(stdout).toContain('Nothing was approved.');
  });
});

describe('at a terminal', () => {
  test('what is chosen, and confirmed by typing the text, is approved, and the sandbox has it on record', async () => {
    const { code, screen, questions } = await demo(['1', CONFIRM]);
    expect(code).toBe(0);
    expect(questions).toBe(2);
    expect(screen).toContain('The request is approved.');
    expect(screen).toMatch(WRITTEN);
    expect(screen).not.toContain('Nothing was approved.');
  });

  test('the effect that is shown is that of the choice', async () => {
    const { screen } = await demo(['2', 'closes']);
    const effect = screen.slice(screen.indexOf('This is what would be done:'));
    expect(effect).toMatch(
      /everything in the application\s+"Adobe Acrobat \(Built-In\)"\s+on\s+every computer of "Contoso\s+Dental\s+Group"/,
    );
    expect(effect).not.toContain('this exact file');
  });

  test.each<{ name: string; acts: readonly Act[]; says: string }>([
    { name: 'another text', acts: ['1', 'approve'], says: 'counts as no confirmation' },
    { name: 'yes', acts: ['1', 'yes'], says: 'counts as no confirmation' },
    { name: 'the text of a denial', acts: ['1', 'deny Reader_en_install.exe'], says: 'counts as no confirmation' },
    { name: 'the text in other letters', acts: ['1', CONFIRM.toUpperCase()], says: 'counts as no confirmation' },
    { name: 'nothing at all', acts: ['1', ''], says: 'counts as no confirmation' },
    { name: 'Ctrl-C instead of the text', acts: ['1', 'closes'], says: 'The question was closed without an answer.' },
    { name: 'Ctrl-C instead of a choice', acts: ['closes'], says: 'Which one?' },
    { name: 'Enter instead of a choice', acts: [''], says: 'Which one?' },
  ])('$name approves nothing, says so, and ends with 0', async ({ acts, says }) => {
    const { code, screen, words, lastLine, questions } = await demo(acts);
    expect(code).toBe(0);
    expect(words).toContain(says);
    expect(screen).toContain("The sandbox's own record: no write reached it.");
    expect(lastLine).toBe('Nothing was approved.');
    expect(questions).toBe(acts.length);
  });

  test('a number that is no choice is asked for again', async () => {
    const { screen } = await demo(['0', '7', 'one', '1', CONFIRM]);
    expect(screen.match(/There are the numbers 1 to 2\./g)).toHaveLength(3);
    expect(screen).toMatch(WRITTEN);
  });

  test.each([80, 120])('who asks, where and why can be read at %i columns', async (columns) => {
    const { screen } = await demo([''], columns);
    for (const text of [
      'PayrollConnectSetup.exe',
      'FAB-ACCOUNTS-1 · F',
      'FABRIKAM\\ines.costa',
      '"Yearly update of the p',
    ]) {
      expect(screen).toContain(text);
    }
  });

  test.each([80, 120])('no line is wider than a terminal of %i columns', async (columns) => {
    const { screen } = await demo(['1', CONFIRM], columns);
    expect(screen.split('\n').filter((line) => [...line].length > columns)).toEqual([]);
  });
});

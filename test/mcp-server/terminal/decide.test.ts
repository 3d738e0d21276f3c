import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Vendor } from '@countersign/shared/sandbox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inFile } from '../../shared/ledger/setup.ts';
import { openPlace, type Place } from '../mcp/place.ts';
import { buildIfMissing, countersign, temporaryFolder } from './command.ts';
import { atTerminal, HAS_TERMINALS } from './terminal.ts';

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const NO_TERMINAL =
  'Only a person at a terminal can confirm a decision, and this command was started without one. Nothing was sent.';

let place: Place;
beforeAll(async () => {
  buildIfMissing();
  place = await openPlace();
});
afterAll(() => place.close());

const at = (args: readonly string[], redirected?: string) => atTerminal(args, place.env, 80, redirected);

/** The text that a question asks for. */
function textIn(words: string): string {
  const text = /Type ((?:approve|deny) [A-Za-z0-9._-]{1,24}) to confirm it/.exec(words)?.[1];
  if (text === undefined) throw new Error(`no text to type in: ${words}`);
  return text;
}

/** What the ledger has of the plans on a request, the oldest first. */
function plansOn(reference: string): readonly unknown[] {
  return inFile(path.join(place.folder, 'state'), (db) =>
    db
      .prepare('SELECT d.phase FROM decisions d JOIN targets t USING (decision) WHERE t.request = ? ORDER BY d.seq')
      .all(reference)
      .map((row) => row['phase']),
  );
}

const VENDORS: readonly Vendor[] = ['threatlocker', 'admin-by-request'];

describe.runIf(HAS_TERMINALS)('at a terminal', () => {
  test.each(VENDORS)('approve, %s: the plan is shown whole, and what is confirmed happens once', async (vendor) => {
    const { id, reference } = place.arrival(vendor);
    const terminal = at(['approve', reference]);
    const question = await terminal.asked();
    expect(question).toMatch(/APPROVE, account acme(-abr)? \(SANDBOX\)\. /);
    for (const part of ['Reach: ', 'Asked for by ', 'Their reason ', 'File ', 'Signed by ', 'Scan ']) {
      expect(question).toContain(part);
    }
    expect(question).toContain(`Request: ${reference} (SANDBOX)`);
    expect(place.writesOn(id)).toEqual([]);
    terminal.type(textIn(question));
    const { code, words } = await terminal.ended();
    expect(code).toBe(0);
    expect(words).toContain('The request is approved.');
    expect(words).toMatch(/Journal head: \d+:[\da-f]{64}/);
    expect(place.writesOn(id)).toMatchObject([{ verdict: 'approve', effect: 'applied' }]);
    expect(plansOn(reference)).toEqual(['applied']);
  });

  test.each(VENDORS)('deny, %s: with its reason, in one confirmation', async (vendor) => {
    const { id, reference } = place.arrival(vendor);
    const terminal = at(['deny', reference, '--reason', 'Use the software center.']);
    const question = await terminal.asked();
    expect(question).toContain('Use the software center.');
    terminal.type(textIn(question));
    expect(await terminal.ended()).toMatchObject({ code: 0 });
    expect(place.writesOn(id)).toMatchObject([{ verdict: 'deny', effect: 'applied' }]);
    expect(JSON.stringify(place.writesOn(id))).toMatch(/Use(%20|\+| )the(%20|\+| )software(%20|\+| )center/);
  });

  test('a denial without a reason asks for one', async () => {
    const { id, reference } = place.arrival('threatlocker');
    const terminal = at(['deny', reference]);
    expect(await terminal.asked()).toContain('Why is it denied? Type one clear sentence');
    terminal.type('Not a tool of ours.');
    const question = await terminal.asked();
    expect(question).toContain('Reason: "Not a tool of ours."');
    terminal.type(textIn(question));
    expect(await terminal.ended()).toMatchObject({ code: 0 });
    expect(place.writesOn(id)).toMatchObject([{ verdict: 'deny', effect: 'applied' }]);
  });

  test('another text confirms nothing and ends nothing; the right one does afterwards', async () => {
    const { id, reference } = place.arrival('threatlocker');
    const terminal = at(['approve', reference]);
    const text = textIn(await terminal.asked());
    for (const wrong of ['yes', 'approve', text.replace('approve', 'deny'), text.toUpperCase(), 'decline']) {
      terminal.type(wrong);
      expect(await terminal.asked()).toContain(`Nothing was done: that is not "${text}". > `);
    }
    expect(place.writesOn(id)).toEqual([]);
    terminal.type(text);
    expect(await terminal.ended()).toMatchObject({ code: 0 });
    expect(place.writesOn(id)).toHaveLength(1);
  });

  test.each([
    ['Enter alone', '\r'],
    ['Ctrl-C', CTRL_C],
    ['Ctrl-D', CTRL_D],
  ])('%s sends nothing, and closes the plan at once', async (_name, keys) => {
    const { id, reference } = place.arrival('threatlocker');
    const terminal = at(['approve', reference]);
    await terminal.asked();
    terminal.press(keys);
    const { code, words } = await terminal.ended();
    expect(code).toBe(3);
    expect(words).toContain('The question was left without an answer. Nothing was sent.');
    expect(plansOn(reference)).toEqual(['refused']);
    expect(place.writesOn(id)).toEqual([]);
  });

  test('several are one decision, which is confirmed by their number', async () => {
    const arrived = [place.arrival('threatlocker'), place.arrival('threatlocker')];
    const terminal = at(['deny', ...arrived.map(({ reference }) => reference), '--reason', 'No.']);
    const question = await terminal.asked();
    expect(question).toContain('DENY 2 requests, account acme');
    expect(textIn(question)).toBe('deny 2');
    terminal.type('deny 2');
    const { code, words } = await terminal.ended();
    expect(code).toBe(0);
    expect(words).toContain('2 of 2 were carried out.');
    for (const { id, reference } of arrived) {
      expect(words).toContain(`${reference}: applied.`);
      expect(place.writesOn(id)).toMatchObject([{ verdict: 'deny', effect: 'applied' }]);
    }
  });
});

describe.runIf(HAS_TERMINALS)('with something piped', () => {
  test('the question goes to the terminal and is answered there, and the answer alone goes to standard output', async () => {
    const { id, reference } = place.arrival('threatlocker');
    const folder = temporaryFolder();
    const [given, printed] = [path.join(folder, 'in'), path.join(folder, 'out')];
    writeFileSync(given, 'yes\n'.repeat(50));
    const terminal = at(['approve', reference, '--json'], `< ${given} > ${printed}`);
    const text = textIn(await terminal.asked());
    expect(readFileSync(printed, 'utf8')).toBe('');
    terminal.type(text);
    expect(await terminal.ended()).toMatchObject({ code: 0 });
    expect(JSON.parse(readFileSync(printed, 'utf8'))).toMatchObject({
      status: 'applied',
      targets: [{ request: reference, status: 'applied', attribution: 'ours' }],
    });
    expect(place.writesOn(id)).toHaveLength(1);
  });
});

describe('without a terminal', () => {
  test.each(['approve', 'deny'])('%s asks nobody and no vendor, with exit code 3', async (verdict) => {
    const { id, reference } = place.arrival('threatlocker');
    const before = place.sandbox.calls.length;
    expect(await countersign([verdict, reference], place.env)).toEqual({
      code: 3,
      stdout: '',
      stderr: `${NO_TERMINAL}\n`,
    });
    const { code, stdout, stderr } = await countersign([verdict, reference, '--json'], place.env);
    expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      decision: null,
      status: 'refused',
      by: 'client',
      message: NO_TERMINAL,
      targets: [],
    });
    expect(place.sandbox.calls).toHaveLength(before);
    expect(place.writesOn(id)).toEqual([]);
  });
});

describe('wrong usage ends with exit code 2 and reads nothing', () => {
  test.each<readonly [args: readonly string[], says: string]>([
    [['approve'], "Missing required argument 'reference'."],
    [['approve', 'nonsense'], '"nonsense" is no reference.'],
    [['deny', 'acne/1'], 'There is no account "acne".'],
    [['approve', 'acme/1', '--matching', 'x'], '"--matching" takes an id'],
    [['approve', 'acme/1', '--matching', 'x', '--existing', 'y'], 'cannot be used with'],
    [['approve', '--new', 'acme/1', 'acme/2'], '"--new" took acme/1 for the application\'s name.'],
    [['approve', 'acme/1', '--path', 'C:\\x'], 'add "--by properties"'],
    [['approve', 'acme/1', '--mode', 'learning'], 'add "--by maintenance"'],
    [['approve', 'acme/1', '--by', 'maintenance'], '"--by maintenance" needs a mode'],
    [['approve', 'acme/1', '--scope', 'everyone'], '"--scope" takes computer, organization, or group:'],
    [['approve', 'acme/1', '--scope', 'group:x'], '"--group" takes an id'],
    [['approve', 'acme/1', '--hours', '4'], 'add "--elevation elevate"'],
    [['approve', 'acme/1', '--hours', '0', '--elevation', 'silent'], 'It must be a whole number of hours.'],
    [['approve', 'acme/1', '--expires', 'tomorrow'], '"--expires" takes an instant with its offset'],
    [['approve', 'acme/1', '--ticket', 'x'.repeat(65)], '"--ticket" takes 64 characters at most'],
    [['deny', 'acme/1', '--reason', ''], '"--reason" must not be empty'],
    [['deny', 'acme/1', '--yes'], "Unknown option '--yes'"],
  ])('%j', async (args, says) => {
    const before = place.sandbox.calls.length;
    const { code, stdout, stderr } = await countersign(args, place.env);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(says);
    expect(place.sandbox.calls).toHaveLength(before);
  });
});

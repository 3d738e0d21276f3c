import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { clockOf } from '../mcp/clock.ts';
import { openPlace, type Place } from '../mcp/place.ts';
import { buildIfMissing, countersign } from './command.ts';
import { onScreen, type Screen } from './screen.ts';
import { atTerminal, HAS_TERMINALS } from './terminal.ts';

beforeAll(buildIfMissing);

let place: Place;
beforeEach(async () => {
  place = await openPlace();
});
afterEach(() => place.close());

const SIZE = { columns: 100, rows: 24 };
const watching = (...args: readonly string[]) => onScreen(['list', '--watch', ...args], place.env, SIZE);
const says = (text: string | RegExp) => (lines: readonly string[]) =>
  typeof text === 'string' ? lines.join('\n').includes(text) : text.test(lines.join('\n'));
const leave = async (screen: Screen) => {
  screen.press('q');
  return await screen.ended();
};

describe.runIf(HAS_TERMINALS)('on a terminal', () => {
  test('shows how old each queue is, the newest first as far as they have room, and how many have none', async () => {
    const screen = await watching();
    const lines = await screen.shows(says('27 requests wait, newest first.'));
    expect(lines[1]).toMatch(/^acme +SANDBOX ThreatLocker: 19 wait, read \d s ago$/);
    expect(lines[2]).toMatch(/^acme-abr +SANDBOX Admin By Request: 8 wait, read \d s ago$/);
    expect(lines).toHaveLength(SIZE.rows);
    expect(lines.filter((line) => line.length > SIZE.columns)).toEqual([]);
    const shown = lines.filter((line) => /^ {2}acme(-abr)?\//.test(line)).length;
    expect(shown).toBeGreaterThan(2);
    expect(lines).toContain(`… and ${27 - shown} more, which have no room here.`);
    expect(lines.at(-1)).toBe('q leaves · r reads again · space marks all as seen');
    await screen.shows(says(/acme +SANDBOX ThreatLocker: 19 wait, read [1-9]\d* s ago/));
    expect(await leave(screen)).toMatchObject({ code: 0 });
  });

  test('what came and went is new until it was seen', async () => {
    const screen = await onScreen(['list', '--watch'], place.env, { columns: 100, rows: 60 });
    await screen.shows(says('27 requests wait'));
    const { reference } = place.arrival('threatlocker', { path: 'C:\\Tools\\fresh.exe' });
    place.sandbox.rivalDecides('admin-by-request', place.sandbox.id('abr-cmd'), 'deny');
    screen.press('r');
    const lines = await screen.shows(says('27 requests wait, newest first. 1 NEW, 1 is gone in the last minute.'));
    expect(lines.find((line) => line.includes(reference))).toContain('  NEW');
    screen.press(' ');
    const seen = await screen.shows((now) => !says('NEW')(now));
    expect(seen[0]).toBe('27 requests wait, newest first.');
    expect(says(reference)(seen)).toBe(true);
    await leave(screen);
  });

  test('what is decided elsewhere leaves by itself', async () => {
    const { reference } = place.arrival('threatlocker');
    const screen = await watching('--account', 'acme');
    await screen.shows(says(reference));
    const terminal = atTerminal(['deny', reference, '--reason', 'No.'], place.env);
    const text = /Type (deny \S+) to confirm it/.exec(await terminal.asked())?.[1] ?? '';
    terminal.type(text);
    expect(await terminal.ended()).toMatchObject({ code: 0 });
    const lines = await screen.shows(says('19 requests wait'));
    expect(lines[0]).toBe('19 requests wait, newest first. 1 is gone in the last minute.');
    expect(says(reference)(lines)).toBe(false);
    await leave(screen);
  });

  test('an account that can not be read any more shows what it had, and that it is old', async () => {
    const screen = await watching();
    await screen.shows(says('27 requests wait'));
    place.sandbox.faults.add({ when: { vendor: 'threatlocker' }, do: { kind: 'htmlPage', status: 400 } });
    screen.press('r');
    const lines = await screen.shows(says('STALE, as of under 1 min ago. 19 waited then.'));
    expect(lines[0]).toContain('8 requests wait in what could be read; 19 requests waited at an older reading');
    expect(lines.join('\n')).not.toContain('NEW');
    await leave(screen);
  });

  test('what an old reading lacks is no news when the first one of its own comes', async () => {
    expect(await countersign(['list'], place.env)).toMatchObject({ code: 0 });
    const clock = await clockOf(place);
    clock.shift(5 * 60_000);
    const { reference } = place.arrival('threatlocker');
    place.sandbox.faults.add({ when: { vendor: 'threatlocker' }, do: { kind: 'htmlPage', status: 400 } });
    const screen = await onScreen(['list', '--watch', '--account', 'acme'], { ...place.env, ...clock.env }, SIZE);
    await screen.shows(says(/STALE, as of \d min ago\. 19 waited then\. It could not be read now/));
    place.sandbox.faults.clear();
    screen.press('r');
    const lines = await screen.shows(says(reference));
    expect(lines[0]).toBe('20 requests wait, newest first.');
    await leave(screen);
  });

  test('takes another size at once', async () => {
    const screen = await watching();
    await screen.shows(says('27 requests wait'));
    screen.resize(60, 12);
    const lines = await screen.shows((now) => now.length === 12 && says('27 requests wait')(now));
    expect(lines.filter((line) => line.length > 60)).toEqual([]);
    expect(lines.at(-1)).toMatch(/^q leaves/);
    screen.resize(30, 4);
    await screen.shows((now) => now.length === 4 && says('27 requests wait')(now));
    await leave(screen);
  });

  test('goes on where no shell would have it stopped by Ctrl-Z', async () => {
    const screen = await watching();
    await screen.shows(says('27 requests wait'));
    screen.press('\u001a');
    screen.resize(90, 20);
    await screen.shows((now) => now.length === 20 && says('27 requests wait')(now));
    expect(await leave(screen)).toMatchObject({ code: 0, modes: ['?25', '?7'] });
  });

  test('a key that a terminal tells by several characters is none of those', async () => {
    const screen = await watching();
    await screen.shows(says('27 requests wait'));
    // F2, Alt-q.
    for (const key of ['\u001bOQ', '\u001bq']) screen.press(key);
    screen.resize(90, 20);
    await screen.shows((now) => now.length === 20 && says('27 requests wait')(now));
    expect(await leave(screen)).toMatchObject({ code: 0 });
  });

  test('a terminal that tells no size is taken for a small one', async () => {
    const screen = await onScreen(['list', '--watch'], place.env, { columns: 0, rows: 0 });
    expect(await screen.shows(says('27 requests wait'))).toHaveLength(24);
    await leave(screen);
  });

  test('filters and groups as the list does', async () => {
    const screen = await watching('--account', 'acme', '--group-by', 'file', '--text', 'obsidian');
    const lines = await screen.shows(says('3 of 19 requests wait'));
    expect(says('Obsidian.exe (3, the same SHA-256)')(lines)).toBe(true);
    await leave(screen);
  });

  test.each<readonly [how: string, end: (screen: Screen) => void]>([
    ['q', (screen) => screen.press('q')],
    ['Ctrl-C', (screen) => screen.press('\u0003')],
    ['Ctrl-D', (screen) => screen.press('\u0004')],
    ['SIGTERM', (screen) => screen.signal('SIGTERM')],
    ['SIGINT', (screen) => screen.signal('SIGINT')],
  ])('%s ends it with exit code 0 and gives the terminal back as it was', async (_how, end) => {
    const screen = await watching();
    await screen.shows(says('27 requests wait'));
    end(screen);
    expect(await screen.ended()).toEqual({ code: 0, modes: ['?25', '?7'], rest: '' });
  });

  test('one process reads a queue at a time; a second one shows what the first has read', async () => {
    const first = await watching();
    await first.shows(says('27 requests wait'));
    const before = place.sandbox.calls.length;
    const second = await watching();
    await second.shows(says('27 requests wait'));
    expect(place.sandbox.calls).toHaveLength(before);
    await leave(first);
    await leave(second);
  });

  test('a name with control characters reaches the screen without them', async () => {
    const { reference } = place.arrival('admin-by-request', { reason: 'a\u001b[2Jb\u202ec\u001b]0;owned\u0007d' });
    const screen = await onScreen(['list', '--watch', '--account', 'acme-abr'], place.env, { columns: 100, rows: 60 });
    const lines = await screen.shows(says(reference));
    expect(lines.join('\n')).toContain('"abcd"');
    await leave(screen);
  });
});

describe('elsewhere', () => {
  test('into a pipe it is wrong usage, which names what prints once, and reads nothing', async () => {
    const { code, stdout, stderr } = await countersign(['list', '--watch'], place.env);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('"--watch" draws on a terminal that can be redrawn, and standard output is none.');
    expect(place.sandbox.calls).toEqual([]);
  });

  test('--json is for a list that ends', async () => {
    const { code, stderr } = await countersign(['list', '--watch', '--json'], place.env);
    expect(code).toBe(2);
    expect(stderr).toContain("'--json' cannot be used with option '--watch'");
  });
});

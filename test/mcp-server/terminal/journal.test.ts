import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { JournalRow } from '@countersign/shared/ledger';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { rowDigest } from '../../../shared/src/ledger/journal.ts';
import { APPROVE, answer, confirm, DENY, planned } from '../../shared/decide/order.ts';
import { sendOut } from '../../shared/ledger/child.ts';
import { worldIn } from '../../shared/ledger/decide-in.ts';
import { inFile } from '../../shared/ledger/setup.ts';
import { accountsFile, KEY_VARIABLE, TOKEN_VARIABLE, UNATTENDED_VARIABLE, type World } from '../../support/world.ts';
import { accountsOf, buildIfMissing, countersign, temporaryFolder } from './command.ts';
import { parseCsv } from './parse-csv.ts';

beforeAll(buildIfMissing);

let folder: string;
let env: Record<string, string>;
beforeEach(() => {
  folder = path.join(temporaryFolder(), 'state');
  env = { COUNTERSIGN_STATE_DIR: folder };
});

const journal = (...args: readonly string[]) => countersign(['journal', ...args], env);

/** An approval that was carried out, and a denial that a person declined: six lines. */
async function sixLines(): Promise<World> {
  const world = await worldIn(folder);
  await confirm(world, await planned(world, ['obsidian-contoso'], APPROVE));
  await answer(world, await planned(world, ['abr-cmd'], DENY), { kind: 'declined' });
  return world;
}

const headOf = async (world: World) => {
  const { seq, digest } = await world.ledger.head();
  return `${seq}:${digest}`;
};

function tamper(sql: string): void {
  inFile(folder, (db) => db.exec(`DROP TRIGGER journal_is_not_changed; DROP TRIGGER journal_is_not_cut; ${sql}`));
}

describe('where there is no ledger yet', () => {
  test.each([
    ['list', 'stdout'],
    ['verify', 'stdout'],
    ['reconcile', 'stdout'],
    ['export', 'stderr'],
  ] as const)('journal %s says so on %s and makes none', async (command, stream) => {
    const ended = await journal(command);
    const sentence = 'There is no ledger here: nothing was decided yet, or it was moved or removed.\n';
    expect(ended).toEqual({ code: 0, stdout: '', stderr: '', [stream]: sentence });
    expect(existsSync(folder)).toBe(false);
  });

  test('but a head that was kept says that there was one', async () => {
    const { code, stdout } = await journal('verify', '--head', `6:${'0'.repeat(64)}`);
    expect(code).toBe(1);
    expect(stdout).toContain('There is no ledger, but the head names line 6 of one.');
  });
});

describe('what a job carried back from a ticket system', () => {
  beforeEach(async () => {
    const unattended = { secret: { env: UNATTENDED_VARIABLE } };
    const world = await worldIn(folder, { accounts: { adminByRequest: { unattended } } });
    await world.decisions.unattended({
      request: world.named('abr-cmd').reference,
      decision: { verdict: 'deny', options: { reason: 'Not needed.' } },
      countersignedBy: '=Kim "K" Approver',
      ticket: 'INC0010042',
    });
  });

  test('is listed with who and which ticket, in quotes', async () => {
    const { code, stdout } = await journal('list');
    expect(code).toBe(0);
    expect(stdout).toContain('deny: a person confirmed in a ticket');
    expect(stdout).toMatch(/countersigned by ".*Approver" for ticket "INC0010042", unattended/);
    const { lines } = JSON.parse((await journal('list', '--json')).stdout);
    expect(lines[2]).toMatchObject({ phase: 'confirmed', channel: 'unattended', ticket: 'INC0010042' });
  });

  test('is verified, and exported with its ticket in a column', async () => {
    expect(await journal('verify')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^4 lines, none of them changed/),
    });
    const [, , confirmed] = parseCsv((await journal('export', '--format', 'csv')).stdout);
    expect(confirmed?.slice(8)).toEqual(['unattended', `'=Kim "K" Approver`, 'INC0010042']);
  });
});

describe('journal list', () => {
  test('shows every step in plain words, newest first', async () => {
    const world = await sixLines();
    const { code, stdout, stderr } = await journal('list');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('6 lines, newest first.');
    const rows = stdout.split('\n').filter((line) => /^\d/.test(line) && line.includes('2026-11-21 12:00:00'));
    const expected: readonly (readonly [string, string])[] = [
      ['deny: a person declined at a terminal', 'abr-cmd'],
      ['deny: planned for a test', 'abr-cmd'],
      ['approve: carried out', 'obsidian-contoso'],
      ['approve: begun', 'obsidian-contoso'],
      ['approve: a person confirmed at a terminal', 'obsidian-contoso'],
      ['approve: planned for a test', 'obsidian-contoso'],
    ];
    expect(rows.map((line) => line.split(/ {2,}/).slice(2))).toEqual(
      expected.map(([what, name]) => [what, world.named(name).reference]),
    );
    expect(stdout).toContain('The request is approved.');
    const words = stdout.replace(/\s+/g, ' ');
    expect(words).toMatch(/a person confirmed at a terminal \S+ \S+ by a person of a test /);
    expect(words).toMatch(
      /a person declined at a terminal \S+ \S+ by a person of a test: A person rejected the proposal; /,
    );
  });

  test('--json names who answered, and the way', async () => {
    await sixLines();
    const { lines } = JSON.parse((await journal('list', '--json')).stdout) as { lines: object[] };
    expect(lines).toMatchObject([
      { phase: 'declined', channel: 'terminal', who: 'a person of a test' },
      { phase: 'planned', channel: 'terminal', who: null },
      { phase: 'applied', channel: null, who: null },
      { phase: 'executing', channel: null, who: null },
      { phase: 'confirmed', channel: 'terminal', who: 'a person of a test' },
      { phase: 'planned', channel: 'terminal', who: null },
    ]);
  });

  test('--request, --since and --limit choose', async () => {
    const world = await worldIn(folder);
    await confirm(world, await planned(world, ['obsidian-contoso'], APPROVE));
    world.clock.now += 60_000;
    await answer(world, await planned(world, ['abr-cmd'], DENY), { kind: 'declined' });
    const { reference } = world.named('obsidian-contoso');
    const seqs = async (...args: readonly string[]) => {
      const { stdout } = await journal('list', '--json', ...args);
      const { total, lines } = JSON.parse(stdout) as { total: number; lines: { seq: number }[] };
      return [total, lines.map(({ seq }) => seq)];
    };
    expect(await seqs()).toEqual([6, [6, 5, 4, 3, 2, 1]]);
    expect(await seqs('--request', reference)).toEqual([4, [4, 3, 2, 1]]);
    expect(await seqs('--since', '2026-11-21T13:01:00+01:00')).toEqual([2, [6, 5]]);
    expect(await seqs('--since', '2026-11-22')).toEqual([0, []]);
    expect(await seqs('--limit', '2')).toEqual([6, [6, 5]]);
    expect((await journal('list', '--limit', '2')).stdout).toContain('The newest 2 are shown; --limit 6 shows all.');
    expect((await journal('list', '--since', '2026-11-22')).stdout).toBe(
      'No line of the journal fits what you asked for.\n',
    );
  });

  test('texts of others are cleaned, and a line that is no JSON stops nothing', async () => {
    await sixLines();
    tamper(
      `UPDATE journal SET data = '{"message":"a\\u001b]0;owned\\u0007b\\u202ec"}' WHERE seq = 4;
       UPDATE journal SET data = 'nonsense', phase = 'x' || char(27) || '[2J' WHERE seq = 6`,
    );
    for (const args of [['list'], ['list', '--json']]) {
      const { code, stdout } = await journal(...args);
      expect(code).toBe(0);
      expect(stdout).toContain('abc');
      for (const hidden of ['\u001b', '\u202e', '\\u001b', '\\u202e']) expect(stdout).not.toContain(hidden);
    }
  });

  test.each([
    [['list', '--request', 'nonsense'], 'A reference looks like account/id.'],
    [['list', '--since', 'yesterday'], 'It must be a date, or a date and time with its offset.'],
    [['list', '--since', '2026-13-45'], 'It must be a date'],
    [['verify', '--head', '6'], 'A head is a number, a colon and 64 hexadecimal digits.'],
    [['export', '--format', 'xml'], 'Allowed choices are jsonl, csv.'],
  ])('%j is wrong usage', async (args, words) => {
    const { code, stdout, stderr } = await journal(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(words);
  });
});

describe('journal verify', () => {
  test('says how many lines there are, that nothing changed, and the head', async () => {
    const head = await headOf(await sixLines());
    expect(await journal('verify')).toEqual({
      code: 0,
      stdout: `6 lines, none of them changed. Head ${head}\n`,
      stderr: '',
    });
    expect(await journal('verify', '--head', head, '--json')).toMatchObject({
      code: 0,
      stdout: `${JSON.stringify({ lines: 6, head, flaws: [] }, null, 2)}\n`,
    });
  });

  test('names each flaw, with exit code 1', async () => {
    await sixLines();
    tamper("UPDATE journal SET phase = 'declined' WHERE seq = 2; DELETE FROM journal WHERE seq = 5");
    const { code, stdout } = await journal('verify');
    expect(code).toBe(1);
    expect(stdout.split('\n')).toEqual([
      'The journal is not what it was: 2 flaws.',
      '  Line 2 was changed after it was written.',
      '  Line 5 was removed.',
      '',
    ]);
  });

  test('a cut tail shows against the head of an earlier export', async () => {
    const head = await headOf(await sixLines());
    tamper('DELETE FROM journal WHERE seq > 4');
    expect((await journal('verify')).code).toBe(0);
    const { code, stdout } = await journal('verify', '--head', head);
    expect(code).toBe(1);
    expect(stdout).toContain('The journal ends at line 4, but the head names line 6: its end was cut off.');
  });

  test('a damaged file is a flaw, though a new one was begun', async () => {
    const world = await sixLines();
    world.ledger.close();
    writeFileSync(path.join(folder, 'ledger.sqlite'), 'garbage '.repeat(1000));
    const { code, stdout } = await journal('verify');
    expect(code).toBe(1);
    expect(stdout).toContain('The ledger was damaged. It was kept whole as');
    expect(readdirSync(folder).some((name) => name.includes('.damaged-'))).toBe(true);
  });

  test('a ledger of a newer version is one sentence and exit code 1', async () => {
    (await sixLines()).ledger.close();
    inFile(folder, (db) => db.exec('PRAGMA user_version = 99'));
    const { code, stdout, stderr } = await journal('verify');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /^\S+ was written by a newer Countersign\. Update this one; until then decisions are off\.\n$/,
    );
  });
});

describe('journal export', () => {
  test('prints every line whole as JSON Lines, and the head on stderr', async () => {
    const world = await sixLines();
    const { code, stdout, stderr } = await journal('export');
    expect(code).toBe(0);
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as JournalRow);
    expect(rows).toEqual(await world.ledger.rows(0, 100));
    for (const row of rows) expect(rowDigest(row)).toBe(row.digest);
    expect(stderr.trimEnd().split('\n').at(-1)).toBe(await headOf(world));
  });

  test('what would act on a terminal is written in the notation of JSON, and means the same', async () => {
    const world = await sixLines();
    tamper("UPDATE journal SET data = json_quote('a' || char(155) || char(8238) || 'b') WHERE seq = 4");
    const { stdout } = await journal('export');
    expect(stdout).not.toMatch(/[\u0080-\u009f\u202e]/);
    const exported = JSON.parse(stdout.split('\n')[3] ?? '') as JournalRow;
    expect(exported).toEqual((await world.ledger.rows(3, 1))[0]);
  });

  test('CSV keeps quotes, commas and line breaks in their cells, and defuses formulas', async () => {
    await sixLines();
    tamper(
      `UPDATE journal SET request = '=HYPERLINK("http://x","y")' WHERE seq = 1;
       UPDATE journal SET request = '+1' WHERE seq = 2; UPDATE journal SET request = '-1' WHERE seq = 3;
       UPDATE journal SET request = '@a' WHERE seq = 4; UPDATE journal SET request = char(9) || 'b' WHERE seq = 5;
       UPDATE journal SET request = 'two' || char(10) || 'lines, "here"' WHERE seq = 6`,
    );
    const { code, stdout } = await journal('export', '--format', 'csv');
    expect(code).toBe(0);
    const [header = [], ...records] = parseCsv(stdout);
    expect(header).toEqual([
      'seq',
      'at',
      'decision',
      'phase',
      'request',
      'data',
      'previous',
      'digest',
      'channel',
      'who',
      'ticket',
    ]);
    expect(records.map((record) => record[4])).toEqual([
      `'=HYPERLINK("http://x","y")`,
      "'+1",
      "'-1",
      "'@a",
      "'\tb",
      'two\nlines, "here"',
    ]);
    expect(JSON.parse(records[0]?.[5] ?? '')).toMatchObject({ plan: { verdict: 'approve' } });
  });

  test('CSV names who answered in a column of its own, which is no formula either', async () => {
    await sixLines();
    tamper(`UPDATE journal SET data = json_set(data, '$.who', '=1+1') WHERE seq = 6`);
    const [, ...records] = parseCsv((await journal('export', '--format', 'csv')).stdout);
    expect(records.map((record) => record.slice(8))).toEqual([
      ['terminal', '', ''],
      ['terminal', 'a person of a test', ''],
      ['', '', ''],
      ['', '', ''],
      ['terminal', '', ''],
      ['terminal', "'=1+1", ''],
    ]);
  });

  test('--output makes a file for its owner alone, and overwrites none', async () => {
    await sixLines();
    const file = path.join(temporaryFolder(), 'journal.jsonl');
    const { code, stdout, stderr } = await journal('export', '--output', file);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toMatch(/\n6:[0-9a-f]{64}\n$/);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toBe((await journal('export')).stdout);

    writeFileSync(file, 'mine');
    const again = await journal('export', '--output', file);
    expect(again).toMatchObject({
      code: 2,
      stderr: `${file} exists, so it was left alone; give --output another name.\n`,
    });
    expect(readFileSync(file, 'utf8')).toBe('mine');
    // Nothing of the exports but the file itself.
    expect(readdirSync(path.dirname(file))).toEqual(['journal.jsonl']);
  });
});

describe('journal reconcile', () => {
  /** A process that was killed between its write and the outcome. */
  async function killedAfterTheWrite(): Promise<World> {
    const world = await worldIn(folder);
    const { sandbox, clock } = world;
    const child = sendOut({
      kind: 'decide',
      folder,
      now: clock.now,
      accounts: accountsFile(sandbox),
      secrets: { [TOKEN_VARIABLE]: sandbox.threatLocker.token, [KEY_VARIABLE]: sandbox.adminByRequest.apiKey },
      requests: [world.named('obsidian-contoso').reference],
      decision: APPROVE,
      stopAfter: 'write',
    });
    await child.said('write');
    await child.kill();
    return world;
  }

  test('prints what became of each write, once, and sends nothing', async () => {
    const world = await killedAfterTheWrite();
    env = { ...env, ...accountsOf(world.sandbox) };
    const { code, stdout } = await journal('reconcile');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `${world.named('obsidian-contoso').reference}: applied. The request is approved.\n`,
    });
    expect(await journal('reconcile')).toEqual({
      code: 0,
      stdout: 'No write was left without an outcome.\n',
      stderr: '',
    });
    expect(world.sandbox.record).toHaveLength(1);
    expect((await journal('list')).stdout).toContain('approve: looked up afterwards, carried out');
  });

  test('what is still unknown is said with exit code 4', async () => {
    const world = await killedAfterTheWrite();
    env = { ...env, ...accountsOf(world.sandbox, { threatLocker: { id: 'renamed' } }) };
    const { code, stdout } = await journal('reconcile', '--json');
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toEqual({
      targets: [
        {
          request: world.named('obsidian-contoso').reference,
          status: 'unknown',
          message: expect.stringContaining('Its account is no longer in the accounts file.'),
        },
      ],
    });
  });
});

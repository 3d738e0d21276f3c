import { spawn } from 'node:child_process';
import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Sandbox } from '@countersign/shared/sandbox';
import { startSandbox } from '@countersign/shared/sandbox';
import { beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { buildIfMissing, countersign, MAIN, temporaryFolder, unattendedAccountsOf } from './command.ts';
import { atTerminal, HAS_TERMINALS } from './terminal.ts';

beforeAll(buildIfMissing);

const NOT_WRITTEN = 'standard output could not be written (ENOSPC).';

let sandbox: Sandbox;
let env: Record<string, string>;
beforeEach(async () => {
  sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  env = unattendedAccountsOf(sandbox);
});

/** A command whose standard output a shell leads somewhere. @param before what the shell does first */
function into(file: string, args: readonly string[], { input = '', before = ':' } = {}) {
  const child = spawn('/bin/sh', ['-c', `${before}; exec "$@" >> ${file}`, 'sh', process.execPath, MAIN, ...args], {
    env: { ...env, HOME: temporaryFolder() },
    detached: true,
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise<{ readonly code: number | null; readonly stderr: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, stderr }));
  });
}

/** How many lines a pull prints that can. */
async function pulledLines(change: Readonly<Record<string, string>> = {}): Promise<number> {
  const { code, stdout } = await countersign(['pull'], { ...env, ...change });
  expect(code).toBe(0);
  return stdout.split('\n').length;
}

const idOf = (name: string) => sandbox.id(name);

describe.runIf(HAS_TERMINALS)('standard output on a full disk', () => {
  test.each<readonly [args: readonly string[]]>([[['list']], [['list', '--json']], [['doctor']], [['--help']]])(
    '%j says that it was not written, with exit code 1',
    async (args) => {
      expect(await into('/dev/full', args)).toEqual({
        code: 1,
        stderr: 'Standard output could not be written to the end (ENOSPC).\n',
      });
    },
  );

  test.each([[[]], [['--json']]])('deny %j tells what was done, with exit code 4', async (json) => {
    const reference = `acme-abr/${idOf('abr-cmd')}`;
    const terminal = atTerminal(['deny', reference, '--reason', 'No.', ...json], env, 80, '> /dev/full');
    terminal.type(/Type (deny \S+) to confirm it/.exec(await terminal.asked())?.[1] ?? '');
    const { code, words } = await terminal.ended();
    expect(words).toMatch(
      /It was carried out \(decision [\w-]{22}\), but standard output could not be written \(ENOSPC\)\. $/,
    );
    expect(code).toBe(4);
    expect(sandbox.record).toMatchObject([{ verdict: 'deny', effect: 'applied' }]);
  });

  test('approve that was left tells that nothing was done, with exit code 1', async () => {
    const terminal = atTerminal(['approve', `acme-abr/${idOf('abr-cmd')}`], env, 80, '> /dev/full');
    await terminal.asked();
    terminal.press('\r');
    const { code, words } = await terminal.ended();
    expect(words).toContain(`Nothing was carried out, and ${NOT_WRITTEN}`);
    expect(code).toBe(1);
    expect(sandbox.record).toEqual([]);
  });

  test('a decision that is carried back tells what was done, with exit code 4', async () => {
    const decided = ['--reason', 'No.', '--countersigned-by', 'Kim Approver', '--ticket', 'INC1', '--json'];
    const { code, stderr } = await into('/dev/full', ['deny', `acme-abr/${idOf('abr-cmd')}`, ...decided]);
    expect(stderr).toMatch(
      /^It was carried out \(decision [\w-]{22}\), but standard output could not be written \(ENOSPC\)\.\n$/,
    );
    expect(code).toBe(4);
    expect(sandbox.record).toMatchObject([{ verdict: 'deny', effect: 'applied' }]);
  });

  test('one that was handled before it was planned tells that nothing was done, with exit code 1', async () => {
    const decided = ['--reason', 'No.', '--countersigned-by', 'Kim Approver', '--ticket', 'INC1'];
    const told = await into('/dev/full', ['deny', `acme-abr/${idOf('abr-denied')}`, ...decided]);
    expect(told).toEqual({ code: 1, stderr: `Nothing was carried out, and ${NOT_WRITTEN}\n` });
    expect(sandbox.record).toEqual([]);
  });

  test('decisions as lines end after the one that could not be told', async () => {
    const line = (name: string) =>
      `${JSON.stringify({ request: `acme-abr/${idOf(name)}`, verdict: 'deny', countersignedBy: 'Kim Approver', ticket: 'INC1', reason: 'No.' })}\n`;
    const { code, stderr } = await into('/dev/full', ['deny', '-'], { input: line('abr-cmd') + line('abr-obsidian') });
    expect(stderr).toMatch(
      /^Line 1: It was carried out \(decision [\w-]{22}\), but standard output could not be written \(ENOSPC\)\. No line after it was begun\.\n$/,
    );
    expect(code).toBe(4);
    expect(sandbox.record).toHaveLength(1);
  });

  test('pull prints all of it again', async () => {
    expect(await into('/dev/full', ['pull'])).toEqual({
      code: 1,
      stderr:
        'Standard output could not be written to the end (ENOSPC). What was not taken is printed again by the next pull.\n',
    });
    expect(await pulledLines()).toBe(await pulledLines({ COUNTERSIGN_STATE_DIR: temporaryFolder() }));
  });
});

test.runIf(HAS_TERMINALS)(
  'a ledger that can not be written any more: whoever leaves is told that nothing was sent',
  async () => {
    const preloaded = path.join(temporaryFolder(), 'preload.cjs');
    writeFileSync(
      preloaded,
      `process.on('SIGUSR2', () => {
      require('node:child_process').execFileSync('prlimit', ['--pid', String(process.pid), '--fsize=0']);
      process.stderr.write('full> ');
    });`,
    );
    const reference = `acme-abr/${idOf('abr-cmd')}`;
    const terminal = atTerminal(['approve', reference], { ...env, NODE_OPTIONS: `--require ${preloaded}` });
    await terminal.asked();
    await terminal.signal('SIGUSR2');
    await terminal.asked();
    terminal.press('\r');
    const { code, words } = await terminal.ended();
    expect(words).toMatch(
      /Nothing was sent; the plan could not be closed, and ends by itself at \d{4}-\d\d-\d\dT[\d:.]+Z\. $/,
    );
    expect(code).toBe(3);
    expect(sandbox.record).toEqual([]);
  },
);

/** A file of the greatest length that `ulimit` allows, but for a few bytes. */
const LIMIT = 8 * 1024 * 1024;
const LIMITED = { before: `ulimit -f ${LIMIT / 512}` };

describe.runIf(HAS_TERMINALS)('a disk that has room for a part only', () => {
  function almostFull() {
    const file = path.join(temporaryFolder(), 'out');
    writeFileSync(file, '');
    truncateSync(file, LIMIT - 101);
    appendFileSync(file, '\n');
    return { file, added: () => readFileSync(file).subarray(LIMIT - 100) };
  }

  test('pull does not take that for all of it', async () => {
    const { file, added } = almostFull();
    expect(await into(file, ['pull'], LIMITED)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Standard output could not be written to the end (EFBIG).'),
    });
    // Taken back, so that the repeat is not glued to a part.
    expect(added()).toHaveLength(0);
    expect(await pulledLines()).toBe(await pulledLines({ COUNTERSIGN_STATE_DIR: temporaryFolder() }));
  });

  test('nor does list', async () => {
    const { file } = almostFull();
    expect(await into(file, ['list', '--json'], LIMITED)).toEqual({
      code: 1,
      stderr: 'Standard output could not be written to the end (EFBIG).\n',
    });
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import * as sqlite from 'node:sqlite';
import { openLedger } from '@countersign/shared/ledger';
import { startSandbox } from '@countersign/shared/sandbox';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { preload } from '../../robustness/preload.ts';
import { accountsOf, buildIfMissing, countersign, MAIN, temporaryFolder } from './command.ts';
import { parseCsv } from './parse-csv.ts';

beforeAll(buildIfMissing);

/** The command over an empty sandbox, as a process that a test can talk to; its timers are in a hurry. */
async function open() {
  const sandbox = await startSandbox({ population: 'empty' });
  onTestFinished(() => sandbox.close());
  const state = path.join(temporaryFolder(), 'state');
  const env = { ...accountsOf(sandbox), COUNTERSIGN_STATE_DIR: state };
  /** @param largest the size that no file of the process grows beyond, in blocks of 512 bytes */
  const start = (
    args: readonly string[],
    stdout: 'pipe' | number = 'pipe',
    largest: number | 'unlimited' = 'unlimited',
  ) => {
    const command = [process.execPath, MAIN, 'pull', ...args];
    const [program, ...rest] =
      largest === 'unlimited' ? command : ['/bin/sh', '-c', `ulimit -f ${largest} && exec "$@"`, 'sh', ...command];
    const child = spawn(program ?? '', rest, {
      env: { ...env, ...preload(temporaryFolder()) },
      stdio: ['ignore', stdout, 'pipe'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let printed = '';
    let said = '';
    const listeners = new Set<() => void>();
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk;
      for (const heard of listeners) heard();
    });
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      for (const heard of listeners) heard();
    });
    return {
      child,
      printed: () => printed,
      said: () => said,
      ended: once(child, 'close') as Promise<[number | null]>,
      /** Resolves once this is true of what it has written. */
      until: (isSo: () => boolean) =>
        new Promise<void>((resolve) => {
          const heard = () => {
            if (!isSo()) return;
            listeners.delete(heard);
            resolve();
          };
          listeners.add(heard);
          heard();
        }),
    };
  };
  return { sandbox, state, start, once: (...args: readonly string[]) => countersign(['pull', ...args], env) };
}

describe('a pull that stays', () => {
  test('prints what comes, says what fails and when it works again, and ends when it is told to', async () => {
    const { sandbox, start } = await open();
    sandbox.arrive({ vendor: 'admin-by-request' });
    const { child, printed, said, until, ended } = start(['--every', '10s', '--account', 'acme-abr']);
    await until(() => printed().split('\n').length === 2);
    const stop = sandbox.faults.add({ do: { kind: 'status', status: 401 } });
    await until(() => said().includes('refused the API key'));
    expect(said()).toMatch(/^acme-abr: Admin By Request refused the API key \(401\)\./);
    sandbox.arrive({ vendor: 'admin-by-request' });
    stop();
    await until(() => said().includes('acme-abr could be read again.\n') && printed().split('\n').length === 3);
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(printed().split('\n')).toHaveLength(3);
  });

  test('in the middle of a reading ends after what it has read, and loses nothing', async () => {
    const { sandbox, start, once: pull } = await open();
    for (let request = 0; request < 1_100; request += 1) sandbox.arrive({ vendor: 'admin-by-request' });
    const stop = sandbox.faults.add({ when: { path: '/requests' }, after: 1, do: { kind: 'hang' } });
    const { child, printed, said, until, ended } = start(['--account', 'acme-abr']);
    await until(() => printed().split('\n').length > 1000);
    child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
    expect(said()).toBe('');
    stop();
    const rest = await pull();
    const references = `${printed()}${rest.stdout}`.match(/"request":"[^"]+"/g);
    expect(references).toHaveLength(1100);
    expect(new Set(references).size).toBe(1100);
  });

  test('is not combined with acknowledging', async () => {
    const { once: pull } = await open();
    expect(await pull('--every', '60s', '--ack')).toMatchObject({ code: 2, stdout: '' });
    expect(await pull('--every', '5s')).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('standard output', () => {
  test('that nobody reads any more has taken nothing', async () => {
    const { sandbox, start, once: pull } = await open();
    for (let request = 0; request < 300; request += 1) sandbox.arrive({ vendor: 'admin-by-request' });
    const { child, said, ended } = start([]);
    child.stdout?.destroy();
    expect(await ended).toEqual([1, null]);
    expect(said()).toBe(
      'Standard output could not be written to the end (EPIPE). What was not taken is printed again by the next pull.\n',
    );
    expect((await pull()).stdout.split('\n')).toHaveLength(301);
  });

  test('may be a file', async () => {
    const { sandbox, start, once: pull } = await open();
    sandbox.arrive({ vendor: 'admin-by-request' });
    const file = path.join(temporaryFolder(), 'requests.jsonl');
    const handle = openSync(file, 'a');
    expect(await start([], handle).ended).toEqual([0, null]);
    closeSync(handle);
    expect(readFileSync(file, 'utf8')).toMatch(/^\{"seq":\d+,.*\}\n$/);
    expect((await pull()).stdout).toBe('');
  });

  // What a full disk does, too: of what is written last a part is taken, without an error.
  const BLOCKS = 4096;
  const BEFORE = '\n'.repeat(BLOCKS * 512 - 100);
  const NOT_TO_THE_END =
    'Standard output could not be written to the end (EFBIG). What was not taken is printed again by the next pull.\n';

  test.runIf(process.platform === 'linux')('that has room for a part of a line only has taken nothing', async () => {
    const { sandbox, start, once: pull } = await open();
    sandbox.arrive({ vendor: 'admin-by-request' });
    const file = path.join(temporaryFolder(), 'requests.jsonl');
    writeFileSync(file, BEFORE);
    const handle = openSync(file, 'a');
    const { said, ended } = start([], handle, BLOCKS);
    expect(await ended).toEqual([1, null]);
    closeSync(handle);
    expect(said()).toBe(NOT_TO_THE_END);
    expect(statSync(file).size).toBe(BEFORE.length);
    expect((await pull()).stdout).toMatch(/^\{"seq":\d+,.*\}\n$/);
  });

  test.skipIf(process.platform === 'win32')(
    'that several pulls write one after the other, opened by ">", has no hole after such a part',
    async () => {
      const { sandbox, start } = await open();
      const request = sandbox.arrive({ vendor: 'admin-by-request' });
      const file = path.join(temporaryFolder(), 'requests.jsonl');
      const handle = openSync(file, 'w');
      writeSync(handle, BEFORE);
      const { said, ended } = start([], handle, BLOCKS);
      expect(await ended).toEqual([1, null]);
      expect(said()).toBe(NOT_TO_THE_END);
      expect(await start([], handle).ended).toEqual([0, null]);
      closeSync(handle);
      const [part, line, ...rest] = readFileSync(file, 'utf8').slice(BEFORE.length).split('\n');
      expect(part).toHaveLength(100);
      expect(line?.startsWith(`${part}`)).toBe(true);
      expect(JSON.parse(line ?? '')).toMatchObject({ request: `acme-abr/${request}` });
      expect(rest).toEqual(['']);
    },
  );

  const ENDS = [
    ['in the middle of a line', '{"seq":1,"requ', '{"seq":1,"requ\n'],
    ['with a line', '{"seq":1}\n', '{"seq":1}\n'],
    ['before it began', '', ''],
  ] as const;

  test.each(ENDS)('that ended %s when a pull was killed goes on with a line', async (_, left, begins) => {
    const { sandbox, start, once: pull } = await open();
    sandbox.arrive({ vendor: 'admin-by-request' });
    const { stdout } = await pull('--ack');
    const file = path.join(temporaryFolder(), 'requests.jsonl');
    writeFileSync(file, left);
    const handle = openSync(file, 'a');
    expect(await start([], handle).ended).toEqual([0, null]);
    closeSync(handle);
    expect(readFileSync(file, 'utf8')).toBe(`${begins}${stdout}`);
  });

  test.each(ENDS)('that ended %s does so too where this account has nothing left over', async (_, left, begins) => {
    const { sandbox, start } = await open();
    const file = path.join(temporaryFolder(), 'requests.jsonl');
    writeFileSync(file, left);
    const handle = openSync(file, 'a');
    expect(await start(['--account', 'acme-abr'], handle).ended).toEqual([0, null]);
    expect(readFileSync(file, 'utf8')).toBe(left);
    const request = sandbox.arrive({ vendor: 'admin-by-request' });
    expect(await start(['--account', 'acme-abr'], handle).ended).toEqual([0, null]);
    closeSync(handle);
    const text = readFileSync(file, 'utf8');
    expect(text.slice(0, begins.length)).toBe(begins);
    expect(JSON.parse(text.slice(begins.length))).toMatchObject({ request: `acme-abr/${request}` });
  });
});

/** Another process. */
function otherOver(state: string) {
  const options = { folder: state, sqlite, busyTimeoutMs: 1000, retryForMs: 5000 };
  const other = openLedger({ ...options, now: Date.now, warn: () => undefined });
  onTestFinished(() => other.close());
  return other;
}

test('an account that another process pulls is left out, and said to be', async () => {
  const { sandbox, state, once: pull } = await open();
  const request = sandbox.arrive({ vendor: 'threatlocker' });
  sandbox.arrive({ vendor: 'admin-by-request' });
  const other = otherOver(state);
  await other.takeTurn('pull acme-abr', 60_000);
  const { code, stdout, stderr } = await pull();
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: 'acme-abr is being pulled by another process, so it is left out here.\n',
  });
  expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  expect(stdout).toContain(request);
  await other.endTurn('pull acme-abr');
  expect((await pull()).stdout).toContain('"account":"acme-abr"');
});

test('with --ack nothing is printed or acknowledged while another process pulls one of the accounts', async () => {
  const { sandbox, state, once: pull } = await open();
  sandbox.arrive({ vendor: 'threatlocker' });
  sandbox.arrive({ vendor: 'admin-by-request' });
  const first = await pull('--ack');
  const last = JSON.parse(first.stdout.trimEnd().split('\n').at(-1) ?? '') as { readonly seq: number };
  const other = otherOver(state);
  await other.takeTurn('pull acme', 60_000);
  expect(await pull('--ack', `${last.seq}`)).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'acme is being pulled by another process. What is acknowledged is acknowledged for all accounts at once, so nothing was acknowledged, and nothing is printed. Try again later.\n',
  });
  await other.endTurn('pull acme');
  expect((await pull('--ack')).stdout).toBe(first.stdout);
});

test('with --ack a pull that is overtaken ends, so that no line after those that it did not print is printed', async () => {
  const { sandbox, state, once: pull } = await open();
  sandbox.arrive({ vendor: 'threatlocker' });
  sandbox.arrive({ vendor: 'admin-by-request' });
  const other = otherOver(state);
  const overtake = async () => void (await other.beginPull('acme', 'another', null));
  sandbox.faults.add({
    when: { vendor: 'threatlocker', path: '/ApprovalRequest/ApprovalRequestGetByParameters' },
    times: 1,
    do: { kind: 'meanwhile', run: () => void overtake() },
  });
  const { code, stdout, stderr } = await pull('--ack');
  expect({ code, stdout, stderr }).toEqual({
    code: 1,
    stdout: '',
    stderr: 'acme is being pulled by another process too, which goes on; this one ends with it.\n',
  });
});

describe('CSV', () => {
  test('has a header, a record for each line, and no cell that a spreadsheet would take for a formula', async () => {
    const { sandbox, once: pull } = await open();
    for (const reason of ['=HYPERLINK("http://x.example")', '+1', '-1', '@SUM(A1)', '\t=1', 'plain, "quoted"']) {
      sandbox.arrive({ vendor: 'admin-by-request', reason });
    }
    const { code, stdout } = await pull('--format', 'csv', '--findings');
    expect(code).toBe(0);
    const [header, ...records] = stdout.split('\r\n');
    expect(header).toMatch(/^seq,request,event,at,account,provider,kind,status,/);
    expect(records).toHaveLength(7);
    for (const record of records) expect(record).not.toMatch(/(^|,)"?[=+@\t-]/);
    expect(stdout).toContain('"\'=HYPERLINK(""http://x.example"")"');
    expect(stdout).toContain('"plain, ""quoted"""');
  });

  test("holds what the vendor's portal shows, and a reason of several lines in one", async () => {
    const { sandbox, once: pull } = await open();
    sandbox.arrive({
      vendor: 'admin-by-request',
      reason: 'one\n\ntwo',
      user: { fullName: '=Ben' },
      settingsName: 'Finance',
      traceNo: '46142793',
    });
    const { stdout } = await pull('--format', 'csv');
    expect(stdout.split(/\r?\n/)).toHaveLength(3);
    const [header = [], record = []] = parseCsv(stdout);
    const cells = Object.fromEntries(header.map((name, index) => [name, record[index]]));
    expect(cells).toMatchObject({
      requesterName: "'=Ben",
      reason: 'one two',
      policy: 'Finance',
      traceNo: '46142793',
      links: expect.stringMatching(/^VirusTotal: https:\S+, Audit log in the Admin By Request portal: https:\S+$/),
    });
  });

  test('is made of a line from before it had so many cells', async () => {
    const { state, once: pull } = await open();
    await pull();
    const other = otherOver(state);
    const { revision = 0 } = (await other.pull('acme')) ?? {};
    const line = { request: 'acme/1', event: 'pending', at: '2026-11-20T08:00:00.000Z', requester: 'r', reason: 'why' };
    await other.keepPulled('acme', { revision, told: [], seen: [], gone: [], lines: [JSON.stringify(line)] });
    const { code, stdout, stderr } = await pull('--format', 'csv');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\r\n')[1]).toMatch(/^\d+,acme\/1,pending,2026-11-20T08:00:00\.000Z,,+r,,+why,+$/);
  });

  test('of a request that is gone has its first cells alone', async () => {
    const { sandbox, once: pull } = await open();
    const id = sandbox.arrive({ vendor: 'threatlocker' });
    await pull();
    sandbox.remove('threatlocker', id);
    const { stdout } = await pull('--format', 'csv');
    expect(stdout.split('\r\n')[1]).toMatch(new RegExp(`^\\d+,acme/${id},gone,[^,]+,acme,threatlocker,+$`));
  });
});

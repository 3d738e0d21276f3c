import path from 'node:path';
import { type Sandbox, type SandboxOptions, startSandbox } from '@countersign/shared/sandbox';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { accountsOf, buildIfMissing, countersign, type Ended, temporaryFolder } from './command.ts';

beforeAll(buildIfMissing);

interface Line {
  readonly seq: number;
  readonly request: string;
  readonly event: string;
  readonly at: string;
  readonly account: string;
  readonly status?: string;
  readonly findings?: readonly { readonly id: string }[];
}

interface Pulled extends Ended {
  readonly lines: readonly Line[];
}

/** A sandbox, and the command as a job runs it: with one state folder over all of its runs. */
async function open(options: SandboxOptions = { population: 'empty' }) {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());
  const env = { ...accountsOf(sandbox), COUNTERSIGN_STATE_DIR: path.join(temporaryFolder(), 'state') };
  const pull = async (...args: readonly string[]): Promise<Pulled> => {
    const ended = await countersign(['pull', ...args], env);
    return {
      ...ended,
      lines: ended.stdout
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Line),
    };
  };
  return { sandbox, env, pull };
}

const arrive = (sandbox: Sandbox, vendor: 'threatlocker' | 'admin-by-request', draft = {}) =>
  `${vendor === 'threatlocker' ? 'acme' : 'acme-abr'}/${sandbox.arrive({ vendor, ...draft })}`;
const told = ({ lines }: Pulled) => lines.map(({ event, request, status }) => ({ event, request, status }));

describe('a pull', () => {
  test('prints first all that the vendors have, then what came, then nothing', async () => {
    const { sandbox, pull } = await open({});
    const first = await pull();
    expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: '' });
    const references = first.lines.map(({ request }) => request);
    for (const { vendor, id } of sandbox.requests) {
      expect(references).toContain(`${vendor === 'threatlocker' ? 'acme' : 'acme-abr'}/${id}`);
    }
    expect(new Set(references).size).toBe(references.length);
    const arrived = [arrive(sandbox, 'threatlocker'), arrive(sandbox, 'admin-by-request')];
    expect(told(await pull())).toEqual(arrived.map((request) => ({ event: 'pending', request, status: 'pending' })));
    expect(await pull()).toMatchObject({ code: 0, stdout: '', stderr: '' });
  });

  test('tells what was decided, and by whom, and that a request is gone only after it was asked for', async () => {
    const { sandbox, pull } = await open();
    const [approved, denied] = [arrive(sandbox, 'threatlocker'), arrive(sandbox, 'admin-by-request')];
    const gone = arrive(sandbox, 'threatlocker');
    await pull();
    sandbox.rivalDecides('threatlocker', approved.slice(5), 'approve');
    sandbox.rivalDecides('admin-by-request', denied.slice(9), 'deny');
    sandbox.remove('threatlocker', gone.slice(5));
    const before = sandbox.calls.length;
    const { lines } = await pull();
    expect(lines).toEqual([
      expect.objectContaining({ event: 'changed', request: approved, status: 'approved' }),
      {
        seq: expect.any(Number),
        event: 'gone',
        request: gone,
        at: expect.any(String),
        account: 'acme',
        provider: 'threatlocker',
      },
      expect.objectContaining({
        event: 'changed',
        request: denied,
        status: 'denied',
        decided: { by: 'Robin Rival', at: null, reason: 'Decided in the portal.' },
      }),
    ]);
    const asked = sandbox.calls.slice(before).filter(({ url }) => url.includes(gone.slice(5)));
    expect(asked.length).toBeGreaterThan(0);
  });

  test('prints the request as show does, cleaned, with the contact that a person at a terminal sees', async () => {
    const { sandbox, pull } = await open();
    arrive(sandbox, 'admin-by-request', {
      reason: 'a\u001b]0;owned\u0007b\u202ec\r\nd',
      user: { email: 'x\u202ey@z.example' },
    });
    const { stdout, lines } = await pull();
    for (const hidden of ['\\u001b', '\\u0007', '\u001b', '\u202e']) expect(stdout).not.toContain(hidden);
    expect(lines[0]).toMatchObject({
      kind: 'run-as-admin',
      reason: 'abc\nd',
      subject: { scan: 'clean' },
      contact: { email: 'xy@z.example' },
    });
  });

  test("prints what the vendor's portal shows: full name, settings, trace number, links, the whole reason", async () => {
    const { sandbox, pull } = await open();
    arrive(sandbox, 'admin-by-request', {
      reason: `${'For the yearly report. '.repeat(80)}\r\nKim knows.${'x'.repeat(300)}`,
      user: { account: 'NORTHWIND\\bc17', fullName: 'Ben\u202e Carter' },
      settingsName: 'Finance\u0007',
      traceNo: '46142793',
    });
    arrive(sandbox, 'threatlocker', { file: { policyName: 'Default Deny' } });
    const { lines, stdout } = await pull('--account', 'acme-abr');
    expect(lines[0]).toMatchObject({
      requester: 'NORTHWIND\\bc17',
      requesterName: 'Ben Carter',
      reason: expect.stringMatching(/^(For the yearly report\. ?){80}\nKim knows\.x+… \(\+\d+ characters\)$/),
      policy: 'Finance',
      traceNo: '46142793',
      links: [
        { label: 'VirusTotal', url: expect.stringMatching(/^https:/) },
        { label: 'Audit log in the Admin By Request portal', url: expect.stringMatching(/^https:/) },
      ],
    });
    expect(stdout.match(/\n/g)).toHaveLength(1);
    expect((await pull('--account', 'acme')).lines[0]).toMatchObject({
      policy: 'Default Deny',
      traceNo: null,
      links: [],
    });
  });

  test('tells what stands out in what waits, where that is asked for', async () => {
    const { sandbox, pull } = await open();
    arrive(sandbox, 'admin-by-request', { application: { scanResult: 'Malicious', scanResultCode: 1 } });
    arrive(sandbox, 'admin-by-request', { statusCode: 3 });
    const { lines } = await pull('--findings');
    expect(lines.map((line) => line.findings?.map(({ id }) => id).includes('scan-malicious'))).toEqual([
      true,
      undefined,
    ]);
  });

  test('costs one page of each where nothing happened', async () => {
    const { sandbox, pull } = await open();
    arrive(sandbox, 'admin-by-request');
    await pull();
    const before = sandbox.calls.length;
    await pull('--account', 'acme-abr');
    expect(sandbox.calls.slice(before).map(({ path }) => path)).toEqual(['/whoami', '/auditlog/delta', '/requests']);
  });
});

describe('a line', () => {
  test('is printed again, letter for letter, until it was acknowledged', async () => {
    const { sandbox, pull } = await open();
    for (let number = 0; number < 3; number += 1) arrive(sandbox, 'admin-by-request');
    const first = await pull('--ack');
    const [, second, third] = first.lines.map(({ seq }) => `${seq}`);
    expect(first.stderr).toBe(
      `3 lines are printed again until you say that they have arrived: countersign pull --ack ${third}\n`,
    );
    expect((await pull('--ack')).stdout).toBe(first.stdout);
    const after = await pull('--ack', `${second}`);
    expect(after.stdout).toBe(`${first.stdout.split('\n')[2]}\n`);
    expect(await pull('--ack', `${third}`)).toMatchObject({ code: 0, stdout: '', stderr: '' });
    // A job says it again until a line comes that it can say instead.
    expect(await pull('--ack', `${third}`)).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect((await pull()).stdout).toBe('');
  });

  test.each([
    ['was lost', 1_700_000_000_000, ''],
    [
      'was written while the clock was ahead',
      4_000_000_000_000,
      "None of these accounts' lines has the number 4000000000000, so nothing was acknowledged, and all that waits is printed again. If it is another ledger's, as after a loss, nothing needs to be done; otherwise give the last line's \"seq\".\n",
    ],
  ])('is printed to a receiver that acknowledges a line of a ledger that %s', async (_, stale, said) => {
    const { sandbox, pull } = await open();
    arrive(sandbox, 'threatlocker');
    arrive(sandbox, 'admin-by-request');
    const first = await pull('--ack');
    const { code, stdout, stderr } = await pull('--ack', `${stale}`);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: first.stdout, stderr: `${said}${first.stderr}` });
    expect(await pull('--ack', `${first.lines[1]?.seq}`)).toMatchObject({ code: 0, stdout: '', stderr: '' });
  });

  test('of an account is not acknowledged by a receiver of another', async () => {
    const { sandbox, pull } = await open();
    arrive(sandbox, 'threatlocker');
    arrive(sandbox, 'admin-by-request');
    const first = await pull('--ack', '--account', 'acme');
    const second = await pull('--ack', '--account', 'acme-abr');
    const seq = `${second.lines[0]?.seq}`;
    expect(second.stderr).toBe(
      `1 line is printed again until you say that it has arrived: countersign pull --account acme-abr --ack ${seq}\n`,
    );
    await pull('--ack', seq, '--account', 'acme-abr');
    expect((await pull('--ack')).stdout).toBe(first.stdout);
    expect(second.lines).toHaveLength(1);
  });
});

describe('an account', () => {
  test('that can not be read takes no other with it', async () => {
    const { sandbox, pull } = await open();
    sandbox.faults.add({ when: { vendor: 'threatlocker' }, do: { kind: 'status', status: 401 } });
    const request = arrive(sandbox, 'admin-by-request');
    const { code, lines, stderr } = await pull();
    expect({ code, lines: lines.map((line) => line.request) }).toEqual({ code: 1, lines: [request] });
    expect(stderr).toMatch(/^acme: ThreatLocker.*\n$/);
  });

  test('that nobody has is named', async () => {
    const { pull } = await open();
    expect(await pull('--account', 'acne')).toMatchObject({ code: 2, stdout: '' });
  });

  test('is told from --since on, the first time', async () => {
    const { sandbox, pull } = await open();
    arrive(sandbox, 'threatlocker', { minutesAgo: 3 * 24 * 60 });
    arrive(sandbox, 'admin-by-request', { minutesAgo: 3 * 24 * 60 });
    const since = new Date(Date.now() - 2 * 24 * 3_600_000).toISOString().slice(0, 10);
    const later = [arrive(sandbox, 'threatlocker'), arrive(sandbox, 'admin-by-request')];
    expect((await pull('--since', since)).lines.map(({ request }) => request)).toEqual(later);
    expect((await pull()).lines).toEqual([]);
  });
});

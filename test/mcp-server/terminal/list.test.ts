import { type Sandbox, type SandboxOptions, startSandbox } from '@countersign/shared/sandbox';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { KEY_VARIABLE, TOKEN_VARIABLE } from '../../support/world.ts';
import { accountsOf, buildIfMissing, countersign, temporaryFolder } from './command.ts';

beforeAll(buildIfMissing);

/** An address at which nothing listens any more. */
async function closedEndpoint(): Promise<string> {
  const gone = await startSandbox({ population: 'empty' });
  await gone.close();
  return gone.threatLocker.url;
}

async function open(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());
  return sandbox;
}

const lineOf = (text: string, part: string) => text.split('\n').find((line) => line.includes(part)) ?? '';

describe('a queue that was read', () => {
  test('shows every request of every account, oldest first, with the reference to name it by', async () => {
    const sandbox = await open();
    const { code, stdout, stderr } = await countersign(['list'], accountsOf(sandbox));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('27 requests wait, oldest first.');
    for (const { name, vendor, id } of sandbox.requests) {
      const isOpen = !/approved|denied|finished|expired$/.test(name);
      expect(stdout.includes(`${vendor === 'threatlocker' ? 'acme' : 'acme-abr'}/${id}`), name).toBe(isOpen);
    }
    const order = ['escalated-customer', 'vague-linux', 'acrobat-install', 'injection'].map((name) =>
      stdout.indexOf(sandbox.id(name)),
    );
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  test('a row names file, kind, computer, organization and requester, and under them status, findings and reason', async () => {
    const sandbox = await open();
    const { stdout } = await countersign(['list', '--text', 'netscan64'], accountsOf(sandbox));
    const lines = stdout.split('\n');
    const row = lines.findIndex((line) => line.includes('netscan64.exe'));
    expect(lines[row]).toMatch(
      /^8 h +application +netscan64\.exe +FAB-LT-031 · Fabrikam Logistics +FABRIKAM\\eva\.horvat$/,
    );
    const reference = `acme/${sandbox.id('escalated-msp')}`;
    expect(lines[row + 1]).toBe(`  ${reference}  escalated, "Network test for the ISP"`);
    expect(lines[row + 2]).toBe('  caution unsigned, user-writable-path, network-or-password-tool');
    expect(stdout).toContain('1 of 27 requests wait');
  });

  test('says SANDBOX beside every account that points at one', async () => {
    const { stdout } = await countersign(['list', '--limit', '1'], accountsOf(await open()));
    expect(lineOf(stdout, 'acme ')).toBe('acme      SANDBOX ThreatLocker: 19 wait');
    expect(lineOf(stdout, 'acme-abr ')).toBe('acme-abr  SANDBOX Admin By Request: 8 wait');
  });

  test('says how many more there are than --limit shows', async () => {
    const { stdout } = await countersign(['list', '--limit', '2'], accountsOf(await open()));
    expect(stdout).toContain('The first 2 are shown; --limit 27 shows all.');
    expect(stdout.match(/acme(-abr)?\/\w/g)).toHaveLength(2);
  });

  test('puts requests for one file under one heading, whichever vendor they came from', async () => {
    const sandbox = await open();
    const { stdout } = await countersign(['list', '--group-by', 'file', '--text', 'obsidian'], accountsOf(sandbox));
    expect(stdout).toContain('Obsidian.exe (4, the same SHA-256)');
    expect(stdout).toContain(`acme-abr/${sandbox.id('abr-obsidian')}`);
  });

  test('prints no escape sequence into a pipe', async () => {
    const { stdout } = await countersign(['list'], { ...accountsOf(await open()), FORCE_COLOR: '1' });
    expect(stdout).not.toContain('\u001b');
  });

  test('a name with control characters reaches the terminal without them', async () => {
    const sandbox = await open({ population: 'empty' });
    sandbox.arrive({ vendor: 'admin-by-request', reason: 'a\u001b]0;owned\u0007b\u202ec\r\nd' });
    const { stdout } = await countersign(['list'], accountsOf(sandbox));
    expect(stdout).toContain('"abc d"');
  });

  test('"Nothing waits." stands there when all accounts were read whole, and only then', async () => {
    const sandbox = await open({ population: 'empty' });
    expect(await countersign(['list'], accountsOf(sandbox))).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Nothing waits\.$/m),
    });
    const failing = await countersign(['list'], accountsOf(sandbox, {}, { [KEY_VARIABLE]: 'not-the-key' }));
    expect(failing.code).toBe(1);
    expect(failing.stdout).not.toContain('Nothing waits.');
    expect(failing.stdout).toContain('Nothing waits in what could be read.');
  });

  test('what a server will not list is noted, and the queue no longer counts as read whole', async () => {
    const sandbox = await open({ population: 'empty', threatLocker: { escalatedStatuses: 'refused' } });
    const { stdout } = await countersign(['list'], accountsOf(sandbox));
    expect(stdout).toContain('Note: This ThreatLocker server does not list requests with status 13 (escalated)');
    expect(stdout).toContain('Nothing waits in what could be read.');
  });

  test('a filter that fits nothing is not an empty queue', async () => {
    const { stdout } = await countersign(['list', '--text', 'no such file'], accountsOf(await open()));
    expect(stdout).toContain('Nothing that waits fits what you asked for; 27 requests wait in all.');
  });
});

describe('--json', () => {
  test('prints total, requests, groups and the state of every source', async () => {
    const sandbox = await open();
    const args = ['list', '--json', '--kind', 'elevation', '--group-by', 'organization', '--limit', '1'];
    const { code, stdout } = await countersign(args, accountsOf(sandbox));
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      total: 2,
      requests: [expect.objectContaining({ request: `acme/${sandbox.id('elevate-assigned')}`, kind: 'elevation' })],
      groups: [
        expect.objectContaining({ by: 'organization', label: 'Fabrikam Rotterdam Depot', count: 1 }),
        expect.objectContaining({ by: 'organization', label: 'Contoso Dental Group', count: 1 }),
      ],
      sources: [
        { account: 'acme', state: 'ready', at: expect.stringMatching(/Z$/) },
        { account: 'acme-abr', state: 'ready', at: expect.stringMatching(/Z$/) },
      ],
    });
  });

  test('an account that failed is in the sources with its error', async () => {
    const env = accountsOf(await open(), {}, { [TOKEN_VARIABLE]: 'not-the-token' });
    const { code, stdout } = await countersign(['list', '--json'], env);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      total: 8,
      sources: [
        { account: 'acme', state: 'signed-out', error: { kind: 'auth', message: expect.any(String) } },
        { account: 'acme-abr', state: 'ready' },
      ],
    });
  });
});

describe('an account that fails beside one that works', () => {
  test.each([
    {
      name: 'a bad token',
      fault: async () => accountsOf(await open(), {}, { [TOKEN_VARIABLE]: 'not-the-token' }),
      account: 'acme',
      words: /the secret is missing or refused\. .*token/,
      others: '8 wait',
    },
    {
      name: 'a secret that is not set',
      fault: async () => accountsOf(await open(), { adminByRequest: { apiKey: { env: 'NOT_SET' } } }),
      account: 'acme-abr',
      words: /The environment variable NOT_SET is not set; set it\./,
      others: '19 wait',
    },
    {
      name: 'a refused connection',
      fault: async () => {
        const sandbox = await open();
        return accountsOf(sandbox, { threatLocker: { endpoint: await closedEndpoint() } });
      },
      account: 'acme',
      words: /No connection to 127\.0\.0\.1:\d+ \(ECONNREFUSED\).*Is the sandbox running\?/,
      others: '8 wait',
    },
    {
      name: 'an HTML page',
      fault: async () => {
        const sandbox = await open();
        sandbox.faults.add({ when: { vendor: 'admin-by-request' }, do: { kind: 'htmlPage', status: 200 } });
        return accountsOf(sandbox);
      },
      account: 'acme-abr',
      words: /web page|HTML/,
      others: '19 wait',
    },
    {
      name: 'a wrong data centre',
      fault: async () => accountsOf(await open({ adminByRequest: { dataCenter: 'wrong' } })),
      account: 'acme-abr',
      words: /check that the data centre of account "acme-abr" is dc1/,
      others: '19 wait',
    },
  ])(
    '$name: one sentence that says what to do, the other queue, and exit code 1',
    async ({ fault, account, words, others }) => {
      const { code, stdout, stderr } = await countersign(['list', '--limit', '1'], await fault());
      expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
      const failed = lineOf(stdout, 'NOT READ');
      expect(failed.startsWith(`${account} `)).toBe(true);
      expect(failed).toMatch(words);
      expect(stdout.split('NOT READ')).toHaveLength(2);
      expect(stdout).toContain(others);
      expect(stdout).toContain('in what could be read, oldest first');
    },
  );

  test('when every account fails, nothing is said of what waits', async () => {
    const env = accountsOf(await open(), {}, { [TOKEN_VARIABLE]: 'no', [KEY_VARIABLE]: 'no' });
    const { code, stdout } = await countersign(['list'], env);
    expect(code).toBe(1);
    expect(stdout).toContain('No account could be read, so it is not known what waits.');
    expect(stdout).not.toContain('Nothing waits');
  });

  test('no output holds a secret', async () => {
    const secret = 'tok-0123456789abcdef';
    const env = accountsOf(await open(), {}, { [TOKEN_VARIABLE]: secret });
    for (const command of [['list'], ['list', '--json'], ['doctor'], ['doctor', '--json']]) {
      const { stdout, stderr } = await countersign(command, env);
      expect(stdout + stderr).not.toContain(secret);
    }
  });
});

describe('an account that could be read before and fails now', () => {
  /** A person who listed the queues before ThreatLocker failed. */
  async function listedBefore(options: SandboxOptions = {}): Promise<Record<string, string>> {
    const sandbox = await open(options);
    const env = { ...accountsOf(sandbox), COUNTERSIGN_STATE_DIR: temporaryFolder() };
    expect(await countersign(['list'], env)).toMatchObject({ code: 0, stderr: '' });
    sandbox.faults.add({ when: { vendor: 'threatlocker' }, do: { kind: 'htmlPage', status: 400 } });
    return env;
  }

  test('its requests are shown with their age, the account says why, and the exit code is 1', async () => {
    const { code, stdout, stderr } = await countersign(['list'], await listedBefore());
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(lineOf(stdout, 'acme ')).toMatch(
      /^acme +SANDBOX ThreatLocker: STALE, as of under 1 min ago\. 19 waited then\. It could not be read now: /,
    );
    expect(stdout).toContain(
      '8 requests wait in what could be read; 19 requests waited at an older reading, oldest first.',
    );
    for (const line of stdout.split('\n').filter((text) => /^ {2}acme(-abr)?\//.test(text)))
      expect(line.includes('  as of under 1 min ago'), line).toBe(line.startsWith('  acme/'));
  });

  test('a filter says of which reading its requests are', async () => {
    const env = await listedBefore();
    const summary = async (...args: readonly string[]) =>
      lineOf((await countersign(['list', ...args], env)).stdout, ' first.');
    expect(await summary('--text', 'netscan64')).toBe(
      'Nothing that fits waits in what could be read; 1 request waited at an older reading, oldest first.',
    );
    expect(await summary('--account', 'acme', '--text', 'netscan64')).toBe(
      'No account could be read, so it is not known what waits. 1 of 19 requests waited at an older reading, oldest first.',
    );
    expect((await countersign(['list', '--account', 'acme', '--text', 'no such file'], env)).stdout).toContain(
      'so it is not known what waits. Nothing that waited at an older reading fits what you asked for.',
    );
  });

  test('--json has the state, the error, and on each of its requests the time of the reading', async () => {
    const { code, stdout } = await countersign(['list', '--json'], await listedBefore());
    const { requests, sources } = JSON.parse(stdout);
    expect(code).toBe(1);
    expect(sources).toMatchObject([
      { account: 'acme', state: 'stale', at: expect.any(String), error: { message: expect.any(String) } },
      { account: 'acme-abr', state: 'ready' },
    ]);
    for (const { account, asOf } of requests) expect(asOf).toBe(account === 'acme' ? sources[0].at : undefined);
  });

  test('an empty queue of before is not said to be empty now', async () => {
    const env = await listedBefore({ population: 'empty' });
    const { code, stdout } = await countersign(['list'], env);
    expect(code).toBe(1);
    expect(lineOf(stdout, 'acme ')).toMatch(/STALE, as of .* ago\. 0 waited then\./);
    expect(stdout).not.toMatch(/Nothing waits\.|nothing waits\n.*acme-abr/);
    const alone = await countersign(['list', '--account', 'acme'], env);
    expect(alone.stdout).toContain('No account could be read, so it is not known what waits.');
  });

  test('show says that the same file elsewhere is old knowledge, with exit code 1', async () => {
    const env = await listedBefore();
    const [row = ''] = /acme-abr\/\d+/.exec((await countersign(['list', '--text', 'obsidian'], env)).stdout) ?? [];
    const { code, stdout } = await countersign(['show', row], env);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /The same file is also asked for in\n( {2}acme\/.*\n){3} {2}Looking for the same file elsewhere: acme/,
    );
    expect(stdout).toMatch(/is stale: 19 waited/);
  });

  test('without a folder to keep anything in, list works, and what fails later is not read', async () => {
    const sandbox = await open();
    const accounts = accountsOf(sandbox);
    const env = { ...accounts, COUNTERSIGN_STATE_DIR: accounts['COUNTERSIGN_CONFIG'] ?? '' };
    expect(await countersign(['list'], env)).toMatchObject({ code: 0, stderr: '' });
    sandbox.faults.add({ when: { vendor: 'threatlocker' }, do: { kind: 'htmlPage', status: 400 } });
    const { code, stdout } = await countersign(['list'], env);
    expect(code).toBe(1);
    expect(lineOf(stdout, 'acme ')).toContain('NOT READ.');
  });
});

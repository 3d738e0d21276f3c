import { spawn } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { buildIfMissing, countersign, MAIN, temporaryFolder } from './command.ts';

beforeAll(buildIfMissing);

interface Running {
  /** What was printed until the sandbox could be used. */
  readonly printed: string;
  /** Tells it to stop, and answers how it ended. */
  stop(signal: NodeJS.Signals): Promise<{ readonly code: number | null; readonly printed: string }>;
}

const LAST_LINE = '\n}\n';

/** Runs `countersign sandbox` on free ports until it has said how to use it. */
function startCommand(args: readonly string[], cwd: string): Promise<Running> {
  const child = spawn(process.execPath, [MAIN, 'sandbox', '--port', '0', ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let printed = '';
  child.stdout.setEncoding('utf8');
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (text: string) => {
      printed += text;
      const isWhole = printed.includes('"servers"') || args.includes('--json');
      if (!isWhole || !printed.endsWith(LAST_LINE)) return;
      resolve({
        printed,
        stop: async (signal) => {
          child.kill(signal);
          return { code: await ended, printed };
        },
      });
    });
    void ended.then((code) => reject(new Error(`the sandbox ended with ${code}: ${printed}`)));
  });
}

/** The JSON documents in a text, each of which begins and ends at the margin. */
function documents(text: string): readonly unknown[] {
  return [...text.matchAll(/^\{\n[\s\S]*?^\}$/gm)].map(([document]) => JSON.parse(document) as unknown);
}

interface McpConfiguration {
  readonly servers: {
    readonly 'countersign-sandbox': {
      readonly type: 'stdio';
      readonly command: string;
      readonly args: readonly string[];
      readonly env: Readonly<Record<string, string>>;
    };
  };
}

test('writes an accounts file for its owner alone, with which the other commands work', async () => {
  const folder = temporaryFolder();
  const { printed, stop } = await startCommand(['--write', 'accounts.json'], folder);
  const file = path.join(folder, 'accounts.json');
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);

  const [configuration] = documents(printed) as readonly [McpConfiguration];
  const { command, args, env } = configuration.servers['countersign-sandbox'];
  expect([command, ...args]).toEqual([process.execPath, MAIN, 'mcp']);
  expect(env['COUNTERSIGN_CONFIG']).toBe(file);
  for (const [name, value] of Object.entries(env)) {
    expect(printed).toContain(process.platform === 'win32' ? `$env:${name} = ` : `export ${name}=${value}`);
  }
  // The file refers to secrets and holds none.
  expect(readFileSync(file, 'utf8')).not.toContain(env['SANDBOX_THREATLOCKER_TOKEN']);

  expect(await countersign(['list'], env)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('sandbox-tl   SANDBOX ThreatLocker: 19 wait'),
  });
  expect((await countersign(['doctor'], env)).code).toBe(0);
  expect(await stop('SIGINT')).toMatchObject({ code: 0, printed: expect.stringContaining('The sandbox has ended') });
});

test('writes nothing by itself: the accounts file stands there to be saved', async () => {
  const folder = temporaryFolder();
  const { printed, stop } = await startCommand([], folder);
  const file = path.join(folder, 'sandbox-accounts.json');
  expect(printed).toContain(file);
  expect(statSync(file, { throwIfNoEntry: false })).toBeUndefined();

  const [accounts, configuration] = documents(printed) as readonly [object, McpConfiguration];
  writeFileSync(file, JSON.stringify(accounts));
  const { env } = configuration.servers['countersign-sandbox'];
  expect((await countersign(['list'], env)).code).toBe(0);
  expect((await stop('SIGTERM')).code).toBe(0);
});

test('leaves a file alone that holds something else', async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'accounts.json');
  writeFileSync(file, 'mine');
  const { code, stdout, stderr } = await countersign(['sandbox', '--port', '0', '--write', file]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('exists and holds something else, so it was left alone');
  expect(readFileSync(file, 'utf8')).toBe('mine');
});

test('a port in use is one sentence and exit code 1', async () => {
  const { printed, stop } = await startCommand([], temporaryFolder());
  const [port = ''] = /(?<=ThreatLocker at http:\/\/127\.0\.0\.1:)\d+/.exec(printed) ?? [];
  const { code, stdout, stderr } = await countersign(['sandbox', '--port', port]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^Port \d+ or \d+ is in use.*--port \d+\n$/);
  await stop('SIGTERM');
});

test('--json prints one document, with which a script can use it, and nothing more when it ends', async () => {
  const folder = temporaryFolder();
  const { printed, stop } = await startCommand(['--json', '--write', 'accounts.json'], folder);
  const { accountsFile, environment, accounts, threatLocker } = JSON.parse(printed) as {
    readonly accountsFile: string;
    readonly environment: Readonly<Record<string, string>>;
    readonly accounts: unknown;
    readonly threatLocker: string;
  };
  expect(threatLocker).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(JSON.parse(readFileSync(accountsFile, 'utf8'))).toEqual(accounts);
  expect(environment['COUNTERSIGN_CONFIG']).toBe(accountsFile);
  const { code, stdout } = await countersign(['list', '--json'], environment);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ total: 27 });
  expect(await stop('SIGTERM')).toEqual({ code: 0, printed });
});

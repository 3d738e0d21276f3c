import { type ChildProcess, execFile, spawn } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Host } from '../setup/host.ts';
import type { Folders } from './folders.ts';

const run = promisify(execFile);
const KEEPER = path.join(import.meta.dirname, 'keeper.ts');
const START_TIMEOUT_MS = 60_000;

export interface Server {
  readonly port: number;
  readonly url: string;
  /** What the server and its extension hosts have printed. */
  readonly log: string;
  /** Ends every process and removes the folder. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  readonly host: Host;
  readonly folders: Folders;
  /** Added to the little that the server gets from this process' environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether VS Code asks if the folder is to be trusted. */
  readonly asksForTrust?: boolean;
}

function baseArgs({ host, folders }: ServerOptions): string[] {
  return [
    host.entry,
    ...['--config', path.join(folders.root, 'code-server.yaml')],
    ...['--user-data-dir', folders.userData],
    ...['--extensions-dir', folders.extensions],
  ];
}

function environment({ host, folders, env }: ServerOptions): NodeJS.ProcessEnv {
  return {
    PATH: `${path.dirname(host.node)}:${process.env['PATH'] ?? ''}`,
    LANG: 'C.UTF-8',
    HOME: folders.home,
    TMPDIR: folders.temporary,
    XDG_CONFIG_HOME: path.join(folders.home, '.config'),
    XDG_DATA_HOME: path.join(folders.home, '.local/share'),
    XDG_STATE_HOME: path.join(folders.home, '.local/state'),
    XDG_CACHE_HOME: path.join(folders.home, '.cache'),
    // There is no gallery to ask.
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    ...env,
  };
}

export async function installExtension(options: ServerOptions, vsix: string): Promise<void> {
  await run(options.host.node, [...baseArgs(options), '--install-extension', vsix], { env: environment(options) });
}

/** The port that the server says it listens on; it takes any free one. */
function listening(keeper: ChildProcess, log: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    const give = (why: string) => reject(new Error(`code-server ${why}:\n${log()}`));
    const timer = setTimeout(() => give('did not start in time'), START_TIMEOUT_MS);
    const look = () => {
      const port = /server listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(log())?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      keeper.stdout?.off('data', look);
      resolve(Number(port));
    };
    keeper.stdout?.on('data', look);
    keeper.once('exit', () => {
      clearTimeout(timer);
      give('ended');
    });
  });
}

async function answers(url: string): Promise<void> {
  const { ok, status } = await fetch(`${url}/healthz`);
  if (!ok) throw new Error(`code-server answered ${status} when asked for its health.`);
}

export async function startServer(options: ServerOptions): Promise<Server> {
  const { folders, host, asksForTrust } = options;
  const args = [
    ...[folders.root, host.node, ...baseArgs(options)],
    ...['--bind-addr', '127.0.0.1:0', '--auth', 'none', '--disable-telemetry', '--disable-update-check'],
    ...(asksForTrust ? [] : ['--disable-workspace-trust']),
  ];
  const keeper = spawn(process.execPath, [KEEPER, ...args], {
    env: environment(options),
    cwd: folders.workspace,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [keeper.stdout, keeper.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      log += chunk.toString();
    });
  }
  const ended = new Promise<void>((resolve) => {
    keeper.once('close', () => resolve());
  });
  const stop = async () => {
    keeper.stdin.end();
    await ended;
  };
  try {
    const port = await listening(keeper, () => log);
    const url = `http://127.0.0.1:${port}`;
    await answers(url);
    return {
      port,
      url,
      get log() {
        return log;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

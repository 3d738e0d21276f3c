import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Host } from './host.ts';
import { takeWatcherFromRegistry } from './shrinkwrap.ts';

const run = promisify(execFile);
const MODULES_WITH_CODE_OF_THE_MACHINE = ['@vscode/spdlog', '@vscode/native-watchdog', 'native-watchdog'];

/** Runs npm in a folder, with the Node that is to run what it installs. */
async function npm(folder: string, args: readonly string[], host?: Host): Promise<void> {
  const nodeFolder = host && path.join(host.node, '../..');
  const env = nodeFolder
    ? { ...process.env, PATH: `${nodeFolder}/bin:${process.env['PATH']}`, npm_config_nodedir: nodeFolder }
    : process.env;
  await run('npm', ['--no-audit', '--no-fund', '--loglevel=error', ...args], { cwd: folder, env, maxBuffer: 2 ** 26 });
}

/** Compiles what a folder's packages have in C++. Without a compiler VS Code works too, and logs complaints. */
async function compile(folder: string, host: Host, names: readonly string[]): Promise<void> {
  const present = names.filter((name) => existsSync(path.join(folder, 'node_modules', name)));
  if (present.length === 0) return;
  try {
    await npm(folder, ['rebuild', ...present], host);
  } catch (cause) {
    process.stderr.write(
      `${present.join(', ')} could not be compiled (${String(cause).split('\n', 1)[0]}); going on.\n`,
    );
  }
}

async function installHost(host: Host): Promise<void> {
  // Its install script looks for another Node than the one beside it, and compiles all that it could use.
  await npm(host.folder, ['ci', '--ignore-scripts']);
  if (host.name === 'floor') {
    takeWatcherFromRegistry(host.vscode);
    await compile(host.folder, host, ['argon2']);
  }
  await npm(host.vscode, ['install', '--omit=dev', '--omit=optional', '--ignore-scripts'], host);
  await npm(path.join(host.vscode, 'extensions'), ['install', '--omit=dev', '--ignore-scripts'], host);
  await compile(host.vscode, host, MODULES_WITH_CODE_OF_THE_MACHINE);
}

/** Does the work only where the folder's lock file, or what is done here, has changed since it was last done. */
async function once(folder: string, work: () => Promise<void>): Promise<boolean> {
  const stamp = path.join(folder, 'node_modules/.countersign-installed');
  const digest = createHash('sha256');
  for (const file of [path.join(folder, 'package-lock.json'), import.meta.filename]) digest.update(readFileSync(file));
  const now = digest.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return false;
  await work();
  writeFileSync(stamp, now);
  return true;
}

/** What drives the workbench, and what runs inside its extension host: beside this folder, for any Node. */
export function installTools(): Promise<boolean> {
  const folder = path.join(import.meta.dirname, '..');
  return once(folder, () => npm(folder, ['ci', '--ignore-scripts']));
}

export function installCodeServer(host: Host): Promise<boolean> {
  return once(host.folder, () => installHost(host));
}

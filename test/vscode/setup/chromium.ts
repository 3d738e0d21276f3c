import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

function onPath(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter(Boolean);
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}

/** The browser to use: CHROMIUM_PATH, else Debian's `chromium` on the PATH. */
export function findChromium(env: NodeJS.ProcessEnv): string | undefined {
  const named = env['CHROMIUM_PATH'];
  if (named === undefined) return onPath('chromium', env);
  if (existsSync(named)) return named;
  throw new Error(`CHROMIUM_PATH is ${named}, where no file is. Name Chromium's program there.`);
}

/** Root on Debian gets the system's package; anybody else is told what is missing. */
export async function needChromium(env: NodeJS.ProcessEnv): Promise<void> {
  if (findChromium(env)) return;
  if (process.getuid?.() !== 0 || !onPath('apt-get', env)) {
    throw new Error('Chromium is missing. Install it, or name its program in CHROMIUM_PATH.');
  }
  const apt = (args: readonly string[]) =>
    run('apt-get', args, { env: { ...env, DEBIAN_FRONTEND: 'noninteractive' }, maxBuffer: 2 ** 26 });
  await apt(['update']);
  await apt(['install', '-y', '--no-install-recommends', 'chromium']);
}

import path from 'node:path';
import { SettingsError } from './settings-error.ts';

export interface Places {
  /** The accounts file that is read where COUNTERSIGN_CONFIG names no other. */
  readonly configFile: string;
  /** The folder of the ledger, the same for every process of the user. */
  readonly stateDir: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where configuration and state are. The XDG variables are left aside on purpose: a desktop session and a terminal often
 * differ in them, and two processes with two ledgers could each act on one request.
 *
 * @throws SettingsError where COUNTERSIGN_STATE_DIR is relative, and so would mean another folder to every process
 */
export function places(platform: NodeJS.Platform, env: Environment, homedir: string): Places {
  const { join, isAbsolute } = platform === 'win32' ? path.win32 : path.posix;
  const named = env['COUNTERSIGN_STATE_DIR'];
  if (named && !isAbsolute(named)) {
    throw new SettingsError('invalid', ['COUNTERSIGN_STATE_DIR must be an absolute path; give it one, or unset it.']);
  }
  const own = ownFolders(platform, env, homedir, join);
  return { configFile: join(own.config, 'accounts.json'), stateDir: named || own.state };
}

function ownFolders(platform: NodeJS.Platform, env: Environment, homedir: string, join: typeof path.join) {
  if (platform === 'win32') {
    const both = join(env['LOCALAPPDATA'] || join(homedir, 'AppData', 'Local'), 'Countersign');
    return { config: both, state: both };
  }
  if (platform === 'darwin') {
    const both = join(homedir, 'Library', 'Application Support', 'Countersign');
    return { config: both, state: both };
  }
  return { config: join(homedir, '.config', 'countersign'), state: join(homedir, '.local', 'state', 'countersign') };
}

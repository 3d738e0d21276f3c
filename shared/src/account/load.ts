import type { Settings } from './account.ts';
import { settingsFromEnvironment } from './environment.ts';
import { type AccountIo, nodeIo } from './io.ts';
import { places } from './places.ts';
import { parseSettings } from './settings.ts';
import { SettingsError } from './settings-error.ts';

const MAX_BYTES = 1_048_576;

/**
 * Reads the settings: from the file that COUNTERSIGN_CONFIG names, else from accounts.json in the configuration folder,
 * else from the environment variables of the two vendors. No secret is fetched.
 *
 * @throws SettingsError where there are none, or they can't be read or used
 */
export async function loadSettings(io: AccountIo = nodeIo()): Promise<Settings> {
  const named = io.env['COUNTERSIGN_CONFIG'];
  const file = named || places(io.platform, io.env, io.homedir).configFile;
  const text = await readAccountsFile(file, io);
  if (text !== null) return parseSettings(text, file);
  if (named) {
    throw new SettingsError('unreadable', [
      `${file}, which COUNTERSIGN_CONFIG names, does not exist; create it, or unset the variable.`,
    ]);
  }
  return settingsFromEnvironment(io.env) ?? nothingConfigured(file);
}

/** An accounts file's text; `null` where there is no such file. @throws SettingsError where it can't be read */
export async function readAccountsFile(file: string, io: AccountIo = nodeIo()): Promise<string | null> {
  try {
    return (await io.readFile(file, MAX_BYTES)).text;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT') return null;
    const why =
      code === 'EFBIG' ? 'it is larger than 1 MiB' : code === 'EINVAL' ? 'it is not an ordinary file' : `${code}`;
    throw new SettingsError('unreadable', [`${file} can't be read (${why}); check the path and its permissions.`], {
      cause: error,
    });
  }
}

function nothingConfigured(file: string): never {
  throw new SettingsError('nothing-configured', [
    `No account is configured. Write ${file}, or set THREATLOCKER_INSTANCE and THREATLOCKER_API_TOKEN, or ADMIN_BY_REQUEST_DATA_CENTER and ADMIN_BY_REQUEST_API_KEY; to try it without a tenant, run "countersign sandbox".`,
  ]);
}

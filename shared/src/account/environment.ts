import type { Settings } from './account.ts';
import type { AccountIo } from './io.ts';
import { settingsFrom } from './settings.ts';
import { SettingsError } from './settings-error.ts';

type Environment = AccountIo['env'];

interface Variables {
  readonly id: string;
  /** Setting → variable. */
  readonly required: Readonly<Record<string, string>>;
  readonly optional: Readonly<Record<string, string>>;
  /** The setting that is a reference to its variable, never its value. */
  readonly secret: string;
}

/** What stands in for an accounts file where there is none. */
export const VARIABLES: readonly Variables[] = [
  {
    id: 'threatlocker',
    required: { instance: 'THREATLOCKER_INSTANCE', apiToken: 'THREATLOCKER_API_TOKEN' },
    optional: { organizationId: 'THREATLOCKER_ORGANIZATION_ID' },
    secret: 'apiToken',
  },
  {
    id: 'admin-by-request',
    required: { dataCenter: 'ADMIN_BY_REQUEST_DATA_CENTER', apiKey: 'ADMIN_BY_REQUEST_API_KEY' },
    optional: { approverEmail: 'ADMIN_BY_REQUEST_APPROVER_EMAIL' },
    secret: 'apiKey',
  },
];

/**
 * The settings that environment variables make where there is no accounts file: at most one account a provider, with the
 * provider's name as its id. Null where none of the variables is set.
 *
 * @throws SettingsError where a variable is missing beside others, or isn't valid
 */
export function settingsFromEnvironment(env: Environment): Settings | null {
  const begun = VARIABLES.filter((variables) => names(variables).some((name) => env[name]));
  const missing = begun.flatMap((variables) =>
    Object.values(variables.required)
      .filter((name) => !env[name])
      .map(
        (name) =>
          `The environment variable ${name} is not set, though ${names(variables).find((other) => env[other])} is; set it too.`,
      ),
  );
  if (missing.length > 0) throw new SettingsError('invalid', missing);
  if (begun.length === 0) return null;
  return settingsFrom({ accounts: begun.map((variables) => accountOf(variables, env)) }, null, (place) => {
    const [, index = '', setting = ''] = /^accounts\[(\d+)\]\.(\w+)/.exec(place) ?? [];
    const variables = begun[Number(index)];
    return `The environment variable ${variables?.required[setting] ?? variables?.optional[setting] ?? place}`;
  });
}

function names({ required, optional }: Variables): string[] {
  return [...Object.values(required), ...Object.values(optional)];
}

function accountOf({ id, required, optional, secret }: Variables, env: Environment) {
  const members = Object.entries({ ...required, ...optional })
    .filter(([, name]) => env[name])
    .map(([setting, name]) => [setting, setting === secret ? { env: name } : env[name]?.trim()]);
  return { id, provider: id, ...Object.fromEntries(members) };
}

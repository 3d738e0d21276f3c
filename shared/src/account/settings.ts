import { canonicalJson, isJsonArray, isJsonObject } from '../approval/index.ts';
import type { Account, Settings } from './account.ts';
import { addressOf } from './hosts.ts';
import { jsonErrorPosition } from './json-position.ts';
import { explain, placeOf } from './problems.ts';
import { type RawSettings, settingsSchema } from './schema.ts';
import type { SecretReference } from './secret-reference.ts';
import { SettingsError } from './settings-error.ts';

/** Stands for "the token's own organization" in ThreatLocker's header, and in examples for an id to fill in. */
const NO_ORGANIZATION = '00000000-0000-0000-0000-000000000000';

/**
 * Reads an accounts file's text.
 *
 * @param file its name, which every problem begins with
 * @throws SettingsError with all problems at once
 */
export function parseSettings(text: string, file: string): Settings {
  // Some editors on Windows begin a file with a byte order mark.
  const json = text.replace(/^\ufeff/, '');
  return settingsFrom(parseJson(json, file), file, (place) => `${file}: ${place || 'its content'}`);
}

/**
 * Checks settings, whoever wrote them, and fills in their defaults.
 *
 * @param nameOf how a problem calls a place such as `accounts[0].instance`
 */
export function settingsFrom(value: unknown, file: string | null, nameOf: (place: string) => string): Settings {
  const parsed = settingsSchema.safeParse(value, { error: explain });
  const problems = (parsed.error?.issues ?? []).flatMap(({ code, message, path }) =>
    code === 'unrecognized_keys'
      ? message.split('\n').map((line) => nameOf(path.length > 0 ? `${placeOf(path)}.${line}` : line))
      : [sentence(`${nameOf(placeOf(path))} ${message}`)],
  );
  problems.push(
    ...repeatedIds(value).map((place) => `${nameOf(place)} is another account's id too; give each its own.`),
  );
  problems.push(
    ...sharedSecrets(parsed.data).map(
      (place) =>
        `${nameOf(place)} is where a vendor's key is kept, too; make a secret of its own, so that whoever holds the key can't decide unattended.`,
    ),
  );
  if (!parsed.success || problems.length > 0) throw new SettingsError('invalid', problems);
  return toSettings(parsed.data, file);
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const { line, column } = jsonErrorPosition(text);
    throw new SettingsError('invalid', [
      `${file}: this is not JSON from line ${line}, column ${column} on; mend it there (JSON has no comments, and no comma after a last entry).`,
    ]);
  }
}

function sentence(text: string): string {
  return /[.?]$/.test(text) ? text : `${text}.`;
}

/** Looked for in what was written, so that they are found beside other problems. */
function repeatedIds(value: unknown): string[] {
  const accounts = isJsonObject(value) ? value['accounts'] : null;
  const ids = isJsonArray(accounts) ? accounts.map((account) => (isJsonObject(account) ? account['id'] : null)) : [];
  return ids.flatMap((id, index) =>
    typeof id === 'string' && ids.indexOf(id) < index ? [`accounts[${index}].id`] : [],
  );
}

/** Where the secret for unattended decisions is said to be kept in the place of any vendor's key. */
function sharedSecrets({ accounts }: Pick<RawSettings, 'accounts'> = { accounts: [] }): string[] {
  const keys = new Set(accounts.map((raw) => canonicalJson(vendorSecret(raw))));
  return accounts.flatMap(({ unattended }, index) =>
    unattended && keys.has(canonicalJson(unattended.secret)) ? [`accounts[${index}].unattended.secret`] : [],
  );
}

function vendorSecret(raw: RawSettings['accounts'][number]): SecretReference {
  return raw.provider === 'threatlocker' ? raw.apiToken : raw.apiKey;
}

function toSettings(raw: RawSettings, file: string | null): Settings {
  const { approver, guardrails, confirmation, http } = raw;
  return {
    file,
    approver: { ...given('name', approver.name), ...given('email', approver.email) },
    accounts: raw.accounts.map((account) => toAccount(account, approver.email)),
    guardrails,
    confirmation,
    http: given('token', http.token),
  };
}

function toAccount(raw: RawSettings['accounts'][number], approverEmail: string | undefined): Account {
  const { id, label = id, assistants, contactDetails, channels, elicitationReach } = raw;
  const secret = vendorSecret(raw);
  const unattended = given('unattended', raw.unattended);
  const basics = { id, label, secret, assistants, contactDetails, channels, elicitationReach, ...unattended };
  if (raw.provider === 'threatlocker') {
    const { provider, instance, organizationId, includeChildOrganizations } = raw;
    const managed = organizationId === NO_ORGANIZATION ? undefined : organizationId;
    const own = { instance, includeChildOrganizations, ...given('organizationId', managed) };
    return { ...basics, provider, ...own, ...addressOf(provider, instance, raw.endpoint) };
  }
  const { provider, dataCenter } = raw;
  const own = { dataCenter, ...given('approverEmail', raw.approverEmail ?? approverEmail) };
  return { ...basics, provider, ...own, ...addressOf(provider, dataCenter, raw.endpoint) };
}

/** The one member, or none where it is undefined. */
function given<Key extends string, Value>(key: Key, value: Value | undefined): { readonly [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [K in Key]: Value });
}

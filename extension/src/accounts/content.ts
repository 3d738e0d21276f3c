import {
  type Account,
  parseSettings,
  type SecretReference,
  type Settings,
  SettingsError,
  settingsFrom,
} from '@countersign/shared/account';
import { isJsonArray, isJsonObject, type JsonObject, type ProviderName } from '@countersign/shared/approval';

// An accounts file as it is written, so that what nobody asks about here stays as somebody wrote it.

const SECRET_MEMBERS: Readonly<Record<ProviderName, string>> = {
  threatlocker: 'apiToken',
  'admin-by-request': 'apiKey',
};

const SECRET_PREFIX = 'COUNTERSIGN_SECRET_';

/** Stands for accounts where there are none, since a file without any is refused. */
const ANY_ACCOUNT = { id: 'any', provider: 'threatlocker', instance: 'g', apiToken: { env: 'ANY' } };

/** Reads an accounts file's text; having no accounts is no fault in it. @throws SettingsError */
export function contentOf(text: string, file: string): JsonObject {
  const value = parsed(text);
  if (isJsonObject(value) && isJsonArray(value['accounts']) && value['accounts'].length === 0) {
    settingsFrom({ ...value, accounts: [ANY_ACCOUNT] }, file, (place) => `${file}: ${place}`);
    return value;
  }
  parseSettings(text, file);
  return isJsonObject(value) ? value : {};
}

/** What an account's entry means, with its defaults. @throws SettingsError */
export function accountOf(entry: JsonObject): Account {
  const [account] = settingsFrom({ accounts: [entry] }, null, (place) => place).accounts;
  if (!account) throw new SettingsError('invalid', ['There is no account.']);
  return account;
}

/** What a file's sections mean for any account, with their defaults. @throws SettingsError */
export function settingsOf(content: JsonObject): Settings {
  return settingsFrom({ ...content, accounts: [ANY_ACCOUNT] }, null, (place) => place);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}

export function accountsIn(content: JsonObject): readonly JsonObject[] {
  const accounts = content['accounts'];
  return isJsonArray(accounts) ? accounts.filter(isJsonObject) : [];
}

export function accountIn(content: JsonObject, id: string): JsonObject | null {
  return accountsIn(content).find((entry) => entry['id'] === id) ?? null;
}

/** With the account in the place of the one of its id, or at the end. */
export function withAccount(content: JsonObject, entry: JsonObject): JsonObject {
  const accounts = accountsIn(content);
  return {
    ...content,
    accounts: accounts.some(({ id }) => id === entry['id'])
      ? accounts.map((one) => (one['id'] === entry['id'] ? entry : one))
      : [...accounts, entry],
  };
}

export function withoutAccounts(content: JsonObject, ids: readonly string[]): JsonObject {
  return { ...content, accounts: accountsIn(content).filter(({ id }) => !ids.includes(String(id))) };
}

export function memberText(entry: JsonObject, member: string): string {
  const value = entry[member];
  return typeof value === 'string' ? value : '';
}

export function providerIn(entry: JsonObject): ProviderName {
  return entry['provider'] === 'admin-by-request' ? 'admin-by-request' : 'threatlocker';
}

/** Under which name the editor keeps the secret of an account that was added here. */
export function secretNameOf(id: string): string {
  return `${SECRET_PREFIX}${id.toUpperCase().replaceAll('-', '_')}`;
}

/** Whether a secret is kept under a name that only accounts added here have. */
export function isSecretName(name: string): boolean {
  return name.startsWith(SECRET_PREFIX);
}

export function withSecret(entry: JsonObject, reference: SecretReference): JsonObject {
  return { ...entry, [SECRET_MEMBERS[providerIn(entry)]]: { ...reference } };
}

/** The name of the variable that the entry's secret is kept under; `null` where it is kept in another way. */
export function variableOf(entry: JsonObject): string | null {
  const reference = entry[SECRET_MEMBERS[providerIn(entry)]];
  return isJsonObject(reference) && typeof reference['env'] === 'string' ? reference['env'] : null;
}

/** The names of all variables that secrets are kept under. */
export function variablesIn(content: JsonObject): readonly string[] {
  return accountsIn(content)
    .map(variableOf)
    .filter((name) => name !== null);
}

/** An id like the wanted one that no account has. */
export function freeId(content: JsonObject, wanted: string): string {
  const taken = new Set(accountsIn(content).map(({ id }) => id));
  let id = wanted;
  for (let count = 2; taken.has(id); count += 1) id = `${wanted.slice(0, 28)}-${count}`;
  return id;
}

import { SettingsError, settingsFrom } from '@countersign/shared/account';
import { isJsonObject, type JsonObject, type ProviderName } from '@countersign/shared/approval';
import { memberText, secretNameOf, withAccount, withSecret } from './content.ts';

/** An account that is being added or changed. Nothing of it is saved. */
export interface Draft {
  /** As it would stand in the file. */
  readonly entry: JsonObject;
  /** As it was typed; empty: the one that the entry refers to is kept. */
  readonly secret: string;
  /** Members of the file's own `approver`, where it has none. */
  readonly approver: JsonObject;
}

export function newDraft(provider: ProviderName): Draft {
  return { entry: { provider }, secret: '', approver: {} };
}

/** With a member's text, or without the member where there is none. */
export function withText(object: JsonObject, member: string, text: string): JsonObject {
  const { [member]: _, ...rest } = object;
  return text === '' ? rest : { ...rest, [member]: text };
}

/** The file's content with the draft in it. A secret that was typed is kept by the editor from then on. */
export function applied(content: JsonObject, { entry, secret, approver }: Draft): JsonObject {
  const account = secret === '' ? entry : withSecret(entry, { env: secretNameOf(memberText(entry, 'id')) });
  const { approver: known, ...rest } = withAccount(content, inOrder(account));
  const named = { ...approver, ...(isJsonObject(known) ? known : {}) };
  return Object.keys(named).length === 0 ? rest : { approver: named, ...rest };
}

/** What is named first is found first by whoever opens the file. */
function inOrder({ id, provider, label, ...rest }: JsonObject): JsonObject {
  return {
    ...(id === undefined ? {} : { id }),
    ...(provider === undefined ? {} : { provider }),
    ...(label === undefined ? {} : { label }),
    ...rest,
  };
}

/** What would be wrong at one place of a file, in a sentence about `name`; `null`: nothing is. */
export function problemAt(content: JsonObject, place: string, name: string): string | null {
  try {
    settingsFrom(content, null, (at) => (at === place ? name : ''));
    return null;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.problems.find((problem) => problem.startsWith(`${name} `)) ?? null;
  }
}

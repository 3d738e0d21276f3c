import { mkdirSync } from 'node:fs';
import path from 'node:path';
import {
  type AccountIo,
  nodeIo,
  parseSettings,
  readAccountsFile,
  resolveSecret,
  type Secret,
  type SecretReference,
  type Settings,
  SettingsError,
  usableSecret,
} from '@countersign/shared/account';
import type { JsonObject } from '@countersign/shared/approval';
import * as l10n from '@vscode/l10n';
import type { Event, Host } from '../host/index.ts';
import { accountsIn, contentOf, isSecretName, variablesIn } from './content.ts';
import { followChanges } from './follow.ts';
import { inOneWindow } from './one-window.ts';
import { createVault } from './vault.ts';
import { removeWhole, writeWhole } from './write-whole.ts';

/** The accounts that this editor works with, and their secrets. */
export interface AccountsStore {
  /** Reads the accounts file anew. @throws SettingsError */
  load(): Promise<Settings>;
  /** @throws SecretError */
  secretOf(reference: SecretReference): Promise<Secret>;
  /** The accounts file in use, and whether it is this extension's own. */
  file(): { readonly path: string; readonly isOwn: boolean };
  /** The file, which file it is, or a secret changed, here or elsewhere. */
  readonly onDidChange: Event<void>;
}

/** The extension's own accounts file, which it changes for its person. */
export interface OwnAccounts extends AccountsStore {
  /** What the own file says, as it is written; `{}` where there is none. @throws SettingsError */
  content(): Promise<JsonObject>;
  /**
   * Stores secrets, then changes the own file, then forgets the secrets whose value is `null` and those that the file names
   * no more, whoever took them out of it. Where the storing or the file fails, all is as it was before.
   *
   * @returns the secrets that could not be forgotten
   * @throws NotSavedError @throws SettingsError where the file can't be used, or could not be afterwards
   */
  save(edit: Edit, secrets?: ReadonlyMap<string, string | null>): Promise<readonly string[]>;
}

type Edit = (content: JsonObject) => JsonObject;

export function createAccountsStore(host: Host, io: AccountIo = nodeIo()): OwnAccounts {
  const own = path.join(host.places.storage, 'accounts.json');
  const vault = createVault(host.secrets);
  const file = () => {
    const named = host.settings
      .get('accountsFile')
      .trim()
      .replace(/^~(?=[/\\])/, io.homedir);
    return named === '' ? { path: own, isOwn: true } : { path: named, isOwn: false };
  };
  try {
    // Only what is there can be watched.
    mkdirSync(host.places.storage, { recursive: true, mode: 0o700 });
  } catch {
    // Whoever saves something there is told.
  }
  const changes = followChanges(host, () => file().path, io);

  const content = async () => {
    const text = await readAccountsFile(own, io);
    return text === null ? {} : contentOf(text, own);
  };

  /** @returns the secrets that are named no more */
  async function change(edit: Edit, expect: (text: string | null) => void): Promise<readonly string[]> {
    const before = await content();
    const after = edit(before);
    const isEmpty = accountsIn(after).length === 0 && Object.keys(after).every((key) => key === 'accounts');
    const text = `${JSON.stringify(after, null, 2)}\n`;
    if (!isEmpty) contentOf(text, own);
    if (file().isOwn) expect(isEmpty ? null : text);
    if (isEmpty) await removeWhole(own);
    else await writeWhole(own, text);
    const named = variablesIn(after);
    return variablesIn(before).filter((name) => !named.includes(name));
  }

  /** None while nobody knows what the file names. */
  async function unnamedOf(names: readonly string[]): Promise<readonly string[]> {
    const now = await content().catch(() => null);
    return now === null ? [] : names.filter((name) => !variablesIn(now).includes(name));
  }

  async function save(
    edit: Edit,
    secrets: ReadonlyMap<string, string | null>,
    expect: (text: string | null) => void,
  ): Promise<readonly string[]> {
    const undo: (() => Promise<unknown>)[] = [];
    const unnamed: string[] = [];
    // Not what another window, of an older Countersign, stores from now on, and is about to name.
    const there = (await vault.names()).filter((name) => isSecretName(name) && !secrets.has(name));
    try {
      for (const [name, value] of secrets) {
        if (value === null) continue;
        const before = await vault.exchange(name, value);
        undo.unshift(() => vault.exchange(name, before));
      }
      unnamed.push(...(await change(edit, expect)));
    } catch (error) {
      for (const step of undo) await step().catch(() => host.log.warn('A secret could not be put back as it was.'));
      throw error;
    }
    const given = [...secrets.keys()].filter((name) => secrets.get(name) === null);
    const kept: string[] = [];
    for (const name of new Set([...unnamed, ...given, ...(await unnamedOf(there))])) {
      await vault.exchange(name, null).catch(() => kept.push(name));
    }
    return kept;
  }

  /** Ends with whatever was begun last: one follows the other, so that none is based on what another is about to replace. */
  let last: Promise<unknown> = Promise.resolve();
  return {
    file,
    load: async () => {
      const { path: name, isOwn } = file();
      if (!path.isAbsolute(name)) {
        throw unreadable(l10n.t('The setting countersign.accountsFile must be an absolute path.'));
      }
      const text = await readAccountsFile(name, io);
      if (isOwn && (text === null || accountsIn(contentOf(text, name)).length === 0)) {
        throw new SettingsError('nothing-configured', [l10n.t('No account was added yet.')]);
      }
      if (text !== null) return parseSettings(text, name);
      throw unreadable(
        l10n.t(
          '{0}, which the setting countersign.accountsFile names, does not exist. Create it, or change the setting.',
          name,
        ),
      );
    },
    secretOf: async (reference) =>
      'env' in reference && file().isOwn
        ? usableSecret(await vault.read(reference.env), l10n.t('The stored secret'))
        : await resolveSecret(reference, io),
    onDidChange: changes.event,
    content,
    save: (edit, secrets = new Map()) => {
      const turn = () =>
        changes.during((expect) => inOneWindow(host.places.storage, () => save(edit, secrets, expect)));
      const saved = last.then(turn, turn);
      last = saved;
      return saved;
    },
  };
}

function unreadable(problem: string): SettingsError {
  return new SettingsError('unreadable', [problem]);
}

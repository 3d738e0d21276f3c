import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  loadSettings,
  nodeIo,
  parseSettings,
  resolveSecret,
  Secret,
  SecretError,
  type SecretReference,
  type Settings,
  SettingsError,
} from '@countersign/shared/account';
import { createEmitter, type Event, type Host } from '../host/index.ts';

/** The accounts that this editor works with, and their secrets. */
export interface AccountsStore {
  /** Reads the accounts file anew. @throws SettingsError */
  load(): Promise<Settings>;
  /** @throws SecretError */
  secretOf(reference: SecretReference): Promise<Secret>;
  /** The accounts file in use, and whether it is this extension's own. */
  file(): { readonly path: string; readonly isOwn: boolean };
  /** What any of these would answer may be another now. */
  readonly onDidChange: Event<void>;
}

export function createAccountsStore(host: Host): AccountsStore {
  const io = nodeIo();
  const file = () => {
    const named = host.settings.get('accountsFile').trim();
    return named === ''
      ? { path: path.join(host.places.storage, 'accounts.json'), isOwn: true }
      : { path: named, isOwn: false };
  };
  const changed = createEmitter<void>();
  host.subscriptions.add(host.secrets.onDidChange(() => changed.fire()));
  host.subscriptions.add(
    host.settings.onDidChange((name) => {
      if (name === 'accountsFile') changed.fire();
    }),
  );
  return {
    onDidChange: changed.event,
    file,
    load: async () => {
      const { path: name, isOwn } = file();
      if (!isOwn) return await loadSettings({ ...io, env: { ...io.env, COUNTERSIGN_CONFIG: name } });
      const text = await readFile(name, 'utf8').catch(() => null);
      if (text === null) throw new SettingsError('nothing-configured', ['No account was added yet.']);
      return parseSettings(text, name);
    },
    secretOf: async (reference) => {
      if (!('env' in reference) || !file().isOwn) return await resolveSecret(reference, io);
      const value = await host.secrets.get(reference.env);
      if (value === null) throw new SecretError('missing', 'Its secret is not stored in this editor. Sign in again.');
      return new Secret(value);
    },
  };
}

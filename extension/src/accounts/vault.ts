import { SecretError } from '@countersign/shared/account';
import { cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { SecretStore } from '../host/index.ts';
import { NotSavedError } from './not-saved.ts';

/** The editor's secret storage, which rests on the system's keyring and may fail in every way. */
export interface Vault {
  /** @throws SecretError where it isn't there, or can't be looked for */
  read(name: string): Promise<string>;
  /** Puts a value there, or takes it away (`null`). @returns what was there before @throws NotSavedError */
  exchange(name: string, value: string | null): Promise<string | null>;
  /** Of what is there; nothing where that can't be known. */
  names(): Promise<readonly string[]>;
}

export function createVault(secrets: SecretStore): Vault {
  return {
    read: async (name) => {
      const value = await secrets.get(name).catch((error: unknown) => {
        throw new SecretError(
          'missing',
          l10n.t(
            "Its secret can't be had: the editor's secret storage failed ({0}). Unlock the system's keyring and try again.",
            why(error),
          ),
        );
      });
      if (value === null) {
        throw new SecretError('missing', l10n.t('Its secret is not stored in this editor. Sign in to the account.'));
      }
      return value;
    },
    names: async () => {
      try {
        return await secrets.keys();
      } catch {
        return [];
      }
    },
    exchange: async (name, value) => {
      let before: string | null = null;
      let isTouched = false;
      try {
        before = await secrets.get(name);
        isTouched = true;
        if (value === null) await secrets.delete(name);
        else await secrets.store(name, value);
        // Without a keyring some editors take a secret and keep nothing.
        if ((await secrets.get(name)) !== value) throw new Error(l10n.t('it did not keep what it was given'));
        return before;
      } catch (error) {
        if (isTouched)
          await (before === null ? secrets.delete(name) : secrets.store(name, before)).catch(() => undefined);
        throw new NotSavedError(
          'keyring',
          l10n.t(
            "The editor's secret storage, which rests on the system's keyring, failed ({0}), and nothing was saved. Unlock or set up the keyring and try again. Or work with an accounts file that says where secrets are kept: name it in the setting countersign.accountsFile.",
            why(error, value),
          ),
        );
      }
    },
  };
}

/** @param secret which nobody knows a keyring's error not to quote */
function why(error: unknown, secret: string | null = null): string {
  const message = error instanceof Error ? error.message : 'unknown error';
  return cleanLine(secret ? message.replaceAll(secret, '[secret]') : message, 200);
}

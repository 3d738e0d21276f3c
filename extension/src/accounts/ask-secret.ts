import { SecretError, usableSecret } from '@countersign/shared/account';
import type { ProviderName } from '@countersign/shared/approval';
import * as l10n from '@vscode/l10n';
import type { Dialogs } from '../host/index.ts';
import { type Ask, answered } from '../host/index.ts';
import type { Draft } from './draft.ts';

/** @param isKept whether the secret may be left as it is */
export function askSecret(dialogs: Dialogs, provider: ProviderName, isKept = false): Ask<Draft> {
  const prompt =
    provider === 'threatlocker'
      ? l10n.t('The token of an API user, without "Bearer". In the portal: Users > API Users.')
      : l10n.t('The API key. In the portal: Settings > Tenant Settings > Data > API Keys.');
  return async (draft, place) => {
    const mayBeEmpty = isKept || draft.secret !== '';
    const step = await dialogs.input({
      ...place,
      prompt: mayBeEmpty ? l10n.t('{0} Leave it empty to keep the one that is known.', prompt) : prompt,
      password: true,
      validate: (text) => (text.trim() === '' && mayBeEmpty ? null : secretProblem(text, provider)),
    });
    return answered(step, (text) => ({ ...draft, secret: text.trim() === '' ? draft.secret : text.trim() }));
  };
}

/** What is wrong with a secret as it was typed; `null`: nothing that one could see. */
export function secretProblem(text: string, provider: ProviderName): string | null {
  try {
    usableSecret(text, provider === 'threatlocker' ? l10n.t('The token') : l10n.t('The API key'));
    return null;
  } catch (error) {
    if (error instanceof SecretError) return error.message;
    throw error;
  }
}

import * as l10n from '@vscode/l10n';

/** Said where the editor keeps no secrets, so that there is no key to sign with. */
export function whyNoKey(): string {
  return l10n.t(
    'This editor can\'t keep its signing key, because the system\'s keyring is missing or locked, so nothing can be countersigned here. Unlock it, or decide at a terminal with "countersign".',
  );
}

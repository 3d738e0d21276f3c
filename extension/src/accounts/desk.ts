import { type AccountIo, SettingsError } from '@countersign/shared/account';
import type { JsonObject } from '@countersign/shared/approval';
import { cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { Host } from '../host/index.ts';
import type { OwnAccounts } from './accounts-store.ts';
import type { TryAccount } from './connection.ts';
import { NotSavedError } from './not-saved.ts';

/** What the commands about accounts work with. */
export interface Desk {
  readonly host: Host;
  readonly accounts: OwnAccounts;
  readonly tryAccount: TryAccount;
  readonly io: AccountIo;
}

/** What the extension's own file says; `null`: another one is in use, or it can't be used, and the person was told. */
export async function ownContent(desk: Desk): Promise<JsonObject | null> {
  const { host, accounts } = desk;
  const { path, isOwn } = accounts.file();
  if (!isOwn) {
    const open = l10n.t('Open Accounts File');
    const clear = l10n.t('Open Setting');
    const chosen = await host.dialogs.notify(
      'info',
      l10n.t(
        'Accounts and secrets come from {0}, which the setting countersign.accountsFile names. Change them there, or clear the setting.',
        cleanLine(path),
      ),
      open,
      clear,
    );
    if (chosen === open) await openAccountsFile(desk);
    if (chosen === clear) await openSetting(host);
    return null;
  }
  try {
    return await accounts.content();
  } catch (error) {
    await tellProblems(desk, error);
    return null;
  }
}

/** @param error what a file's reader threw; anything but settings that can't be used is thrown again */
export async function tellProblems(desk: Desk, error: unknown): Promise<void> {
  if (!(error instanceof SettingsError)) throw error;
  if (error.kind === 'nothing-configured') {
    const add = l10n.t('Add Account');
    const chosen = await desk.host.dialogs.notify('info', l10n.t('No account was added yet.'), add);
    if (chosen === add) await desk.host.run('addAccount');
    return;
  }
  const [first = '', ...others] = error.problems.map((problem) => cleanLine(problem, 500));
  for (const problem of [first, ...others]) desk.host.log.error(problem);
  const open = l10n.t('Open Accounts File');
  const message = others.length === 0 ? first : l10n.t('{0} The log names {1} more problems.', first, others.length);
  if ((await desk.host.dialogs.notify('error', message, open)) === open) await openAccountsFile(desk);
}

/** Saves, as often as the person wants to try. @returns `null`: nothing was changed, and the person was told why */
export async function persist<T>(desk: Desk, save: () => Promise<T>): Promise<{ readonly saved: T } | null> {
  const { host } = desk;
  for (;;) {
    try {
      return { saved: await save() };
    } catch (error) {
      if (!(error instanceof NotSavedError)) {
        await tellProblems(desk, error);
        return null;
      }
      host.log.error(error.message);
      const again = l10n.t('Try Again');
      const setting = l10n.t('Open Setting');
      const chosen = await host.dialogs.notify(
        'error',
        error.message,
        again,
        ...(error.kind === 'keyring' ? [setting] : []),
      );
      if (chosen === setting) await openSetting(host);
      if (chosen !== again) return null;
    }
  }
}

export async function openAccountsFile({ host, accounts }: Desk): Promise<void> {
  const { path } = accounts.file();
  try {
    await host.openFile(path);
  } catch {
    await host.dialogs.notify('error', l10n.t("{0} can't be opened; perhaps it does not exist yet.", cleanLine(path)));
  }
}

async function openSetting(host: Host): Promise<void> {
  await host.runBuiltIn('workbench.action.openSettings', 'countersign.accountsFile');
}

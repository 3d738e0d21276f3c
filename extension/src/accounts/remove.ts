import { cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { CommandHandler } from '../host/index.ts';
import { accountIn, memberText, withoutAccounts } from './content.ts';
import { type Desk, ownContent, persist } from './desk.ts';
import { pickAccount } from './pick-account.ts';

export function createRemoveAccount(desk: Desk): CommandHandler {
  const { host, accounts } = desk;
  return async (clicked) => {
    const content = await ownContent(desk);
    const id = content && (await pickAccount(host, content, clicked));
    const entry = content && id !== null ? accountIn(content, id) : null;
    if (content === null || id === null || entry === null) return;
    const label = memberText(entry, 'label');
    const remove = l10n.t('Remove Account');
    const chosen = await host.dialogs.ask({
      message: l10n.t('Remove account "{0}" from this editor?', label === '' ? id : `${id} (${cleanLine(label, 60)})`),
      detail: l10n.t(
        'The account goes, and its secret if this editor keeps it. Requests at the vendor stay as they are, and so does the journal of what was decided here.',
      ),
      actions: [remove],
    });
    if (chosen !== remove) return;
    const done = await persist(desk, () => accounts.save((now) => withoutAccounts(now, [id])));
    if (!done) return;
    if (done.saved.length === 0) await host.dialogs.notify('info', l10n.t('Account "{0}" was removed.', id));
    else {
      await host.dialogs.notify(
        'warning',
        l10n.t(
          'Account "{0}" was removed, but its secret could not be taken out of the editor\'s secret storage. Have the vendor revoke it if it should no longer be used.',
          id,
        ),
      );
    }
  };
}

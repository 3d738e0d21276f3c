import { cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { CommandHandler } from '../host/index.ts';
import { accountIn, memberText, secretNameOf } from './content.ts';
import { type Desk, ownContent, persist } from './desk.ts';
import { applied, newDraft } from './draft.ts';
import { NotSavedError } from './not-saved.ts';
import { questionsToAdd } from './questions.ts';
import { settle } from './settle.ts';

export function createAddAccount(desk: Desk): CommandHandler {
  const { host, accounts } = desk;
  return async () => {
    const content = await ownContent(desk);
    if (content === null) return;
    const settled = await settle(desk, {
      title: l10n.t('Add Account'),
      content,
      draft: newDraft('threatlocker'),
      questions: questionsToAdd(host.dialogs, content),
      // Whose account it is stands.
      again: 1,
    });
    if (settled === null) return;
    const { draft, summary } = settled;
    const id = memberText(draft.entry, 'id');
    const done = await persist(desk, () =>
      accounts.save(
        (now) => {
          if (accountIn(now, id)) {
            throw new NotSavedError(
              'overtaken',
              l10n.t('Another window has added an account "{0}" meanwhile. Nothing was changed.', id),
            );
          }
          return applied(now, draft);
        },
        new Map([[secretNameOf(id), draft.secret]]),
      ),
    );
    if (done) await host.dialogs.notify('info', l10n.t('Account "{0}" was added. {1}', id, cleanLine(summary, 500)));
  };
}

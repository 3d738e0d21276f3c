import type { JsonObject } from '@countersign/shared/approval';
import { cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { Ask, CommandHandler, Dialogs } from '../host/index.ts';
import { askSecret } from './ask-secret.ts';
import { accountIn, providerIn, secretNameOf } from './content.ts';
import { type Desk, ownContent, persist } from './desk.ts';
import { applied, type Draft } from './draft.ts';
import { NotSavedError } from './not-saved.ts';
import { pickAccount } from './pick-account.ts';
import { questionsToEdit } from './questions.ts';
import { settle } from './settle.ts';

export function createEditAccount(desk: Desk): CommandHandler {
  return changing(
    desk,
    (id) => l10n.t('Edit Account {0}', id),
    (dialogs, content) => questionsToEdit(dialogs, content),
    (id, summary) => l10n.t('Account "{0}" was changed. {1}', id, summary),
  );
}

/** Asks for the secret alone, which the editor keeps from then on, wherever it was kept before. */
export function createSignIn(desk: Desk): CommandHandler {
  return changing(
    desk,
    (id) => l10n.t('Sign In to {0}', id),
    (dialogs) => (draft) => [askSecret(dialogs, providerIn(draft.entry))],
    (id, summary) => l10n.t('You are signed in to account "{0}". {1}', id, summary),
  );
}

function changing(
  desk: Desk,
  titleFor: (id: string) => string,
  questionsAbout: (dialogs: Dialogs, content: JsonObject) => (draft: Draft) => readonly Ask<Draft>[],
  saidAfterwards: (id: string, summary: string) => string,
): CommandHandler {
  const { host, accounts } = desk;
  return async (clicked) => {
    const content = await ownContent(desk);
    const id = content && (await pickAccount(host, content, clicked));
    const entry = content && id !== null ? accountIn(content, id) : null;
    if (content === null || id === null || entry === null) return;
    const settled = await settle(desk, {
      title: titleFor(id),
      content,
      draft: { entry, secret: '', approver: {} },
      questions: questionsAbout(host.dialogs, content),
      again: 0,
    });
    if (settled === null) return;
    const { draft, summary } = settled;
    const done = await persist(desk, () =>
      accounts.save(
        (now) => {
          if (accountIn(now, id)) return applied(now, draft);
          throw new NotSavedError('overtaken', l10n.t('Account "{0}" was removed meanwhile. Nothing was changed.', id));
        },
        draft.secret === '' ? new Map() : new Map([[secretNameOf(id), draft.secret]]),
      ),
    );
    if (done) await host.dialogs.notify('info', saidAfterwards(id, cleanLine(summary, 500)));
  };
}

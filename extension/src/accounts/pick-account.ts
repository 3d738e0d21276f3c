import { type JsonObject, PROVIDER_NAMES } from '@countersign/shared/approval';
import { shortLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { Host } from '../host/index.ts';
import { accountOf } from '../views/node.ts';
import { accountsIn, memberText, providerIn } from './content.ts';

/** The id of the account that a command is about: of the row it was called on, the only one, or the one that is picked. */
export async function pickAccount({ dialogs }: Host, content: JsonObject, clicked: unknown): Promise<string | null> {
  const entries = accountsIn(content);
  const ids = entries.map((entry) => memberText(entry, 'id'));
  const named = accountOf(clicked);
  if (named !== null && ids.includes(named)) return named;
  const [first, ...others] = ids;
  if (first === undefined) {
    await dialogs.notify('info', l10n.t('No account was added yet.'));
    return null;
  }
  if (others.length === 0) return first;
  const step = await dialogs.pick(
    entries.map((entry) => ({
      label: memberText(entry, 'id'),
      description: [PROVIDER_NAMES[providerIn(entry)], shortLine(memberText(entry, 'label'), 60)]
        .filter(Boolean)
        .join(' · '),
      value: memberText(entry, 'id'),
    })),
    { title: l10n.t('Accounts'), placeholder: l10n.t('Which account?') },
  );
  return step.kind === 'done' ? step.value : null;
}

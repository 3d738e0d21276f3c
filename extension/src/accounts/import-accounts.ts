import { type JsonObject, PROVIDER_NAMES } from '@countersign/shared/approval';
import { shortLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { Dialogs } from '../host/index.ts';
import { accountIn, accountsIn, freeId, memberText, providerIn, withAccount } from './content.ts';

/** The accounts to take over, by the ids that they get here; `null`: the person left. */
export async function chooseAccounts(
  dialogs: Dialogs,
  theirs: JsonObject,
  ours: JsonObject,
): Promise<readonly JsonObject[] | null> {
  const place = { title: l10n.t('Import Accounts') };
  const step = await dialogs.pickSeveral(
    accountsIn(theirs).map((entry) => ({
      label: memberText(entry, 'id'),
      description: [PROVIDER_NAMES[providerIn(entry)], shortLine(memberText(entry, 'label'), 60)]
        .filter(Boolean)
        .join(' · '),
      picked: true,
      value: entry,
    })),
    { ...place, placeholder: l10n.t('Which of its accounts?') },
  );
  if (step.kind !== 'done') return null;
  const taken: JsonObject[] = [];
  for (const entry of step.value) {
    const id = memberText(entry, 'id');
    if (!accountIn(ours, id)) {
      taken.push(entry);
      continue;
    }
    // Those that come along are taken as well, under whatever id.
    const all = [...step.value, ...taken].reduce(withAccount, ours);
    const other = freeId(all, id);
    const answer = await dialogs.pick(
      [
        { label: l10n.t('Keep the one here'), value: null },
        { label: l10n.t('Replace the one here'), value: id },
        { label: l10n.t('Take it over as "{0}"', other), value: other },
      ],
      { ...place, placeholder: l10n.t('There is an account "{0}" here already.', id) },
    );
    if (answer.kind !== 'done') return null;
    if (answer.value !== null) taken.push({ ...entry, id: answer.value });
  }
  return taken;
}

import { canonicalJson, isJsonObject, type JsonObject } from '@countersign/shared/approval';
import * as l10n from '@vscode/l10n';
import type { Dialogs } from '../host/index.ts';

/** What of a file besides its accounts bears on decisions here. */
const SECTIONS = ['approver', 'guardrails', 'confirmation'] as const;

/** The sections to take over, each only because the person wants it; `null`: the person left. */
export async function chooseSections(
  dialogs: Dialogs,
  theirs: JsonObject,
  ours: JsonObject,
): Promise<JsonObject | null> {
  const taken: Record<string, JsonObject> = {};
  for (const name of SECTIONS) {
    const [section, own] = [theirs[name], ours[name]];
    if (!isJsonObject(section) || isEmpty(section) || canonicalJson(section) === canonicalJson(own)) continue;
    const isNew = !isJsonObject(own) || isEmpty(own);
    const answer = await dialogs.pick(
      [
        { label: isNew ? l10n.t('Leave it out') : l10n.t('Keep what is here'), value: false },
        { label: l10n.t('Take what the file says'), value: true },
      ],
      {
        title: l10n.t('Import Accounts'),
        placeholder: isNew
          ? l10n.t('The file has a section "{0}", which would bear on every account here.', name)
          : l10n.t('The file and what is here differ in the section "{0}".', name),
      },
    );
    if (answer.kind !== 'done') return null;
    if (answer.value) taken[name] = section;
  }
  return taken;
}

const isEmpty = (section: JsonObject) => Object.keys(section).length === 0;

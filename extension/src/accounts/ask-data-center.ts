import * as l10n from '@vscode/l10n';
import type { Dialogs, PickItem } from '../host/index.ts';
import { type Ask, answered } from '../host/index.ts';
import { askText } from './ask-text.ts';
import { memberText } from './content.ts';
import type { Draft } from './draft.ts';

/** Offers the data centres that are known of, and takes any other. */
export function askDataCenter(dialogs: Dialogs): Ask<Draft> {
  const other = Symbol('another');
  const named = askText(dialogs, 'dataCenter', {
    name: l10n.t('The data centre'),
    prompt: l10n.t(
      'The beginning of the address in the portal, such as "dc1": Settings > Tenant Settings > Data > API Keys.',
    ),
    tidy: (text) => text.toLowerCase(),
  });
  return async (draft, place) => {
    const now = memberText(draft.entry, 'dataCenter') || 'dc1';
    // Of the others it isn't documented where they are.
    const where: Readonly<Record<string, string>> = { dc1: l10n.t('Europe'), dc2: l10n.t('USA') };
    const known = [...new Set(['dc1', 'dc2', 'dc3', 'dc4', 'dc5', 'dc6', now])];
    const items: PickItem<string | typeof other>[] = known.map((label) => ({
      label,
      value: label,
      picked: label === now,
      ...(where[label] === undefined ? {} : { description: where[label] }),
    }));
    for (;;) {
      const step = await dialogs.pick([...items, { label: l10n.t('Another…'), value: other }], {
        ...place,
        placeholder: l10n.t('Where is the tenant? In the portal: Settings > Tenant Settings > Data > API Keys.'),
      });
      if (step.kind !== 'done') return step;
      const { value } = step;
      if (value !== other) return answered(step, () => ({ ...draft, entry: { ...draft.entry, dataCenter: value } }));
      const typed = await named(draft, place);
      if (typed.kind !== 'back') return typed;
    }
  };
}

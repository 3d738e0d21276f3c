import type { JsonObject } from '@countersign/shared/approval';
import { visibleJson } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { Block } from '../messages.ts';

/** Longer than the records that vendors send, and drawn at once. */
const MAX = 60_000;

/** The vendor's own record, with everything hidden in it made visible. */
export function rawBlocks(raw: JsonObject): readonly Block[] {
  const text = visibleJson(raw);
  const cut = text.length - MAX;
  return [
    { kind: 'code', label: l10n.t("The vendor's own record, as JSON"), text: text.slice(0, MAX) },
    ...(cut > 0
      ? [{ kind: 'note', text: l10n.t('{0} more characters are not shown.', String(cut)), tone: 'doubt' } as const]
      : []),
  ];
}

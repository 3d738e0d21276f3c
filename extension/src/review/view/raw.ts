import type { JsonObject } from '@countersign/shared/approval';
import { visibleJson } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { Block } from '../messages.ts';

/** Longer than the records that vendors send, and drawn at once. */
const MAX = 60_000;

/** A record is looked through once, however often its page is told something else. */
const known = new WeakMap<JsonObject, readonly Block[]>();

/** The vendor's own record, with everything hidden in it made visible. */
export function rawBlocks(raw: JsonObject): readonly Block[] {
  const blocks = known.get(raw) ?? blocksOf(raw);
  known.set(raw, blocks);
  return blocks;
}

function blocksOf(raw: JsonObject): readonly Block[] {
  const { text, isCut } = visibleJson(raw, MAX);
  return [
    // A letter whose second half was cut off would show as something else.
    { kind: 'code', label: l10n.t("The vendor's own record, as JSON"), text: text.replace(/[\ud800-\udbff]$/, '') },
    ...(isCut ? [{ kind: 'note', text: l10n.t('It is longer; the rest is not shown.'), tone: 'doubt' } as const] : []),
  ];
}

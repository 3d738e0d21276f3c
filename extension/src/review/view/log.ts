import type { History } from '@countersign/shared/provider';
import { cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { Block, Item } from '../messages.ts';
import { LINE_MAX, NAME_MAX, timeText } from './text.ts';

const MOST = 30;

/** What the vendor's log has on a file, a computer or a user. */
export function logBlocks({ entries, notes }: History): readonly Block[] {
  const items = entries.slice(0, MOST).map(({ at, what, by, computer, file, outcome }): Item => {
    const parts = [
      file ?? '',
      computer === null ? '' : l10n.t('on {0}', computer),
      by === null ? '' : l10n.t('by {0}', by),
      outcome ?? '',
    ].filter((part) => part !== '');
    return {
      title: cleanLine(what, LINE_MAX),
      lines: [
        at === null ? l10n.t('at an unknown time') : timeText(at),
        ...parts.map((part) => cleanLine(part, NAME_MAX * 2)),
      ],
    };
  });
  const more = entries.length - MOST;
  return [
    items.length === 0 ? { kind: 'note', text: l10n.t('Nothing on record.'), tone: 'plain' } : { kind: 'items', items },
    ...(more > 0 ? [{ kind: 'note', text: l10n.t('and {0} more', String(more)), tone: 'plain' } as const] : []),
    ...notes.map((note) => ({ kind: 'note', text: cleanLine(note, 500), tone: 'plain' }) as const),
  ];
}

import type { History, HistoryEntry } from '@countersign/shared/provider';
import { wrapped } from '../layout.ts';
import type { Output } from '../output.ts';

const SHOWN = 5;

export function historyLines(output: Output, { entries, notes }: History): readonly string[] {
  const rest = entries.length - SHOWN;
  return [
    ...(entries.length === 0 ? ['  Nothing on record.'] : []),
    ...entries.slice(0, SHOWN).flatMap((entry) => wrapped(output, entryText(entry), '  ')),
    ...(rest > 0 ? [`  … and ${rest} more; --json shows them.`] : []),
    ...notes.flatMap((note) => wrapped(output, note, '  ')),
  ];
}

function entryText({ at, what, file, computer, by, outcome }: HistoryEntry): string {
  return [
    at?.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC'),
    what,
    file,
    computer && `on ${computer}`,
    by && `by ${by}`,
    outcome,
  ]
    .filter(Boolean)
    .join(' · ');
}

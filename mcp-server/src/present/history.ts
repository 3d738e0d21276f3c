import type { HistoryEntry } from '@countersign/shared/provider';
import { cleanLine } from '@countersign/shared/text';

export function historyEntryOf({ at, what, by, computer, file, outcome }: HistoryEntry): HistoryEntry {
  const line = (text: string | null) => (text === null ? null : cleanLine(text, 200));
  return {
    at: line(at),
    what: cleanLine(what, 300),
    by: line(by),
    computer: line(computer),
    file: line(file),
    outcome: line(outcome),
  };
}

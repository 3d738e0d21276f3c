import type { History } from '@countersign/shared/provider';
import { cleanLine } from '@countersign/shared/text';
import * as z from 'zod';

const historyEntry = z.object({
  /** ISO 8601 where the vendor's time could be read, else as it stands there. */
  at: z.string().nullable(),
  what: z.string(),
  by: z.string().nullable(),
  computer: z.string().nullable(),
  file: z.string().nullable(),
  outcome: z.string().nullable(),
});

export const history = z.object({ entries: z.array(historyEntry), notes: z.array(z.string()) });
export type HistoryView = z.infer<typeof history>;

export function historyOf({ entries, notes }: History): HistoryView {
  const line = (text: string | null) => (text === null ? null : cleanLine(text, 200));
  return {
    entries: entries.map(({ at, what, by, computer, file, outcome }) => ({
      at: line(at),
      what: cleanLine(what, 300),
      by: line(by),
      computer: line(computer),
      file: line(file),
      outcome: line(outcome),
    })),
    notes: [...notes],
  };
}

/** The newest of them, and a note on the rest. */
export function newest({ entries, notes }: HistoryView, most: number): HistoryView {
  const more =
    entries.length > most
      ? [`Only the newest ${most} of ${entries.length} entries are shown; ask for fewer days.`]
      : [];
  return { entries: entries.slice(0, most), notes: [...more, ...notes] };
}

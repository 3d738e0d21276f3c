import type { JournalRow } from './journal.ts';
import type { Ledger } from './ledger.ts';

const PART = 250;

/** Every line, oldest first. */
export async function* journalLines(ledger: Pick<Ledger, 'rows'>): AsyncGenerator<JournalRow> {
  let after = 0;
  for (;;) {
    const rows = await ledger.rows(after, PART);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
}

/** A line whole, as JSON that shows everything in it. */
export function exportedLine(row: JournalRow): string {
  return visible(JSON.stringify(row));
}

/** What would act on a terminal or hide, in JSON's notation: there it means the same. */
export function visible(text: string): string {
  return text.replace(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

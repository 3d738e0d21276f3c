import { cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { FactRow, FactValue, Tone } from '../messages.ts';

export const LINE_MAX = 300;
export const NAME_MAX = 120;

/** A row, unless there is nothing to say. */
export function row(label: string, text: string | null, tone: Tone = 'plain'): readonly FactRow[] {
  return text === null || text === '' ? [] : [{ label, values: [{ text, tone }] }];
}

/** A row with something that somebody else wrote. */
export function rowOf(label: string, text: string | null, max = LINE_MAX): readonly FactRow[] {
  return row(label, text === null ? null : cleanLine(text, max));
}

/** A row that stands there also when the vendor says nothing, because that is something to know. */
export function rowOrUnknown(label: string, text: string | null, max = LINE_MAX): FactRow {
  return { label, values: [text === null ? unknown() : { text: cleanLine(text, max), tone: 'plain' }] };
}

export function unknown(): FactValue {
  return { text: l10n.t('not known'), tone: 'doubt' };
}

/** An instant as ISO 8601 has it, readable; what is none stays as it is. */
export function timeText(at: string): string {
  return cleanLine(at, 60)
    .replace('T', ' ')
    .replace(/(\.\d+)?Z$/, ' UTC');
}

import { cap } from './cap.ts';
import { countCodePoints, wholeOffset } from './code-points.ts';
import { type Draft, stripHidden } from './hidden.ts';
import { replaceHiddenReferences } from './references.ts';

/** A text that others wrote, safe to show. */
export interface Cleaned {
  readonly text: string;
  /** Code points taken out or replaced because a reader would not have seen them: "hidden characters removed". */
  readonly removed: number;
  /** Code points left out at the end. */
  readonly cut: number;
}

const LINE_MAX = 300;
const BLOCK_MAX = 4_000;
const BLOCK_LINES = 60;

/**
 * One line of a text that others wrote: nothing hidden, no control or format character, white space collapsed, NFC, at
 * most `max` code points. Idempotent. Never throws.
 */
export function cleanLine(text: string, max: number = LINE_MAX): string {
  return examineLine(text, max).text;
}

/** As {@link cleanLine}, but its lines are kept: at most `maxLines`, and never two empty ones in a row. */
export function cleanBlock(text: string, max: number = BLOCK_MAX, maxLines: number = BLOCK_LINES): string {
  return examineBlock(text, max, maxLines).text;
}

/** As {@link cleanLine}, but where it is cut it ends with `…` alone: for lists, in which room counts. */
export function shortLine(text: string, max: number): string {
  const { draft, unread } = begin(text, max);
  return cap(inOneLine(draft.text), max, unread, 'short').text;
}

/** {@link cleanLine} with an account of what it took away. */
export function examineLine(text: string, max: number = LINE_MAX): Cleaned {
  if (text.length <= max && PLAIN.test(text)) return { text, removed: 0, cut: 0 };
  const { draft, unread } = begin(text, max);
  return finish({ ...draft, text: inOneLine(draft.text) }, max, unread);
}

/** Visible ASCII in words with one space between them, and nothing that may be a character reference: most of what comes. */
const PLAIN = /^(?!.*&(?:#|shy|[A-Za-z]+;))[!-~]+(?: [!-~]+)*$/;

function inOneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/** {@link cleanBlock} with an account of what it took away. */
export function examineBlock(text: string, max: number = BLOCK_MAX, maxLines: number = BLOCK_LINES): Cleaned {
  if (text.length <= max && PLAIN.test(text)) return { text, removed: 0, cut: 0 };
  const { draft, unread } = begin(text, max);
  const lines = draft.text
    .split(/\r\n|[\n\v\f\r\u2028\u2029]/u)
    .map((line) => line.replace(/\s+/gu, ' ').trim())
    .filter((line, index, all) => line !== '' || all[index - 1] !== '')
    .join('\n')
    .trim()
    .split('\n');
  const kept = lines.slice(0, maxLines).join('\n').trimEnd();
  const dropped = lines.slice(maxLines).join('\n');
  return finish({ ...draft, text: kept }, max, unread + countCodePoints(dropped));
}

/** Reads a bounded part of the text, however long it is: enough for `max` even if most of it is hidden. */
function begin(text: string, max: number): { readonly draft: Draft; readonly unread: number } {
  const end = wholeOffset(text, Math.min(text.length, 1_024 + 8 * Math.max(0, max)));
  // NEL is a line break to terminals, but white space to no regular expression.
  const draft = stripHidden(text.slice(0, end).replaceAll('\u0085', '\n'));
  return { draft: replaceHiddenReferences(draft), unread: countCodePoints(text, end) };
}

function finish(draft: Draft, max: number, beyond: number): Cleaned {
  return { ...cap(draft.text, max, beyond), removed: draft.removed };
}

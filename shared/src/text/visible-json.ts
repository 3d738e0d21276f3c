import { UNSEEN } from './hidden.ts';

/**
 * A value as JSON, indented, in which everything that a reader would not see is written as an escape: the same value, and
 * nothing hidden in it.
 *
 * @param max UTF-16 code units that are kept
 */
export function visibleJson(
  value: unknown,
  max: number = Number.POSITIVE_INFINITY,
): { readonly text: string; readonly isCut: boolean } {
  const json = JSON.stringify(value, null, 2) ?? 'null';
  // Escapes only make it longer, so that no more than this is ever looked at.
  const visible = json.slice(0, max).replace(UNSEEN, escaped);
  return { text: visible.slice(0, max), isCut: json.length > max || visible.length > max };
}

/** By code units, as JSON writes them. */
function escaped(text: string): string {
  let escapes = '';
  for (let unit = 0; unit < text.length; unit += 1) {
    escapes += `\\u${text.charCodeAt(unit).toString(16).padStart(4, '0')}`;
  }
  return escapes;
}

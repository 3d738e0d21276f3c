import { countCodePoints, offsetOfCodePoint } from './code-points.ts';

const MARK = /^\p{M}/u;

/** The beginning of `&#8225;` may mean something else, and something hidden: `&#8`. */
const BEGUN_REFERENCE = /&#[xX]?[\da-fA-F]*$/;

/**
 * Cuts a text to `max` code points, the mark included that says how much is missing: `… (+1234 characters)`, or `…` alone
 * where that has no room. Never parts a surrogate pair, nor a letter from its combining marks.
 *
 * @param mark `short`: `…` alone in any case
 * @param beyond code points that are missing already, behind the end of `text`
 */
export function cap(
  text: string,
  max: number,
  beyond: number,
  mark: 'counted' | 'short' = 'counted',
): { readonly text: string; readonly cut: number } {
  const total = countCodePoints(text) + beyond;
  if (beyond === 0 && total <= max) return { text, cut: 0 };
  if (!(max >= 1)) return { text: '', cut: total };
  const roomForCount = mark === 'short' ? 0 : max - countCodePoints(markFor(total));
  const end = boundary(text, Math.floor(roomForCount > 0 ? roomForCount : max - 1));
  const kept = text.slice(0, end).replace(BEGUN_REFERENCE, '').trimEnd();
  const cut = total - countCodePoints(kept);
  return { text: kept + (roomForCount > 0 ? markFor(cut) : '…'), cut };
}

function markFor(cut: number): string {
  return `… (+${cut} characters)`;
}

function boundary(text: string, keep: number): number {
  for (let count = keep; count > 0; count--) {
    const offset = offsetOfCodePoint(text, count);
    if (!MARK.test(text.slice(offset, offset + 2))) return offset;
  }
  return 0;
}

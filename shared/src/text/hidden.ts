import { countCodePoints } from './code-points.ts';

/** A text on its way, with the number of code points taken from it because a reader would not have seen them. */
export interface Draft {
  readonly text: string;
  readonly removed: number;
}

const ESC = '\u001b';
const BEL = '\u0007';
const CSI = '\u009b';
const ST = '\u009c';
/** 8-bit DCS, SOS, OSC, PM and APC. */
const STRINGS = '\u0090\u0098\u009d-\u009f';

/**
 * ECMA-48, whole: a string (OSC 8 is a link whose target a terminal never shows) with its terminator; a CSI; any other
 * escape. A string that nothing ends loses only its introducer, so that what follows is seen rather than swallowed.
 * Each part stops at the next ESC, which keeps the scan linear.
 */
const ESCAPE_SEQUENCES = new RegExp(
  [
    `(?:${ESC}[\\]PX^_]|[${STRINGS}])[^${BEL}${ESC}${ST}]*(?:${BEL}|${ESC}\\\\|${ST})`,
    `(?:${ESC}\\[|${CSI})[0-?]*[ -/]*[@-~]`,
    `${ESC}[ -/]*[0-~]`,
  ].join('|'),
  'gu',
);

/** Joiners and selectors as everybody writes them, in emoji and in Persian: they go too, but are nobody's trick. */
const ORDINARY =
  /(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}])(?:\ufe0f\u200d?|\u200d)|(?<=\p{Script=Arabic})\u200c(?=\p{Script=Arabic})/gu;

/** Have a glyph, or a width, and no ink: Hangul and braille fillers, the null notehead. */
const BLANKS = /[\u115f\u1160\u2800\u3164\uffa0\u{1d159}]/gu;

/** Lone surrogates, non-characters and the private use areas, whose glyph depends on the reader's font. */
const MEANINGLESS = /[\p{Surrogate}\p{Noncharacter_Code_Point}\p{Private_Use}]/gu;

/** Controls, formats (bidi, tags, BOM, annotation, soft hyphen) and default ignorables (selectors, joiners); no white space. */
const INVISIBLE = /(?![\t\n\v\f\r\u0085])[\p{Control}\p{Format}\p{Default_Ignorable_Code_Point}]/gu;

/** No orthography needs more on one letter; a flood of them covers the lines above and below. */
const MARKS_KEPT = 6;
const MARK_FLOODS = new RegExp(`(?<=(?<!\\p{M})\\p{M}{${MARKS_KEPT}})\\p{M}+`, 'gu');

/** All of it, one character at a time, and white space of every kind but spaces and line feeds. */
export const UNSEEN = new RegExp(
  [BLANKS, MEANINGLESS, INVISIBLE, MARK_FLOODS]
    .map(({ source }) => `(?:${source})`)
    .join('|')
    .concat('|[^\\S \\n]|\\u0085'),
  'gu',
);

/**
 * Takes out or makes visible everything that a reader would not see. White space is left as it is.
 * The result is in NFC and well-formed UTF-16.
 */
export function stripHidden(text: string): Draft {
  let draft: Draft = { text, removed: 0 };
  draft = replaced(draft, ESCAPE_SEQUENCES, '');
  draft = { ...draft, text: draft.text.replace(ORDINARY, '') };
  draft = replaced(draft, BLANKS, ' ');
  draft = replaced(draft, MEANINGLESS, '\ufffd');
  draft = replaced(draft, INVISIBLE, '');
  // Before NFC, whose reordering of marks is not linear in their number, and after it, since it takes some apart.
  draft = replaced(draft, MARK_FLOODS, '');
  draft = { ...draft, text: draft.text.normalize('NFC') };
  return replaced(draft, MARK_FLOODS, '');
}

/** Whether a renderer that decodes a character reference to this code point would show nothing, or break the line. */
export function isHidden(codePoint: number): boolean {
  if (codePoint > 0x10ffff) return false;
  const character = String.fromCodePoint(codePoint);
  return [INVISIBLE, BLANKS, /[\t\n\v\f\r\u0085\u2028\u2029]/gu].some((hidden) => character.search(hidden) === 0);
}

function replaced(draft: Draft, pattern: RegExp, by: string): Draft {
  let removed = draft.removed;
  const text = draft.text.replace(pattern, (match) => {
    removed += countCodePoints(match);
    return by;
  });
  return { text, removed };
}

/** Letters of other scripts that are taken for Latin ones. */
const LETTERS: Readonly<Record<string, string>> = {
  ı: 'i',
  ɡ: 'g',
  ɑ: 'a',
  // Cyrillic
  а: 'a',
  с: 'c',
  е: 'e',
  о: 'o',
  р: 'p',
  х: 'x',
  у: 'y',
  к: 'k',
  м: 'm',
  т: 't',
  в: 'b',
  н: 'h',
  г: 'r',
  п: 'n',
  ѕ: 's',
  і: 'i',
  ј: 'j',
  ԁ: 'd',
  һ: 'h',
  ӏ: 'l',
  ԛ: 'q',
  ԝ: 'w',
  ѵ: 'v',
  ь: 'b',
  // Greek
  ν: 'v',
  ο: 'o',
  α: 'a',
  ρ: 'p',
  ι: 'i',
  κ: 'k',
  υ: 'u',
  χ: 'x',
  η: 'n',
  τ: 't',
  ε: 'e',
  ζ: 'z',
  // Armenian
  օ: 'o',
  ո: 'n',
  ս: 'u',
  հ: 'h',
  ց: 'g',
  զ: 'q',
};
/** Digits, and letters that are taken for others. */
const SIGNS: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '5': 's',
  '|': 'l',
  i: 'l',
  rn: 'm',
  vv: 'w',
};

const OTHERS = '\\p{Script=Cyrillic}\\p{Script=Greek}\\p{Script=Armenian}\\p{Script=Cherokee}';
/** Words of Latin letters and others. */
const WORD = new RegExp(`[\\p{Script=Latin}${OTHERS}]+`, 'gu');
const RUN = new RegExp(`[${OTHERS}]+`, 'gu');
const LATIN = /\p{Script=Latin}/u;

/**
 * Whether letters of another script stand for Latin ones in it: each letter of a run beside Latin ones looks like one of
 * those. In "PDFпринтер" two languages meet and nobody is deceived.
 */
export function imitatesLatin(text: string): boolean {
  // The micro sign and the letters of units are no letters of a word.
  const words = text.normalize('NFC').replace(/[µμΩ]/gu, '').match(WORD) ?? [];
  const runs = words.filter((word) => LATIN.test(word)).flatMap((word) => word.match(RUN) ?? []);
  return runs.some((run) =>
    [...run.toLowerCase()].every((letter) => Object.hasOwn(LETTERS, letter) || /\p{Script=Cherokee}/u.test(letter)),
  );
}

/** The text with Latin letters for all that look like them. */
export function latinised(text: string): string {
  return [...text].map((letter) => LETTERS[letter] ?? letter).join('');
}

/** What is left of a word once everything that looks alike is the same: "SVCH0ST" and "svсhоst" are one. */
export function skeleton(text: string): string {
  const lower = text.toLowerCase();
  const latin = /^[ -~]*$/.test(lower) ? lower : latinised(lower.normalize('NFKD').replace(/\p{M}/gu, ''));
  return latin.replace(/[0135|i]|rn|vv/g, (sign) => SIGNS[sign] ?? sign);
}

import { imitatesLatin, latinised } from './look-alikes.ts';

/** Most texts are: nothing is hidden in them, and to look for it takes longer than all phrases. */
const PLAIN = /^(?! )(?:[!-%'-~]| (?! ))*$/;

/** Marks between letters hide a phrase from a pattern, and from nobody who reads it; tags hide it from people alone. */
export function unhidden(text: string): string {
  if (PLAIN.test(text)) return text;
  const shown = (text.includes('&') ? withoutEntities(text) : text)
    .replace(/[\u{e0020}-\u{e007e}]/gu, (tag) => String.fromCodePoint((tag.codePointAt(0) ?? 0) - 0xe0000))
    .normalize('NFKC')
    .replace(/[\p{Cf}\u115f\u1160\u3164\uffa0]|\u034f|[\ufe00-\ufe0f]/gu, '')
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, '')
    .replace(/[\s\u2800]+/g, ' ');
  return imitatesLatin(shown) ? latinised(shown.toLowerCase()) : shown;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** "&#105;gnore", "&nbsp;"; those without a letter to show (soft hyphens, joiners) go. */
function withoutEntities(text: string): string {
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|([a-z]{2,30}));/gi, (whole, hex, decimal, named) => {
    if (named !== undefined)
      return (
        ENTITIES[String(named).toLowerCase()] ?? (/^(?:shy|zwj|zwnj|zerowidthspace|lrm|rlm)$/i.test(named) ? '' : whole)
      );
    const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return point > 0x10ffff ? whole : String.fromCodePoint(point);
  });
}

/** "Ignore_all-previous instructions", "<b>Ignore</b> all *previous* instructions" */
export function loosened(plain: string): readonly string[] {
  const loose = plain.replace(/<[^<>]{0,80}>|[\s_*~`|.,;/\\+"“”-]+/g, ' ').replace(/ {2,}/g, ' ');
  return loose === plain ? [] : [loose];
}

/** "i g n o r e  a l l", "IgnoreAllPreviousInstructions" */
export function squeezed(lower: string): string {
  return lower.replace(/[^a-z]+/g, '');
}

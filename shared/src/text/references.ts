import type { Draft } from './hidden.ts';
import { isHidden } from './hidden.ts';

/** HTML decodes numbers and `&shy` without their semicolon too, `&shy` even where a letter follows. */
const REFERENCE = /&(?:#(\d+)|#[xX]([\da-fA-F]+)|(shy|[A-Za-z]+));?/g;

/** HTML's names for what can't be seen, or would break a line. */
const HIDDEN_NAMES = new Set([
  'ApplyFunction',
  'InvisibleComma',
  'InvisibleTimes',
  'NegativeMediumSpace',
  'NegativeThickSpace',
  'NegativeThinSpace',
  'NegativeVeryThinSpace',
  'NewLine',
  'NoBreak',
  'Tab',
  'ZeroWidthSpace',
  'af',
  'ic',
  'it',
  'lrm',
  'rlm',
  'shy',
  'zwj',
  'zwnj',
]);

/**
 * Replaces the HTML character references that a Markdown or HTML renderer would decode to something hidden (`&#8203;`)
 * by the replacement character. They are not taken out, since what stands around them could then close up to another
 * reference. All other references stay as they were written.
 */
export function replaceHiddenReferences(draft: Draft): Draft {
  let removed = draft.removed;
  const text = draft.text.replace(REFERENCE, (match, decimal?: string, hexadecimal?: string, name?: string) => {
    const hidden =
      name === undefined
        ? isHidden(decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number.parseInt(decimal, 10))
        : HIDDEN_NAMES.has(name) && (match.endsWith(';') || name === 'shy');
    if (!hidden) return match;
    removed++;
    return '\ufffd';
  });
  return { text, removed };
}

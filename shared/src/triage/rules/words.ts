import { AI_PHRASES } from '../data/ai-phrases.ts';
import type { AiPhrase } from '../data/entry.ts';
import { VAGUE_REASONS } from '../data/vague-reasons.ts';
import type { Rules } from '../observation.ts';

/** What people wrote. */
export const words: Rules = (request) => {
  const { subject, requester, reason, comments, ticket } = request;
  const texts = [reason, comments, ticket, subject.name, subject.path, subject.product, subject.vendor, requester.name];
  const spoken = texts.find((text) => text !== null && addresses(text));
  const said = reason?.trim() ?? '';
  return [
    spoken != null && {
      id: 'addresses-an-ai',
      fact: spoken,
      message: 'A text in this request speaks to an AI assistant, as if to have it approved.',
    },
    said === '' && { id: 'reason-missing', fact: reason ?? 'no reason', message: 'Nobody said what it is for.' },
    said !== '' &&
      isVague(said) && { id: 'reason-vague', fact: said, message: 'The reason says nothing of what it is for.' },
  ];
};

// Looked for in every text of every request, so each group is one expression, and few texts need the last.
const isLatin = ({ language }: AiPhrase) => !/^(zh|ja|ko|ru)/.test(language);
const union = (sources: readonly (string | undefined)[]) => sources.filter((source) => source !== undefined).join('|');
const latin = AI_PHRASES.filter(isLatin);
const other = AI_PHRASES.filter((phrase) => !isLatin(phrase));
const between = (source: string) => `(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`;
const WORDS = new RegExp(between(union(latin.map((phrase) => phrase.words))), 'u');
const TEXT = new RegExp(union(latin.map((phrase) => phrase.text)), 'u');
const OTHER = new RegExp(
  union([between(union(other.map((phrase) => phrase.words))), ...other.map((phrase) => phrase.text)]),
  'iu',
);
const HAS_OTHER = /[\u0250-\u{10ffff}]/u;

function addresses(text: string): boolean {
  const plain = PLAIN.test(text) ? text : unhidden(text);
  const lower = plain.toLowerCase();
  return WORDS.test(lower) || TEXT.test(lower) || (HAS_OTHER.test(plain) && OTHER.test(plain));
}

/** Most texts are: nothing is hidden in them, and to look for it takes longer than all phrases. */
const PLAIN = /^(?! )(?:[!-~]| (?! ))*$/;

/** Marks between letters hide a phrase from a pattern, and from nobody who reads it; tags hide it from people alone. */
function unhidden(text: string): string {
  return text
    .replace(/[\u{e0020}-\u{e007e}]/gu, (tag) => String.fromCodePoint((tag.codePointAt(0) ?? 0) - 0xe0000))
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ');
}

const VAGUE = new Set(VAGUE_REASONS.flatMap(({ words: own }) => own));

/** Nothing but words that say nothing, or hardly a letter at all. */
function isVague(reason: string): boolean {
  const plain = reason
    .normalize('NFKC')
    .toLowerCase()
    // What is left of the Turkish capital I with a dot.
    .replaceAll('\u0307', '')
    .replace(/[^\p{L}\p{N}\s]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const letters = plain.replace(/[^\p{L}]/gu, '');
  const least = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(letters) ? 2 : 4;
  return letters.length < least || VAGUE.has(plain) || plain.split(' ').every((word) => VAGUE.has(word));
}

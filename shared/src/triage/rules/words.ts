import { AI_PHRASES } from '../data/ai-phrases.ts';
import { AI_PHRASES_OF_MORE_LANGUAGES } from '../data/ai-phrases-of-more-languages.ts';
import type { AiPhrase } from '../data/entry.ts';
import { VAGUE_REASONS } from '../data/vague-reasons.ts';
import { type Rules, THEIR_ADDRESS } from '../observation.ts';
import { loosened, squeezed, unhidden } from '../unhidden.ts';

/** What people wrote. */
export const words: Rules = (request, { addressing }) => {
  const { subject, requester, computer, reason, comments, ticket, assignee } = request;
  const { name, path, product, vendor, process, createdBy, certificates } = subject;
  const signers = certificates?.map((certificate) => certificate.subject) ?? [];
  const files = [path?.endsWith(name ?? '') ? null : name, path, product, vendor, process, ...createdBy, ...signers];
  const people = [requester.name, requester.account, requester.email, computer.name, assignee];
  const spoken = [reason, comments, ticket, ...files, ...people].find(
    (text) => text !== null && addresses(text, addressing),
  );
  const said = reason?.trim() ?? '';
  return [
    spoken != null && {
      id: 'addresses-an-ai',
      fact: spoken === requester.email ? THEIR_ADDRESS : spoken,
      message: 'A text in this request speaks to an AI assistant, as if to have it approved.',
    },
    said === '' && { id: 'reason-missing', fact: reason ?? 'no reason', message: 'Nobody said what it is for.' },
    said !== '' &&
      isVague(said) && { id: 'reason-vague', fact: said, message: 'The reason says nothing of what it is for.' },
  ];
};

// Looked for in every text of every request, so each group is one expression, and few texts need the last.
const isLatin = ({ language }: AiPhrase) => !/^(zh|ja|ko|ru|uk|el|ar|he|hi|th)/.test(language);
const union = (sources: readonly (string | undefined)[]) => sources.filter((source) => source !== undefined).join('|');
const phrases = [...AI_PHRASES, ...AI_PHRASES_OF_MORE_LANGUAGES];
const latin = phrases.filter(isLatin);
const other = phrases.filter((phrase) => !isLatin(phrase));
const between = (source: string) => `(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`;
/** Ranges for `\\p{L}`: the class of all letters makes an expression several times as large, and slow to begin with. */
const within = (letters: string, source: string) =>
  source
    .replaceAll('[\\p{L}\\p{N}]', `[${letters}0-9]`)
    .replace(/(\[[^\]]*?)\\p\{L\}/g, `$1${letters}`)
    .replaceAll('\\p{L}', `[${letters}]`);
const LATIN = 'a-zß-ɏ';
/** With their marks, and the signs among them. */
const LETTERS = 'a-z\\u00c0-\\u1fff\\u3040-\\ud7ff\\uf900-\\uffdc';
const WORDS = within(LATIN, between(union(latin.map((phrase) => phrase.words))));
const TEXT = within(LATIN, union(latin.map((phrase) => phrase.text)));
/**
 * As one, they are more than the 20 kB up to which V8 optimises an expression: begun in half the time and a quarter of the
 * memory, and several times as slow with each text. Optimised ones are for queues with so many texts that it pays.
 */
const SOON_BEGUN = [searchFor(union([WORDS, TEXT]))];
const SOON_DONE = [searchFor(WORDS), searchFor(TEXT)];
const MANY = 2000;

// Brought to the form that texts are brought to: lower case, and Thai has letters that fall in two.
const plainly = (source: string) =>
  within(
    LETTERS,
    source.normalize('NFKC').replace(/[A-Z]{2,}/g, (name) => name.toLowerCase()),
  );
const hasOther = searchFor(
  union([
    // Signs end a word as well, so its ends are told by the true class.
    between(plainly(union(other.map((phrase) => phrase.words)))),
    ...other.map((phrase) => (phrase.text === undefined ? undefined : plainly(phrase.text))),
  ]),
);

type Search = (text: string) => boolean;

/**
 * A search with a long expression. V8 makes byte code of it for its first use, and machine code for the second, or for a
 * text of a thousand characters. The byte code takes ten times as long to make, a tenth of a second here, so it is left out.
 */
function searchFor(source: string): Search {
  let begun: RegExp | null = null;
  return (text) => {
    if (begun === null) {
      begun = new RegExp(source, 'u');
      begun.test(' '.repeat(1000));
    }
    return begun.test(text);
  };
}

const ASCII = /^[ -~]*$/;
/** Letters, not the quotation marks and dashes of all languages. */
const HAS_OTHER = /[\u0370-\u1cff\u1f00-\u1fff\u2e80-\u{10ffff}]/u;

const MOST_REMEMBERED = 20_000;
const LONGEST_REMEMBERED = 200;

function addresses(text: string, memory: Map<string, boolean> | undefined): boolean {
  const known = memory?.get(text);
  if (known !== undefined) return known;
  const found = isAddressing(text, memory && memory.size >= MANY ? SOON_DONE : SOON_BEGUN);
  if (memory && text.length <= LONGEST_REMEMBERED) {
    if (memory.size >= MOST_REMEMBERED) memory.clear();
    memory.set(text, found);
  }
  return found;
}

function isAddressing(text: string, latinPhrases: readonly Search[]): boolean {
  const plain = unhidden(text);
  const lower = plain.toLowerCase();
  const isHinted = HINT.test(lower);
  if (!isHinted && FILE.test(plain)) return false;
  const speaks = (loose: string) =>
    latinPhrases.some((isIn) => isIn(loose)) || (HAS_OTHER.test(loose) && hasOther(loose));
  return speaks(lower) || (isHinted && (loosened(lower).some(speaks) || SQUEEZED.test(squeezed(lower))));
}

/** A path or a name without room or signs, as most are: no phrase fits into it. */
const FILE = /^(?:[A-Za-z]:)?(?:\\Program Files(?: \(x86\))?)?[\w!$%()+,./\\=~-]*$/;

/** What phrases turn on; without one of these there is none behind signs or between lone letters. */
const HINT =
  /ignor|disregard|forget|override|instruct|prompt|i.n.s.t.r|assistant|chat.?bot|language.model|llm|anweis|vergiss|consign|instrucc|instruç|istruz|instrukc|olvid|oubli|dimentic|negeer|approve_|deny_|take_own|get_permit/;

const SQUEEZED =
  /(?:ignore|disregard|forget|override)(?:all)?(?:of)?(?:the|your|my|any)?(?:previous|prior|earlier|preceding|above|existing)(?:system)?(?:instruction|prompt|directive|guideline|rule)/;

const LEAST = 4;
const VAGUE = new Set(VAGUE_REASONS.flatMap(({ words: own }) => own));

/** Nothing but words that say nothing, or hardly a letter at all. */
function isVague(reason: string): boolean {
  // Most reasons: nothing in them has to be brought to one form.
  if (ASCII.test(reason)) {
    const own = reason.toLowerCase().match(/[a-z0-9]+/g) ?? [];
    return own.every((word) => VAGUE.has(word)) || own.join('').replace(/\d+/g, '').length < LEAST;
  }
  const plain = reason
    .normalize('NFKC')
    .toLowerCase()
    // What is left of the Turkish capital I with a dot.
    .replaceAll('\u0307', '')
    .replace(/[^\p{L}\p{N}\s]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const letters = plain.replace(/[^\p{L}]/gu, '');
  const least = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(letters) ? 2 : LEAST;
  return letters.length < least || VAGUE.has(plain) || plain.split(' ').every((word) => VAGUE.has(word));
}

import fc from 'fast-check';
import { hostileCorpus } from '../../hostile-corpus.ts';

/** Short texts made of ordinary letters, hostile pieces and any UTF-16 units, in every order. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom(...'&#;8203xzwj\\`*_[]()<>!|~-+=.:/@$ \t\r\n\u001b]\u0007\u200b\u0301\u0344\u037e\u2028'),
      fc.constantFrom('&#8203;', '&shy', 'https://', 'www.', 'a@b.example', '1. ', '```', '\u001b[31m', '\u001b]8;;'),
      fc.constantFrom(...hostileCorpus.map(({ text }) => text).filter((text) => text.length < 200)),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));

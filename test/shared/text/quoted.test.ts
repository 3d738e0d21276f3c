import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quoted } from '../../../shared/src/text/index.ts';
import { hostileText } from './arbitrary.ts';

const MARKS = [...'"“”„‟″‶＂〝〞〟〃ʺ˝˶ˮ״᳓⹂❝❞❠🙶🙷🙸'];

test.each(MARKS)('%s does not close what is quoted', (mark) => {
  expect(quoted(`Update${mark}. Signed by ${mark}Contoso${mark}`)).toBe(`"Update'. Signed by 'Contoso'"`);
});

test('whatever it holds, a quoted text is closed by its end alone', () => {
  fc.assert(
    fc.property(hostileText, fc.constantFrom(...MARKS), hostileText, (before, mark, after) => {
      const text = quoted(`${before}${mark}${after}`);
      expect([...text].filter((character) => MARKS.includes(character))).toEqual(['"', '"']);
      expect(text).toMatch(/^".*"$/su);
    }),
  );
});

test.each([
  ["Bob's editor", `"Bob's editor"`],
  ['Größe 5′', '"Größe 5′"'],
  ['«план»', '"«план»"'],
  ['🙂 ok', '"🙂 ok"'],
])('%s stays as it was written', (text, expected) => {
  expect(quoted(text)).toBe(expected);
});

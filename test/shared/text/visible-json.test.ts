import { visibleJson } from '@countersign/shared/text';
import { expect, test } from 'vitest';
import { forbiddenIn, honestTexts, hostileCorpus } from '../../hostile-corpus.ts';

test.each(hostileCorpus)('$name stays the same value, with nothing hidden in its JSON', ({ text }) => {
  const value = { [text]: [text] };
  const { text: json, isCut } = visibleJson(value);
  expect(isCut).toBe(false);
  expect(forbiddenIn(json, '\n')).toEqual([]);
  expect(json).not.toMatch(/[^\S \n]/u);
  expect(JSON.parse(json)).toEqual(value);
});

test.each(honestTexts)('$name is read as it was written', ({ text }) => {
  expect(visibleJson(text).text).toContain(text.replaceAll('\\', '\\\\'));
});

test('what is longer than it may be is cut, and that is told', () => {
  expect(visibleJson('\u200b'.repeat(10), 8)).toEqual({ text: '"\\u200b\\', isCut: true });
  expect(visibleJson('abc', 5)).toEqual({ text: '"abc"', isCut: false });
});

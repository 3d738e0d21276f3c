import { visibleJson } from '@countersign/shared/text';
import { expect, test } from 'vitest';
import { forbiddenIn, honestTexts, hostileCorpus } from '../../hostile-corpus.ts';

test.each(hostileCorpus)('$name stays the same value, with nothing hidden in its JSON', ({ text }) => {
  const value = { [text]: [text] };
  const json = visibleJson(value);
  expect(forbiddenIn(json, '\n')).toEqual([]);
  expect(json).not.toMatch(/[^\S \n]/u);
  expect(JSON.parse(json)).toEqual(value);
});

test.each(honestTexts)('$name is read as it was written', ({ text }) => {
  expect(visibleJson(text)).toContain(text.replaceAll('\\', '\\\\'));
});

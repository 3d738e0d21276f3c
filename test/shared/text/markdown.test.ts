import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanBlock, escapeMarkdown } from '../../../shared/src/text/index.ts';
import { forbiddenIn, hostileCorpus } from '../../hostile-corpus.ts';
import { hostileText } from './arbitrary.ts';

const ESCAPED = /\\([!-/:-@[-`{-~])/g;

function expectInert(escaped: string) {
  expect(forbiddenIn(escaped, '\n')).toEqual([]);
  const left = escaped.replace(ESCAPED, '');
  expect(left).not.toMatch(/[\\`*_[\]{}<>#!|~&@$^]/);
  expect(escaped).not.toMatch(/:\/\/|\/\/|www\./i);
  for (const line of escaped.split('\n')) {
    expect(line).not.toMatch(/^\s|^[-+=:>#]|^\d+[.)]/);
    expect(line).not.toMatch(/\S {3}$/);
  }
}

/** What a renderer shows of it: escapes resolved, hard breaks as line breaks. */
const rendered = (escaped: string) => escaped.replaceAll('  \n', '\n').replace(ESCAPED, '$1');

test.each(hostileCorpus)('$name renders as nothing but its text', ({ text }) => {
  expectInert(escapeMarkdown(text));
  expect(rendered(escapeMarkdown(text))).toBe(cleanBlock(text));
});

test('any text renders as nothing but its text', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      expectInert(escapeMarkdown(text));
      expect(rendered(escapeMarkdown(text))).toBe(cleanBlock(text));
    }),
    { numRuns: 3_000 },
  );
});

test('file names and sentences stay readable', () => {
  expect(escapeMarkdown('Obsidian-1.5.3.exe (signed), 64-bit')).toBe('Obsidian-1.5.3.exe (signed), 64-bit');
  expect(escapeMarkdown('see https://evil.example')).toBe('see https\\:\\/\\/evil.example');
  expect(escapeMarkdown('1. one\n- two\n\nthree')).toBe('1\\. one  \n\\- two\n\nthree');
});

test('the cap counts the text, not its escapes', () => {
  expect(escapeMarkdown('*'.repeat(10), 10)).toBe('\\*'.repeat(10));
  expect(escapeMarkdown('*'.repeat(100), 30)).toBe(`${'\\*'.repeat(11)}… (+89 characters)`);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { slug } from '../../../shared/src/text/index.ts';
import { hostileCorpus } from '../../hostile-corpus.ts';
import { hostileText } from './arbitrary.ts';

const SAFE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,23}$/;

test.each([
  ['obsidian.exe', 'obsidian.exe'],
  ['cmd.exe', 'cmd.exe'],
  ['setup x64 (1).exe', 'setup-x64-1.exe'],
  ['--force.exe', 'force.exe'],
  ['.bashrc', 'bashrc'],
  ['../../etc/passwd', 'etc-passwd'],
  ['A very long installer for something 2026.msi', 'A-very-long-installe.msi'],
  ['0123456789012345678901234567890123456789', '012345678901234567890123'],
  ['invoice.pdf.exe', 'invoice.pdf.exe'],
])('%s is typed as %s', (name, typed) => {
  expect(slug(name)).toBe(typed);
});

test.each([
  '',
  '.',
  '..',
  '-',
  '---',
  '...',
  '   ',
  '()',
  '\u043ebsidian.exe',
  'caf\u00e9.exe',
  'a\u0000b',
  'a\u200bb',
  '資料',
  'a\nb',
])('%j has no slug', (name) => {
  expect(slug(name)).toBeNull();
});

test.each(hostileCorpus)('$name has a safe slug or none', ({ text }) => {
  expect(slug(text) ?? 'none').toMatch(SAFE);
});

test('any name has a safe slug or none, which is its own slug', () => {
  fc.assert(
    fc.property(fc.oneof(hostileText, fc.string({ maxLength: 60 })), (name) => {
      const typed = slug(name);
      if (typed === null) return;
      expect(typed).toMatch(SAFE);
      expect(slug(typed)).toBe(typed);
    }),
    { numRuns: 3_000 },
  );
});

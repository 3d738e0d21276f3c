import type { Finding } from '@countersign/shared/approval';
import { expect, test } from 'vitest';
import { findingsMarkdown, findingsSummary } from '../../../extension/src/views/findings.ts';
import { forbiddenIn, hostileCorpus } from '../../hostile-corpus.ts';

const finding = (severity: Finding['severity'], fact: string): Finding => ({
  id: 'masquerade',
  severity,
  fact,
  message: 'It looks like another file.',
  source: 'a test',
});

test('a summary counts each severity, the gravest first', () => {
  const all = (['info', 'caution', 'stop', 'caution'] as const).map((severity) => finding(severity, 'x'));
  expect(findingsSummary(all)).toBe('1 stop, 2 cautions, 1 note');
  expect(findingsSummary([])).toBe('nothing found');
});

test('a hover has a line for each finding, with what it rests on', () => {
  expect(findingsMarkdown([finding('stop', 'svch0st.exe'), finding('info', 'x')]).split('\n')).toEqual([
    '- **stop** It looks like another file. Rests on: svch0st.exe',
    '- **info** It looks like another file. Rests on: x',
  ]);
  expect(findingsMarkdown([])).toBe('Nothing was found.');
});

test.each(hostileCorpus)('$name makes no line, mark or link in a hover', ({ text }) => {
  const [line = '', ...more] = findingsMarkdown([finding('stop', text)]).split('\n');
  expect(more).toEqual([]);
  expect(forbiddenIn(line)).toEqual([]);
  const theirs = line.replace('- **stop** It looks like another file. Rests on: ', '');
  expect(theirs.replace(/\\[!-/:-@[-`{-~]/g, '')).not.toMatch(/[\\`*_[\]{}<>#!|~&@$^]/);
  expect(theirs).not.toMatch(/:\/\/|www\./i);
});

import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { cleanBlock, cleanLine, examineBlock, examineLine, shortLine } from '../../../shared/src/text/index.ts';
import { forbiddenIn, honestTexts, hostileCorpus } from '../../hostile-corpus.ts';
import { hostileText } from './arbitrary.ts';

const length = (text: string) => [...text].length;
/** A reference that a renderer would decode to something that can't be seen. */
const HIDDEN_REFERENCE = /&(#0*8203|#x0*200b|zwj;|zwnj;|shy|lrm;|rlm;|ZeroWidthSpace;|NoBreak;|#10;|#13;|NewLine;)/i;

describe.each(hostileCorpus)('$name', ({ text }) => {
  it('becomes one clean line', () => {
    const line = cleanLine(text, 80);
    expect(forbiddenIn(line)).toEqual([]);
    expect(line).not.toMatch(/\s\s|^\s|\s$|[^\S ]/);
    expect(line).not.toMatch(HIDDEN_REFERENCE);
    expect(line).not.toMatch(/\p{M}{7}/u);
    expect(length(line)).toBeLessThanOrEqual(80);
    expect(line).toBe(line.normalize('NFC'));
    expect(cleanLine(line, 80)).toBe(line);
  });

  it('becomes a clean block', () => {
    const block = cleanBlock(text, 200, 5);
    expect(forbiddenIn(block, '\n')).toEqual([]);
    expect(block).not.toMatch(/[^\S \n]|\n{3}|^\s|\s$/);
    expect(block).not.toMatch(HIDDEN_REFERENCE);
    expect(length(block)).toBeLessThanOrEqual(200);
    expect(block.split('\n').length).toBeLessThanOrEqual(5);
    expect(cleanBlock(block, 200, 5)).toBe(block);
  });
});

test.each(honestTexts)('$name survives as it was written', ({ text }) => {
  expect(examineLine(text)).toEqual({ text: text.normalize('NFC'), removed: 0, cut: 0 });
});

test('any text becomes a clean line within any cap, and stays what it became', () => {
  fc.assert(
    fc.property(hostileText, fc.integer({ min: 0, max: 120 }), (text, max) => {
      const line = cleanLine(text, max);
      expect(forbiddenIn(line)).toEqual([]);
      expect(line).not.toMatch(HIDDEN_REFERENCE);
      expect(length(line)).toBeLessThanOrEqual(max);
      expect(cleanLine(line, max)).toBe(line);
      expect(line).toBe(line.normalize('NFC'));
    }),
    { numRuns: 3_000 },
  );
});

test('any text becomes a clean block within any cap, and stays what it became', () => {
  fc.assert(
    fc.property(hostileText, fc.integer({ min: 0, max: 120 }), fc.integer({ min: 1, max: 6 }), (text, max, lines) => {
      const block = cleanBlock(text, max, lines);
      expect(forbiddenIn(block, '\n')).toEqual([]);
      expect(length(block)).toBeLessThanOrEqual(max);
      expect(block.split('\n').length).toBeLessThanOrEqual(lines);
      expect(cleanBlock(block, max, lines)).toBe(block);
    }),
    { numRuns: 3_000 },
  );
});

describe('what a reader is told', () => {
  it('counts what was hidden', () => {
    expect(examineLine('ap\u200bpro\u202eve')).toEqual({ text: 'approve', removed: 2, cut: 0 });
    expect(examineLine('\u001b]8;;https://evil.example\u0007vendor\u001b]8;;\u0007')).toMatchObject({ text: 'vendor' });
    expect(examineLine('a&#8203;b')).toEqual({ text: 'a\ufffdb', removed: 1, cut: 0 });
    expect(examineLine('a\ud800b')).toEqual({ text: 'a\ufffdb', removed: 1, cut: 0 });
  });

  it('takes an ampersand of an address for no reference, and a reference for one wherever it stands', () => {
    const address = 'https://www.adminbyrequest.com/AuditLog?Page=AppElevations&ID=1&ShowSearch=false';
    expect([examineLine(address), examineBlock(address)]).toEqual([
      { text: address, removed: 0, cut: 0 },
      { text: address, removed: 0, cut: 0 },
    ]);
    for (const hidden of ['&#8203', '&#x200b;', '&zwj;', '&shyp']) {
      expect(examineLine(`a&b ${hidden}&c`)).toMatchObject({ removed: 1 });
      expect(examineBlock(`a&b ${hidden}&c`)).toMatchObject({ removed: 1 });
    }
  });

  it('does not count line breaks, spaces, or the joiners of emoji and Persian', () => {
    expect(examineLine('one\r\n\ttwo   three').removed).toBe(0);
    expect(examineLine('\u{1f469}\u{1f3fd}\u200d\u{1f4bb} \u2764\ufe0f').removed).toBe(0);
    expect(examineLine('می\u200cخواهم').removed).toBe(0);
    expect(examineLine('a\u200cb').removed).toBe(1);
  });

  it('says how much was cut, of the line', () => {
    expect(cleanLine('x'.repeat(1_000), 40)).toBe(`${'x'.repeat(20)}… (+980 characters)`);
    expect(examineLine('x'.repeat(1_000), 40).cut).toBe(980);
    expect(cleanLine('x'.repeat(100), 5)).toBe('xxxx…');
    expect(cleanLine('x'.repeat(100), 0)).toBe('');
    expect(cleanLine('x&#8225;'.repeat(100), 5)).toBe('x…');
  });

  it('says how much was cut, of the lines', () => {
    expect(cleanBlock('one\ntwo\nthree\nfour', 100, 2)).toBe('one\ntwo… (+10 characters)');
    expect(examineBlock('one\r\n\r\n\r\n\r\ntwo')).toEqual({ text: 'one\n\ntwo', removed: 0, cut: 0 });
  });

  it('counts whole characters, and parts none from its accents', () => {
    expect(examineLine('\u{1f600}'.repeat(50), 30)).toMatchObject({
      text: `${'\u{1f600}'.repeat(12)}… (+38 characters)`,
    });
    expect(cleanLine(`abc${'x\u0323\u0301'.repeat(9)}`, 6)).toBe('abc…');
  });

  it('parts no pair where it stops reading', () => {
    for (let hidden = 1_000; hidden < 1_200; hidden++) {
      expect(cleanLine(`${'\u200b'.repeat(hidden)}\u{1f600}`, 12)).not.toContain('\ufffd');
    }
  });

  it('shows what an unfinished terminal sequence would have swallowed', () => {
    expect(cleanLine('\u001b]8;;https://evil.example shown')).toContain('https://evil.example shown');
  });
});

test('a line for a list ends with an ellipsis where it is cut, and is as clean and short as others', () => {
  expect(shortLine('Update of the scanner program', 10)).toBe('Update of…');
  expect(shortLine('Short', 10)).toBe('Short');
  for (const { text } of hostileCorpus) {
    const short = shortLine(text, 20);
    expect(forbiddenIn(short)).toEqual([]);
    expect([...short].length).toBeLessThanOrEqual(20);
    expect(cleanLine(short)).toBe(short);
  }
});

test('10 MB of anything takes moments, not minutes', () => {
  const units = ['a', '\u200b', '\u001b]', '\u001b[0', '\u0301\u0316', '&#', ' ', '\n', '\u{1f600}', '\ud800'];
  for (const unit of units) {
    const text = unit.repeat(Math.ceil(10_000_000 / unit.length));
    const begun = performance.now();
    cleanLine(text);
    cleanBlock(text);
    expect(performance.now() - begun).toBeLessThan(5_000);
  }
});

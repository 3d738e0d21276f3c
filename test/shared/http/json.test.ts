import fc from 'fast-check';
import { expect, test } from 'vitest';
import { integerText, parseExactJson } from '../../../shared/src/http/index.ts';

test('what JSON.parse reads exactly is read alike', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      expect(JSON.stringify(parseExactJson(text))).toBe(JSON.stringify(JSON.parse(text)));
    }),
  );
});

test('an integer keeps every digit, there and back', () => {
  fc.assert(
    fc.property(fc.bigInt(), (value) => {
      const parsed = parseExactJson(String(value));
      expect(JSON.stringify({ value: parsed })).toBe(`{"value":${value}}`);
      expect(integerText(parsed)).toBe(String(value));
    }),
  );
});

test.each([[1.5], ['4'], [null], [true], [[4]], [{ rawJSON: 4 }], [Number.NaN]])('%j is no integer', (value) => {
  expect(integerText(value)).toBeNull();
});

test.each(['1e400', '12345678901234567890.5'])('%s is kept as written, and is no integer', (text) => {
  const parsed = parseExactJson(text);
  expect(JSON.stringify(parsed)).toBe(text);
  expect(integerText(parsed)).toBeNull();
});

test('a key named __proto__ is a key', () => {
  const parsed = parseExactJson('{"__proto__":{"statusCode":4}}');
  expect(JSON.stringify(parsed)).toBe('{"__proto__":{"statusCode":4}}');
  expect(Reflect.get(Object(parsed), 'statusCode')).toBeUndefined();
});

test.each(['', '{', '[1,]', 'NaN'])('%j is a syntax error', (text) => {
  expect(() => parseExactJson(text)).toThrow(SyntaxError);
});

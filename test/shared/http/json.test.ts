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

/** Asked about each value, as it is done for few answers only. */
function slowly(text: string): string {
  const exact = JSON as unknown as {
    parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
    rawJSON(text: string): unknown;
  };
  const read = exact.parse(text, (_key, value, { source }) => {
    if (typeof value !== 'number' || source === undefined || Number.isSafeInteger(value)) return value;
    return Number.isInteger(value) || !Number.isFinite(value) ? exact.rawJSON(source) : value;
  });
  return JSON.stringify(read);
}

test('every number is read as if all values were looked at, wherever it stands', () => {
  const digits = fc.stringMatching(/^(0|[1-9]\d{0,24})$/);
  const number = fc
    .tuple(
      fc.constantFrom('', '-'),
      digits,
      fc.constantFrom('', '.5', '.00000000000000001', '.25e3', 'e2', 'E+30', 'e400'),
    )
    .map((parts) => parts.join(''));
  const space = fc.constantFrom('', ' ', '\n\t ');
  const string = fc.string({ unit: 'grapheme' }).map((text) => JSON.stringify(`${text}":[1e9,{"\\`));
  const value = fc.oneof(number, string, fc.constantFrom('null', 'true'));
  const list = fc.tuple(space, fc.array(value)).map(([gap, all]) => `[${gap}${all.join(`${gap},${gap}`)}${gap}]`);
  const object = fc
    .tuple(space, fc.array(fc.tuple(string, fc.oneof(value, list))))
    .map(([gap, all]) => `{${all.map(([key, one]) => `${key}${gap}:${gap}${one}`).join(',')}}`);
  fc.assert(
    fc.property(fc.oneof(value, list, object), (text) => {
      expect(JSON.stringify(parseExactJson(text))).toBe(slowly(text));
    }),
    { numRuns: 2000 },
  );
});

test.each(['[', '{"a":'])(
  'what is nested beyond reason by %j is refused, whatever its strings seem to hold',
  (open) => {
    const close = open === '[' ? ']' : '}';
    const nested = (depth: number) => `${open.repeat(depth)}"\\"${close.repeat(depth)}"${close.repeat(depth)}`;
    expect(() => parseExactJson(nested(100_000))).toThrow(RangeError);
    expect(parseExactJson(nested(50))).toBeDefined();
  },
);

test('an integer keeps every digit, there and back', () => {
  fc.assert(
    fc.property(fc.bigInt(), (value) => {
      const parsed = parseExactJson(String(value));
      expect(JSON.stringify({ value: parsed })).toBe(`{"value":${value}}`);
      expect(integerText(parsed)).toBe(String(value));
    }),
  );
});

test.each(['9007199254740991', '9007199254740993', '-9999999999999999', '[1, 9007199254740993]'])(
  '%s, of as many digits as the first that are too many, is kept as written',
  (text) => {
    expect(JSON.stringify(parseExactJson(text))).toBe(text.replace(' ', ''));
  },
);

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

import { isJsonObject, type JsonValue } from '../approval/index.ts';

interface SourceContext {
  readonly source?: string;
}
// ECMAScript's "JSON.parse source text access" (Node 21 and later), which TypeScript's library does not describe yet.
interface ExactJson {
  parse(text: string, reviver: (key: string, value: JsonValue, context: SourceContext) => unknown): JsonValue;
  rawJSON(text: string): { readonly rawJSON: string };
}
const exact = JSON as unknown as ExactJson;

/** A number that may be more than JSON.parse reads exactly: 15 digits always are. What a text only seems to hold costs time alone. */
const LONG_NUMBER = /(?:^|[:[,])\s*-?(?:\d{16}|\d+(?:\.\d+)?[eE])/;
/** Deeper than any answer that makes sense, and far from what a call stack bears. */
const MOST_DEPTH = 100;

/**
 * JSON.parse that loses no digit: an integer beyond 2^53 becomes a raw number, which JSON.stringify writes back as it came.
 * Both vendors send such numbers: Admin By Request's `timeNow` in .NET ticks, ThreatLocker's 64-bit action log ids.
 * @throws SyntaxError, and RangeError where it is nested too deeply
 */
export function parseExactJson(text: string): JsonValue {
  // Asked about each value it takes ten times as long, and nearly no answer has such a number.
  if (!LONG_NUMBER.test(text) && !isDeep(text)) return JSON.parse(text);
  return exact.parse(text, (_key, value, context) => {
    if (typeof value !== 'number' || context.source === undefined) return value;
    const changed = Number.isInteger(value) ? !Number.isSafeInteger(value) : !Number.isFinite(value);
    return changed ? exact.rawJSON(context.source) : value;
  });
}

function isDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
    if (depth > MOST_DEPTH) return true;
  }
  return false;
}

/** @returns the place of the quotation mark that ends it */
function endOfString(text: string, begin: number): number {
  let end = text.indexOf('"', begin + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

/** The digits of an integer, however large; `null` for anything else. */
export function integerText(value: unknown): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : null;
  if (isJsonObject(value) && typeof value['rawJSON'] === 'string') {
    return /^-?\d+$/.test(value['rawJSON']) ? value['rawJSON'] : null;
  }
  return null;
}

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

/**
 * JSON.parse that loses no digit: an integer beyond 2^53 becomes a raw number, which JSON.stringify writes back as it came.
 * Both vendors send such numbers: Admin By Request's `timeNow` in .NET ticks, ThreatLocker's 64-bit action log ids.
 * @throws SyntaxError
 */
export function parseExactJson(text: string): JsonValue {
  return exact.parse(text, (_key, value, context) => {
    if (typeof value !== 'number' || context.source === undefined) return value;
    const changed = Number.isInteger(value) ? !Number.isSafeInteger(value) : !Number.isFinite(value);
    return changed ? exact.rawJSON(context.source) : value;
  });
}

/** The digits of an integer, however large; `null` for anything else. */
export function integerText(value: unknown): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : null;
  if (isJsonObject(value) && typeof value['rawJSON'] === 'string') {
    return /^-?\d+$/.test(value['rawJSON']) ? value['rawJSON'] : null;
  }
  return null;
}

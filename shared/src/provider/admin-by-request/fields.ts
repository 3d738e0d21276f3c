import { isJsonObject } from '../../approval/index.ts';

// Read by hand rather than by schemas: a pull reads a hundred thousand rows, of which each holds four such records.

/** Takes what it can use of a value that may be anything. Never throws. */
export interface Reader<T> {
  parse(value: unknown): T;
}
export type Read<R extends Reader<unknown>> = R extends Reader<infer T> ? T : never;
type Shape = Readonly<Record<string, Reader<unknown>>>;
type ReadShape<S extends Shape> = { readonly [Name in keyof S]: Read<S[Name]> };

/**
 * A record whose keys come in any case and any of whose members may be missing or of the wrong type; anything else is one
 * without members. The vendor has sent PascalCase and camelCase, and `auditLogLink` beside `auditlogLink`. A key that comes
 * twice with different values counts as unknown.
 */
export function record<S extends Shape>(shape: S): Reader<ReadShape<S>> {
  const members = Object.entries(shape);
  const placeOf = placesOf(Object.keys(shape));
  return {
    parse: (value) => {
      // By place: nothing in JSON is undefined, so what is undefined was not there.
      const found = new Array<unknown>(members.length);
      if (isJsonObject(value)) {
        for (const key of Object.keys(value)) {
          const place = placeOf(key);
          if (place === NOWHERE) continue;
          const before = found[place];
          found[place] = before === undefined || before === value[key] ? value[key] : null;
        }
      }
      const read: Record<string, unknown> = {};
      for (const [place, [name, reader]] of members.entries()) read[name] = reader.parse(found[place]);
      // Each member was read by the reader of that name.
      return read as ReadShape<S>;
    },
  };
}

const NOWHERE = -1;
/** The vendor's keys are few and always the same; others are no reason to remember more. */
const MOST_KEYS = 200;

/** Which member a key means; remembered, because it is asked for each row anew. */
function placesOf(names: readonly string[]): (key: string) => number {
  const known = new Map<string, number>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const place = names.indexOf(key.toLowerCase());
    if (known.size < MOST_KEYS) known.set(key, place);
    return place;
  };
}

/** An array of such records; empty for anything that is no array. */
export function records<S extends Shape>(shape: S): Reader<readonly ReadShape<S>[]> {
  const one = record(shape);
  return { parse: (value) => (Array.isArray(value) ? value.map((member) => one.parse(member)) : []) };
}

/** Text with something in it, as it came; `null` for everything else. */
export const text: Reader<string | null> = {
  parse: (value) => (typeof value === 'string' && /\S/.test(value) ? value : null),
};

export const flag: Reader<boolean | null> = { parse: (value) => (typeof value === 'boolean' ? value : null) };

/** Anything, to be judged where it is used: ids come as strings and as numbers, and only an exact code means something. */
export const anything: Reader<unknown> = { parse: (value) => value };

/** An unknown code, shown: a number as it is, a string in quotes so that it can't pass for the number. */
export function shownCode(code: unknown): string {
  if (typeof code === 'string') return JSON.stringify(code.slice(0, 24));
  return typeof code === 'number' ? String(code) : '';
}

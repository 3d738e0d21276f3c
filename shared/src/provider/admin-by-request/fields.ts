import * as z from 'zod';
import { isJsonObject } from '../../approval/index.ts';

/**
 * The object with its keys in lower case, `{}` for anything else. The vendor has sent PascalCase and camelCase, and
 * `auditLogLink` beside `auditlogLink`. A key that comes twice with different values counts as unknown.
 */
function lowerKeys(value: unknown): Readonly<Record<string, unknown>> {
  if (!isJsonObject(value)) return {};
  const members = new Map<string, unknown>();
  for (const [key, member] of Object.entries(value)) {
    const name = key.toLowerCase();
    members.set(name, members.has(name) && members.get(name) !== member ? null : member);
  }
  return Object.fromEntries(members);
}

/** A record whose keys come in any case and any of whose members may be missing or of the wrong type. Reading it never fails. */
export function record<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.unknown().optional().transform(lowerKeys).pipe(z.object(shape));
}

/** An array of such records; empty for anything that is no array. */
export function records<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.array(record(shape)).catch([]);
}

/** Text with something in it, as it came; `null` for everything else. */
export const text = z.string().regex(/\S/).nullable().catch(null);

export const flag = z.boolean().nullable().catch(null);

/** Anything, to be judged where it is used: ids come as strings and as numbers, and only an exact code means something. */
export const anything = z.unknown().catch(null);

/** An unknown code, shown: a number as it is, a string in quotes so that it can't pass for the number. */
export function shownCode(code: unknown): string {
  if (typeof code === 'string') return JSON.stringify(code.slice(0, 24));
  return typeof code === 'number' ? String(code) : '';
}

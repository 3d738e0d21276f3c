import * as z from 'zod';

// Lenient readers: a value of the wrong type is as good as none. What a vendor did not say, or said in a way that we
// can't read, is null, and null is never taken for a reassuring answer.

/** A text; empty or blank counts as not said. */
export const text = z
  .string()
  .transform((value) => (value.trim() === '' ? null : value))
  .nullable()
  .catch(null);

export const flag = z.boolean().nullable().catch(null);

export const whole = z.number().int().nullable().catch(null);

export const texts = z
  .array(z.unknown())
  .catch([])
  .transform((values) => values.filter((value): value is string => typeof value === 'string' && value.trim() !== ''));

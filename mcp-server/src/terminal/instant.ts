import { InvalidArgumentError } from 'commander';

const INSTANT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/;

/** A date or an instant as it is typed; milliseconds since 1970. */
export function instant(text: string): number {
  const time = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  throw new InvalidArgumentError('It must be a date, or a date and time with its offset.');
}

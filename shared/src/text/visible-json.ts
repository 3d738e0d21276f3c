import { UNSEEN } from './hidden.ts';

/**
 * A value as JSON, indented, in which everything that a reader would not see is written as an escape: the same value, and
 * nothing hidden in it.
 */
export function visibleJson(value: unknown): string {
  return (JSON.stringify(value, null, 2) ?? 'null').replace(UNSEEN, (match) =>
    match === ' ' || match === '\n' ? match : escaped(match),
  );
}

/** By code units, as JSON writes them. */
function escaped(text: string): string {
  return text
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}

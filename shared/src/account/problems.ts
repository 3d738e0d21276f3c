import { closest, distance } from 'fastest-levenshtein';
import * as z from 'zod';
import { cleanLine } from '../text/index.ts';
import { looksLikeSecret } from './secret-reference.ts';

/** An object that refuses unknown keys and names the nearest known one; a line for each unknown key. */
export function closed<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => unknownKey(key, known)).join('\n') : undefined,
  });
}

function unknownKey(key: string, known: readonly string[]): string {
  const shown = shownKey(key);
  const lower = new Map(known.map((name) => [name.toLowerCase(), name]));
  const nearest = closest(shown.toLowerCase(), [...lower.keys()]);
  const isNear = distance(shown.toLowerCase(), nearest) <= Math.max(2, shown.length / 3);
  const hint = isNear ? `did you mean ${lower.get(nearest)}?` : `these are: ${known.join(', ')}.`;
  return `${shown} is not known; ${hint}`;
}

/** Keys are as foreign as values, and a secret may have slipped into one. */
function shownKey(key: string): string {
  return looksLikeSecret(key) || key.length > 60
    ? '(a key that is not shown here)'
    : cleanLine(key) || '(an empty key)';
}

/** `accounts[0].apiToken` */
export function placeOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((place, step) => {
    if (typeof step === 'number') return `${place}[${step}]`;
    const name = shownKey(String(step));
    return place === '' ? name : `${place}.${name}`;
  }, '');
}

/** What is wrong at a place, to stand behind its name. Never repeats what was found there. */
export function explain(issue: z.core.$ZodRawIssue): string {
  if (issue.code === 'invalid_type')
    return issue.input === undefined ? 'is missing' : `must be ${typeName(issue.expected)}`;
  if (issue.code === 'invalid_value')
    return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
  if (issue.code === 'invalid_union') return 'must be "threatlocker" or "admin-by-request"';
  if (issue.code === 'too_small')
    return issue.origin === 'number' ? `must be at least ${issue.minimum}` : 'must not be empty';
  if (issue.code === 'too_big') {
    const unit = { number: '', array: ' entries', string: ' characters' }[String(issue.origin)] ?? '';
    return `must be at most ${issue.maximum}${unit}`;
  }
  return 'is not valid';
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'an object in braces',
  record: 'an object in braces',
  string: 'text in quotation marks',
};

function typeName(expected: string): string {
  return TYPE_NAMES[expected] ?? expected;
}

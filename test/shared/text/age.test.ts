import { expect, test } from 'vitest';
import { formatAge } from '../../../shared/src/text/index.ts';

const HOUR = 3_600_000;

test.each([
  [-5_000, 'under 1 min'],
  [59_999, 'under 1 min'],
  [5.9 * 60_000, '5 min'],
  [3.5 * HOUR, '3 h'],
  [47.9 * HOUR, '47 h'],
  [12 * 24 * HOUR, '12 d'],
  [Number.NaN, 'unknown'],
  [Number.POSITIVE_INFINITY, 'unknown'],
])('%d ms is %s', (ms, shown) => {
  expect(formatAge(ms)).toBe(shown);
});

import { findingsOf } from '@countersign/shared/triage';
import { describe, expect, test } from 'vitest';
import { ALL_CASES, type TriageCase } from './cases/index.ts';
import { contextOf, requestOf } from './request.ts';

const foundIn = (given: TriageCase) => findingsOf(requestOf(given), contextOf(given));
const stops = (given: TriageCase) => foundIn(given).filter(({ severity }) => severity === 'stop');

describe('the table of cases', () => {
  test('is large, and a third of it is from named public sources', () => {
    expect(ALL_CASES.length).toBeGreaterThanOrEqual(200);
    expect(ALL_CASES.filter(({ source }) => source !== null).length * 3).toBeGreaterThanOrEqual(ALL_CASES.length);
    expect(new Set(ALL_CASES.map(({ name }) => name)).size).toBe(ALL_CASES.length);
  });

  test.each(ALL_CASES.map((given) => [given.name, given] as const))('%s', (_name, given) => {
    const ids = foundIn(given).map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([...given.find]));
    expect(ids.filter((id) => given.leave?.includes(id))).toEqual([]);
  });

  test('finds the same in a long queue, where texts are held against other expressions', () => {
    const addressing = new Map(Array.from({ length: 5000 }, (_none, index) => [`text ${index}`, false]));
    const inQueue = (given: TriageCase) => findingsOf(requestOf(given), { ...contextOf(given), addressing });
    const found = ALL_CASES.map((given) => [given.name, inQueue(given)]);
    expect(found).toEqual(ALL_CASES.map((given) => [given.name, foundIn(given)]));
  });

  test('at most 3 in 100 ordinary cases are wrongly at stop', () => {
    const ordinary = ALL_CASES.filter((given) => given.ordinary);
    const wrong = ordinary.filter((given) => stops(given).length > 0).map(({ name }) => name);
    expect(ordinary.length).toBeGreaterThan(60);
    expect(wrong.length / ordinary.length, wrong.join(', ')).toBeLessThanOrEqual(0.03);
  });
});

import { findingsOf, gravest } from '@countersign/shared/triage';
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

  test('at most 3 in 100 ordinary cases are wrongly at stop', () => {
    const ordinary = ALL_CASES.filter((given) => given.ordinary);
    const wrong = ordinary.filter((given) => stops(given).length > 0).map(({ name }) => name);
    expect(ordinary.length).toBeGreaterThan(60);
    expect(wrong.length / ordinary.length, wrong.join(', ')).toBeLessThanOrEqual(0.03);
  });
});

/** The same file under a name that a person or a browser would give it. */
const RENAMED: readonly (readonly [string, (name: string) => string])[] = [
  ['in capitals', (name) => name.toUpperCase()],
  ['in small letters', (name) => name.toLowerCase()],
  ['downloaded twice', (name) => name.replace(/(\.\w+)$/, ' (1)$1')],
  ['with its architecture', (name) => name.replace(/(\.\w+)$/, '_x64$1')],
];

/** Names that are the finding themselves: another name is another case. */
const ABOUT_THE_NAME = new Set([
  'masquerade',
  'abused-system-program',
  'elevated-shell',
  'script-host',
  'unusual-parent',
]);

describe.each(RENAMED)('renamed, %s', (how, rename) => {
  test('no case loses its severity', () => {
    const lost = ALL_CASES.filter(({ find, request }) => {
      const isLetters = how.startsWith('in ');
      // Linux and macOS tell upper from lower case.
      return (
        request.path !== null && request.os === 'windows' && (isLetters || !find.some((id) => ABOUT_THE_NAME.has(id)))
      );
    }).filter((given) => {
      const { path } = given.request;
      const end = Math.max(path?.lastIndexOf('\\') ?? -1, path?.lastIndexOf('/') ?? -1) + 1;
      const name = given.request.name ?? path?.slice(end) ?? '';
      const renamed = {
        ...given,
        request: {
          ...given.request,
          name: rename(name),
          path: `${path?.slice(0, end)}${rename(path?.slice(end) ?? '')}`,
        },
      };
      const rank = (severity: ReturnType<typeof gravest>) => ['info', 'caution', 'stop'].indexOf(severity ?? '');
      return rank(gravest(foundIn(renamed))) < rank(gravest(foundIn(given)));
    });
    expect(lost.map(({ name }) => name)).toEqual([]);
  });
});

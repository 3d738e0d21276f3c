import { findingsOf, gravest } from '@countersign/shared/triage';
import { describe, expect, test } from 'vitest';
import { ALL_CASES, type TriageCase } from './cases/index.ts';
import { contextOf, requestOf } from './request.ts';
import {
  COPIES,
  DISGUISES,
  type Rewrite,
  SAME_PLACE,
  SAME_PLACE_MAC,
  SAME_PLACE_UNIX,
  SAME_WORDS,
  VERSIONS,
  WINDOWS_NAMES,
} from './variants.ts';

const foundIn = (given: TriageCase) => findingsOf(requestOf(given), contextOf(given));
const idsIn = (given: TriageCase) => foundIn(given).map(({ id }) => id);
const rankOf = (given: TriageCase) => ['info', 'caution', 'stop'].indexOf(gravest(foundIn(given)) ?? '');
const isAtStop = (given: TriageCase) => rankOf(given) === 2;

const endOfFolder = (path: string) => Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1;

/** The case with its file elsewhere; the vendor's name for the file stays. */
function withPath(given: TriageCase, path: string): TriageCase {
  const own = given.request.path ?? '';
  const name = given.request.name === undefined ? own.slice(endOfFolder(own)) : given.request.name;
  return { ...given, request: { ...given.request, path, name } };
}

function renamed(given: TriageCase, rename: Rewrite[1]): TriageCase | null {
  const { path, name } = given.request;
  const cut = endOfFolder(path ?? '');
  const [file, told] = [rename(path?.slice(cut) ?? ''), name == null ? name : rename(name)];
  if (file === null || told === null) return null;
  return {
    ...given,
    request: {
      ...given.request,
      path: path === null ? null : `${path.slice(0, cut)}${file}`,
      ...(told === undefined ? {} : { name: told }),
    },
  };
}

const of = (...systems: readonly string[]) =>
  ALL_CASES.filter(({ request }) => request.path !== null && systems.includes(request.os));
/** Ordinary ones that are wrongly at `stop` are not held to it. */
const rightly = (cases: readonly TriageCase[]) => cases.filter((given) => !(given.ordinary && isAtStop(given)));
/** One more mark makes another name of these. */
const ABOUT_THE_NAME = new Set([
  'masquerade',
  'abused-system-program',
  'elevated-shell',
  'script-host',
  'unusual-parent',
]);
const pairs = (cases: readonly TriageCase[], rewrite: (given: TriageCase) => TriageCase | null) =>
  cases.flatMap((given) => {
    const other = rewrite(given);
    return other === null ? [] : [{ given, other }];
  });

describe.each([
  ['Windows', of('windows'), SAME_PLACE],
  ['a Mac', of('macos'), [...SAME_PLACE_UNIX, ...SAME_PLACE_MAC]],
  ['Linux', of('linux'), SAME_PLACE_UNIX],
] as const)('a path on %s', (_system, cases, rewrites) => {
  test.each(rewrites)('%s: the same is found', (_how, rewrite) => {
    const written = pairs(cases, (given) => {
      const path = rewrite(given.request.path ?? '');
      return path === null ? null : withPath(given, path);
    });
    expect(written.length).toBeGreaterThan(0);
    const changed = written.filter(({ given, other }) => idsIn(given).join() !== idsIn(other).join());
    expect(changed.map(({ given, other }) => [given.name, other.request.path, idsIn(given), idsIn(other)])).toEqual([]);
  });
});

test('on another drive, no case loses its severity', () => {
  const moved = pairs(of('windows'), (given) => {
    const path = given.request.path ?? '';
    return /^C:\\/i.test(path) ? withPath(given, `F:${path.slice(2)}`) : null;
  });
  expect(moved.length).toBeGreaterThan(100);
  expect(moved.filter(({ given, other }) => rankOf(other) < rankOf(given)).map(({ given }) => given.name)).toEqual([]);
});

describe.each([
  ['on Windows', of('windows'), [...COPIES, ...WINDOWS_NAMES, ...DISGUISES]],
  ['on a Mac', of('macos'), [...COPIES, ...DISGUISES]],
  ['on Linux', of('linux'), [...COPIES, ...DISGUISES]],
] as const)('a name %s', (_system, cases, rewrites) => {
  test.each(rewrites)('%s: no case loses its severity', (_how, rewrite) => {
    const written = pairs(rightly(cases), (given) => renamed(given, rewrite));
    const lost = written.filter(({ given, other }) => rankOf(other) < rankOf(given));
    expect(written.length).toBeGreaterThan(50);
    expect(lost.map(({ given, other }) => [given.name, other.request.path])).toEqual([]);
  });
});

describe.each([
  ['copies', COPIES],
  ['names that Windows takes for the same', WINDOWS_NAMES],
  ['versions', VERSIONS],
] as const)('%s of ordinary files', (_what, rewrites) => {
  test.each(rewrites)('%s: they stay ordinary', (_how, rewrite) => {
    const harmless = of('windows').filter((given) => given.ordinary && !isAtStop(given));
    const raised = pairs(harmless, (given) => renamed(given, rewrite)).filter(({ other }) => isAtStop(other));
    expect(raised.length / harmless.length, raised.map(({ given }) => given.name).join(', ')).toBeLessThanOrEqual(0.03);
  });
});

describe('a version of a tool', () => {
  const tools = rightly(of('windows', 'macos', 'linux')).filter(
    ({ find }) => !find.some((id) => ABOUT_THE_NAME.has(id)),
  );
  test.each(VERSIONS)('%s: no case loses its severity', (_how, rewrite) => {
    const lost = pairs(tools, (given) => renamed(given, rewrite)).filter(
      ({ given, other }) => rankOf(other) < rankOf(given),
    );
    expect(lost.map(({ given, other }) => [given.name, other.request.path])).toEqual([]);
  });
});

describe('a reason that addresses an AI', () => {
  const spoken = ALL_CASES.filter(
    (given) =>
      given.find.includes('addresses-an-ai') &&
      !idsIn({ ...given, request: { ...given.request, reason: null } }).includes('addresses-an-ai'),
  );
  test.each(SAME_WORDS)('%s: still does', (_how, rewrite) => {
    const written = pairs(spoken, (given) => {
      const reason = rewrite(given.request.reason ?? '');
      return reason === null ? null : { ...given, request: { ...given.request, reason } };
    });
    expect(written.length).toBeGreaterThan(40);
    const lost = written.filter(({ other }) => !idsIn(other).includes('addresses-an-ai'));
    expect(lost.map(({ given }) => given.name)).toEqual([]);
  });

  test.each(SAME_WORDS)('an ordinary reason %s stays ordinary', (_how, rewrite) => {
    const harmless = ALL_CASES.filter((given) => given.ordinary && given.request.reason && !isAtStop(given));
    const raised = pairs(harmless, (given) => {
      const reason = rewrite(given.request.reason ?? '');
      return reason === null ? null : { ...given, request: { ...given.request, reason } };
    }).filter(({ other }) => isAtStop(other));
    expect(raised.map(({ given }) => given.name)).toEqual([]);
  });
});

import type { ApproveOptions } from '@countersign/shared/approval';
import { expect, test } from 'vitest';
import { MATCHING, SEED, seedPortal } from './seed-portal.ts';
import { DECISION, failureOf, NOW, providerAt, ready, world } from './setup.ts';

async function prepared(options: ApproveOptions, changes: Readonly<Record<string, unknown>> = {}) {
  const { origin } = await seedPortal(changes);
  return await providerAt(origin).prepare(SEED.request, { verdict: 'approve', options }, DECISION);
}

const NEW = { use: 'new', name: 'x' } as const;
const iso = (ms: number) => new Date(ms).toISOString();
const path = 'C:\\Users\\lena.fischer\\Downloads\\LabelDesigner.exe';
const process = 'c:\\windows\\explorer.exe';

test.each<readonly [string, ApproveOptions, RegExp]>([
  ['no name', { application: { use: 'new', name: '' } }, /needs a name/],
  ['a blank name', { application: { use: 'new', name: ' \t\u200b' } }, /needs a name/],
  ['no match', { application: { use: 'matching', id: SEED.ofParent } }, /does not match this file/],
  ['not offered', { application: { use: 'existing', id: SEED.own } }, /not offered for this request/],
  ['a built-in for a computer', { application: { use: 'matching', id: SEED.builtIn } }, /whole organization only/],
  [
    'a built-in for a group',
    { application: { use: 'matching', id: SEED.builtIn }, scope: { group: SEED.group } },
    /whole organization only/,
  ],
  ['a rule for a match', { application: { use: 'matching', id: SEED.own }, rule: { by: 'hash' } }, /takes no rule/],
  [
    'a maintenance mode for a new application',
    { application: NEW, rule: { by: 'maintenance', mode: 'learning' } },
    /needs an existing application/,
  ],
  [
    'a maintenance mode for an organization',
    {
      application: { use: 'existing', id: SEED.ofParent },
      rule: { by: 'maintenance', mode: 'learning' },
      scope: 'organization',
    },
    /opens the requesting computer only/,
  ],
  ['one property', { application: NEW, rule: { by: 'properties', path } }, /needs two of/],
  ['no property', { application: NEW, rule: { by: 'properties' } }, /needs two of/],
  ['an empty property', { application: NEW, rule: { by: 'properties', path, process: '' } }, /nearly everything/],
  ['a star', { application: NEW, rule: { by: 'properties', path, process: '*' } }, /nearly everything/],
  ...['*\\*.*', 'C:\\*', 'c:*', '*\\*.exe', '*e*', '*.*xe'].map((open): readonly [string, ApproveOptions, RegExp] => [
    `a path like ${open}`,
    { application: NEW, rule: { by: 'properties', path: open, process } },
    /nearly everything/,
  ]),
  ['another path', { application: NEW, rule: { by: 'properties', path: 'C:\\x.exe', process } }, /path in the rule/],
  [
    'another process',
    { application: NEW, rule: { by: 'properties', path, process: 'c:\\x.exe' } },
    /process in the rule/,
  ],
  [
    'another signer',
    { application: NEW, rule: { by: 'properties', path, certificate: 'CN=Any' } },
    /not validly signed/,
  ],
  ['another creator', { application: NEW, rule: { by: 'properties', path, createdBy: 'c:\\x.exe' } }, /not written by/],
  ['a global group', { application: NEW, scope: { group: SEED.globalGroup } }, /global group/],
  ['no such group', { application: NEW, scope: { group: SEED.own } }, /not offered for this request/],
  ['hours of nothing', { application: NEW, elevation: { mode: 'none', hours: 4 } }, /no hours to give/],
  ...[0, -1, 0.5, 1.5, 8785, 2 ** 31, Number.NaN, Number.POSITIVE_INFINITY].map(
    (hours): readonly [string, ApproveOptions, RegExp] => [
      `${hours} hours`,
      { application: NEW, elevation: { mode: 'elevate', hours } },
      /whole hours/,
    ],
  ),
  ['an end without an offset', { application: NEW, expires: '2026-12-24T18:00:00' }, /with an offset/],
  ['an end that is no instant', { application: NEW, expires: 'tomorrow' }, /with an offset/],
  ['an end in the past', { application: NEW, expires: iso(NOW) }, /in the past/],
  ['an end too far', { application: NEW, expires: iso(NOW + 367 * 86_400_000) }, /more than a year/],
])(
  'refused here, because the vendor would refuse it or it means something else: %s',
  async (_name, options, sentence) => {
    const preparation = await prepared(options);
    expect(preparation).toMatchObject({ outcome: 'refused', by: 'client', message: expect.stringMatching(sentence) });
  },
);

test("another organization's group is refused", async () => {
  const preparation = await prepared(
    { application: NEW, scope: { group: SEED.group } },
    {
      'ComputerGroup/ComputerGroupGetForPermitApplication': [
        { computerGroupId: SEED.group, name: 'Workstations', organizationId: SEED.parent, osType: 1, isGlobal: false },
      ],
    },
  );
  expect(preparation).toMatchObject({ outcome: 'refused', message: expect.stringContaining('another organization') });
});

test('a group of which it is not said that it is not global may be global', async () => {
  for (const isGlobal of [undefined, null, 'false', 0]) {
    const group = { computerGroupId: SEED.group, name: 'Workstations', organizationId: SEED.organization, osType: 1 };
    const preparation = await prepared(
      { application: NEW, scope: { group: SEED.group } },
      { 'ComputerGroup/ComputerGroupGetForPermitApplication': [{ ...group, isGlobal }] },
    );
    expect(preparation).toMatchObject({ outcome: 'refused', message: expect.stringContaining('global') });
  }
});

test('where the file matches applications and none is named, the choices are told with their reach', async () => {
  const preparation = await prepared({});
  if (preparation.outcome !== 'needs-choice') throw new Error(preparation.outcome);
  expect(preparation.choices.map(({ options, reach }) => [options, reach.level])).toEqual([
    [{ application: { use: 'new', name: 'LabelDesigner.exe' }, rule: { by: 'hash' }, scope: 'computer' }, 'computer'],
    [{ application: { use: 'matching', id: SEED.builtIn }, scope: 'organization' }, 'organization'],
    [{ application: { use: 'matching', id: SEED.own }, scope: 'computer' }, 'computer'],
  ]);
  for (const { options } of preparation.choices) expect(await prepared(options)).toMatchObject({ outcome: 'ready' });
});

test('where nothing matches, the default is the narrowest approval there is', async () => {
  const nothing = { matchingApplications: [], hasMatching: false };
  const { target } = ready(await prepared({}, { [MATCHING]: nothing }));
  expect(target.options).toMatchObject({
    application: { use: 'new', name: 'LabelDesigner.exe' },
    rule: { by: 'hash', hash: '6f1b2e7c9a0d4f58b3c6e1a2d7f8094b' },
    scope: 'computer',
    elevation: { mode: 'none' },
    expires: null,
    notify: null,
  });
});

test('an elevation is never given or withheld by default, and every choice can be taken', async () => {
  const { acme, named } = await world();
  const { id } = named('elevate-printer');
  const open = await acme.prepare(id, { verdict: 'approve', options: {} }, DECISION);
  if (open.outcome !== 'needs-choice') throw new Error(open.outcome);
  expect(new Set(open.choices.map(({ options }) => options.elevation?.mode))).toEqual(
    new Set(['none', 'elevate', 'silent']),
  );
  for (const { options } of open.choices) {
    expect(await acme.prepare(id, { verdict: 'approve', options }, DECISION)).toMatchObject({ outcome: 'ready' });
  }
});

test.each<readonly [string, unknown]>([
  ['an empty body', ''],
  ['null', 'null'],
  ['an array', []],
  ['no list', { hasMatching: true }],
  ['a list that is none', { matchingApplications: 'none', hasMatching: false }],
  ['an empty list, and yet a match', { matchingApplications: [], hasMatching: true }],
  ['an empty list, and a claim that can not be read', { matchingApplications: [], hasMatching: 'true' }],
  ['a match without id', { matchingApplications: [{ name: 'x' }], hasMatching: true }],
  ['one match without id among others', { matchingApplications: [{ applicationId: SEED.own }, {}], hasMatching: true }],
  ['null among the matches', { matchingApplications: [null], hasMatching: true }],
])('%s does not say that nothing matches', async (_what, body) => {
  const { origin } = await seedPortal({ [MATCHING]: () => ({ body }) });
  const acme = providerAt(origin);
  expect((await failureOf(acme.matchingApplications(SEED.request))).kind).toBe('malformed');
  await failureOf(acme.prepare(SEED.request, { verdict: 'approve', options: {} }, DECISION));
});

test.each<readonly [string, unknown]>([
  ['an empty list', { matchingApplications: [], hasMatching: false }],
  ['no list, and no match', { matchingApplications: null, hasMatching: false }],
  ['an empty list alone', { matchingApplications: [] }],
])('%s says that nothing matches', async (_what, body) => {
  const { origin } = await seedPortal({ [MATCHING]: () => ({ body }) });
  expect(await providerAt(origin).matchingApplications(SEED.request)).toEqual([]);
});

test.each([
  ['C:\\Users\\*\\Downloads\\LabelDesigner.exe', true],
  ['c:\\users\\*\\labeldesigner.EXE', true],
  ['*\\LabelDesigner.exe', true],
  ['C:\\Users\\*', true],
  ['*\\lena.fischer\\*Designer.*', true],
  ['C:\\Users\\*\\Other.exe', false],
  ['C:\\Users\\*\\Desktop\\*.exe', false],
  ['D:\\*', false],
  ['C:\\Users\\lena.fischer\\Downloads\\LabelDesigner.exe*LabelDesigner.exe', false],
  ['LabelDesigner.exe', false],
  ['C:\\Users\\?ena.fischer\\Downloads\\LabelDesigner.exe', false],
])('a rule with the path %s covers the file: %j', async (pattern, covers) => {
  const preparation = await prepared({ application: NEW, rule: { by: 'properties', path: pattern, process } });
  expect(preparation.outcome).toBe(covers ? 'ready' : 'refused');
});

import { expect, test } from 'vitest';
import { NAVIGATION, PERMIT_RECORD, permitRecord, SEED, seedPortal } from './seed-portal.ts';
import { DECISION, failureOf, providerAt, ready, world } from './setup.ts';

const NEW = {
  verdict: 'approve',
  options: { application: { use: 'new', name: 'x' }, elevation: { mode: 'none' } },
} as const;
const ROOT = '00000204-aaaa-4bbb-8ccc-000000000204';
const ZERO = '00000000-0000-0000-0000-000000000000';

interface Sources {
  readonly inRecord?: unknown;
  readonly inActionLog?: unknown;
  /** The answer of the tree of organizations; a number is an HTTP status. */
  readonly tree?: unknown;
}

async function preparedFrom({ inRecord = null, inActionLog = null, tree = 404 }: Sources) {
  const portal = await seedPortal({
    [PERMIT_RECORD]: permitRecord((record) => {
      record['organizationIds'] = inRecord;
      record.actionLog['organizationParents'] = inActionLog;
    }),
    [NAVIGATION]: () => (typeof tree === 'number' ? { status: tree } : { body: tree }),
  });
  return {
    portal,
    preparation: providerAt(portal.origin, { organizationId: SEED.parent }).prepare(SEED.request, NEW, DECISION),
  };
}

async function parentsFrom(sources: Sources): Promise<unknown> {
  const preparation = await (await preparedFrom(sources)).preparation;
  if (preparation.outcome === 'refused') return preparation.message;
  return JSON.parse(ready(preparation).target.write.body ?? '').organizationIds;
}

const node = (organizationId: unknown, parentId: unknown, ...organizationHierarchyDtos: unknown[]) => ({
  organizationId,
  name: 'An organization',
  parentId,
  organizationHierarchyDtos,
});
const rows = (...ids: readonly string[]) => ids.map((organizationId) => ({ organizationId, displayName: 'x' }));

test('the record is believed first, then its action log, then the tree', async () => {
  const tree = [node(ROOT, null, node(SEED.organization, ROOT))];
  const inActionLog = rows(SEED.parent);
  expect(await parentsFrom({ inRecord: [SEED.parent, ROOT], inActionLog, tree })).toEqual([SEED.parent, ROOT]);
  expect(await parentsFrom({ inRecord: [], inActionLog, tree })).toEqual([SEED.parent]);
  expect(await parentsFrom({ tree })).toEqual([ROOT]);
});

test('the tree is asked only when the record says nothing', async () => {
  const { portal, preparation } = await preparedFrom({ inRecord: [SEED.parent] });
  await preparation;
  expect(portal.to(NAVIGATION)).toEqual([]);
});

test("the request's own organization and the empty id are no parents", async () => {
  const own = SEED.organization;
  expect(await parentsFrom({ inRecord: [own.toUpperCase(), SEED.parent, ZERO] })).toEqual([SEED.parent]);
  expect(await parentsFrom({ inRecord: [own], inActionLog: rows(own, SEED.parent) })).toEqual([SEED.parent]);
});

test('a list with an entry that can not be read says nothing, because a part of the parents is not the parents', async () => {
  for (const odd of [null, 5, '', 'contoso', {}, { organizationId: 7 }]) {
    expect(await parentsFrom({ inRecord: [SEED.parent, odd], inActionLog: rows(ROOT) })).toEqual([ROOT]);
    expect(
      await parentsFrom({ inActionLog: [...rows(SEED.parent), odd], tree: node(SEED.organization, null) }),
    ).toEqual([]);
  }
});

test('nearest first, from a tree of any depth, whatever the case of ids', async () => {
  const tree = [
    node('00000299-aaaa-4bbb-8ccc-000000000299', null),
    node(ROOT, ZERO, node(SEED.parent, ROOT, node(SEED.organization.toUpperCase(), SEED.parent))),
  ];
  expect(await parentsFrom({ tree })).toEqual([SEED.parent, ROOT]);
});

test('no parents stand above the top of the tree', async () => {
  for (const parentId of [null, ZERO, undefined, '']) {
    expect(await parentsFrom({ tree: [node(SEED.organization, parentId)] })).toEqual([]);
    expect(await parentsFrom({ tree: node(SEED.organization, parentId) })).toEqual([]);
  }
});

test.each<readonly [string, unknown]>([
  ['the tree is not there', 404],
  ['the role may not see it', 401],
  ['the tree is refused', 417],
  ['the tree is empty', ''],
  ['the tree is null', 'null'],
  ['the tree holds others only', [node(ROOT, null)]],
  ['its top names a parent that is not shown', [node(SEED.organization, SEED.parent)]],
  ['a branch hangs below such a top', [node(SEED.parent, ROOT, node(SEED.organization, SEED.parent))]],
  ['an organization between has no id', [node(ROOT, null, node(null, ROOT, node(SEED.organization, null)))]],
  ['the rows are flat', [node(ROOT, null), node(SEED.organization, ROOT)]],
  ['the rows are no objects', ['x', 5, null]],
])('nobody says which organizations stand above: %s', async (_why, tree) => {
  if (tree === 401) {
    const { origin } = await seedPortal({
      [PERMIT_RECORD]: permitRecord((record) => {
        record['organizationIds'] = null;
      }),
      [NAVIGATION]: () => ({ status: 401, body: { message: "Missing the 'View Organizations' permission" } }),
    });
    const preparation = await providerAt(origin).prepare(SEED.request, NEW, DECISION);
    expect(preparation).toMatchObject({ outcome: 'refused', message: expect.stringContaining('Nobody says') });
    return;
  }
  expect(await parentsFrom({ tree })).toMatch(/^Nobody says which organizations stand above/);
});

test('a failure of the network or the server is a failure, not a silence', async () => {
  for (const tree of [500, 429, 440]) {
    const { preparation } = await preparedFrom({ tree });
    await failureOf(preparation);
  }
});

test.each([
  ['obsidian-contoso', 'in the record', ['northwind']],
  ['obsidian-fabrikam', 'in the action log', ['northwind']],
  ['obsidian-harbor', 'in the tree, two levels', ['contoso', 'northwind']],
  ['msp-putty', "the token's own organization", []],
] as const)('against the sandbox: %s, %s', async (name, _where, parents) => {
  const { acme, named, sandbox } = await world();
  const { target } = ready(await acme.prepare(named(name).id, NEW, DECISION));
  expect(JSON.parse(target.write.body ?? '').organizationIds).toEqual(
    parents.map((key) => sandbox.threatLocker.organizations[key]),
  );
  await acme.send(target.write);
  expect(sandbox.record).toMatchObject([{ effect: 'applied' }]);
});

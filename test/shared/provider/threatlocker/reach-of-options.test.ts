import type { ApproveOptions, DecisionId } from '@countersign/shared/approval';
import { reachOfOptions } from '@countersign/shared/provider';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../../../support/world.ts';

const DECISION = 'AAAAAAAAAAAAAAAAAAAAAA' as DecisionId;

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

test('while somebody chooses, the reach is the one that the plan has for the same options', async () => {
  const provider = await world.provider('acme');
  const { requests } = await provider.list();
  let tried = 0;
  for (const request of requests.filter(({ unapprovable, kind }) => unapprovable === null && kind === 'application')) {
    const offered = await provider.permitOptions(request.vendorId);
    const isNew = { application: { use: 'new', name: 'x' } } as const;
    const group = offered.groups.find(({ isGlobal, owner }) => !isGlobal && owner.id === request.organization.id);
    const [existing] = offered.existing.filter(({ builtIn }) => !builtIn);
    const [opened] = offered.maintenance;
    const all: ApproveOptions[] = [
      { ...isNew, scope: 'computer' },
      { ...isNew, scope: 'organization' },
      ...(group ? [{ ...isNew, scope: { group: group.id } }] : []),
      ...(offered.properties.path && offered.properties.process
        ? [
            {
              ...isNew,
              rule: { by: 'properties', path: offered.properties.path, process: offered.properties.process },
            } as const,
          ]
        : []),
      ...offered.matching.map(({ id }) => ({ application: { use: 'matching', id }, scope: 'organization' }) as const),
      ...(existing ? [{ application: { use: 'existing', id: existing.id } } as const] : []),
      ...(opened && offered.existing.some(({ id }) => id === opened.id)
        ? [{ application: { use: 'existing', id: opened.id }, rule: { by: 'maintenance', mode: 'learning' } } as const]
        : []),
    ];
    for (const options of all) {
      const prepared = await provider.prepare(request.vendorId, { verdict: 'approve', options }, DECISION);
      if (prepared.outcome !== 'ready') continue;
      expect(reachOfOptions(options, offered, request)).toEqual(provider.describe(prepared.target).reach);
      tried += 1;
    }
  }
  expect(tried).toBeGreaterThan(20);
});

test('what is not offered has no reach', async () => {
  const provider = await world.provider('acme');
  const { request } = await provider.get(world.named('shared-dll').id);
  const offered = await provider.permitOptions(request.vendorId);
  const id = '00000000-0000-0000-0000-00000000dead';
  expect(reachOfOptions({ application: { use: 'matching', id } }, offered, request)).toBeNull();
  expect(reachOfOptions({ application: { use: 'new', name: 'x' }, scope: { group: id } }, offered, request)).toBeNull();
  expect(reachOfOptions({}, offered, request)).toBeNull();
});

import { type DecisionId, isWider } from '@countersign/shared/approval';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorld, type World } from '../../../support/world.ts';

const DECISION = 'AAAAAAAAAAAAAAAAAAAAAA' as DecisionId;

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

test('everything that is suggested can be planned as it stands, and reaches what was said', async () => {
  const provider = await world.provider('acme');
  const { requests } = await provider.list();
  let tried = 0;
  for (const { vendorId, unapprovable, kind } of requests.filter((request) => request.unapprovable === null)) {
    const { suggestion } = await provider.permitOptions(vendorId);
    expect(unapprovable).toBeNull();
    if (suggestion === null) continue;
    const { narrowest, widenings } = suggestion;
    for (const { options, reach, label } of [narrowest, ...widenings]) {
      const prepared = await provider.prepare(vendorId, { verdict: 'approve', options }, DECISION);
      if (prepared.outcome !== 'ready') throw new Error(`${label}: ${JSON.stringify(prepared)}`);
      expect({ kind, label, reach: provider.describe(prepared.target).reach.level }).toEqual({
        kind,
        label,
        reach: reach.level,
      });
      tried += 1;
    }
    for (const { reach } of widenings) expect(isWider(narrowest.reach.level, reach.level)).toBe(false);
  }
  expect(tried).toBeGreaterThan(40);
});

test('the narrowest is this file on this computer, elevated for an hour where that was asked for', async () => {
  const provider = await world.provider('acme');
  const { requests } = await provider.list();
  const elevation = requests.find(({ kind }) => kind === 'elevation');
  if (!elevation) throw new Error('no elevation request');
  const { suggestion } = await provider.permitOptions(elevation.vendorId);
  expect(suggestion?.narrowest).toMatchObject({
    options: { rule: { by: 'hash' }, scope: 'computer', elevation: { mode: 'elevate', hours: 1 } },
    reach: { level: 'computer' },
  });
});

test('a built-in match is said to permit the whole application for the whole organization', async () => {
  const provider = await world.provider('acme');
  const { requests } = await provider.list();
  const offers = await Promise.all(
    requests
      .filter(({ unapprovable }) => unapprovable === null)
      .map(({ vendorId }) => provider.permitOptions(vendorId)),
  );
  const [builtIn] = offers.flatMap(({ suggestion, matching }) =>
    matching.some((match) => match.builtIn) ? (suggestion?.widenings.slice(-matching.length) ?? []) : [],
  );
  expect(builtIn?.reach).toMatchObject({ level: 'organization' });
  expect(builtIn?.reach.sentence).toMatch(/^Permits everything in the application ".*" on every computer of "/);
});

test('nothing is suggested where nothing tells the file, or where it can not be approved here', async () => {
  const untold = world.named('unsigned-downloads').id;
  world.sandbox.change('threatlocker', untold, ({ file }) => Object.assign(file, { hash: '', certs: [] }));
  const provider = await world.provider('acme');
  expect((await provider.permitOptions(untold)).suggestion).toBeNull();
  const storage = world.named('usb-read').id;
  expect((await provider.permitOptions(storage)).suggestion).toBeNull();
});

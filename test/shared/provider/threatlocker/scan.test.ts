import type { Decision } from '@countersign/shared/approval';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openWorld, type World } from '../../../support/world.ts';
import { TERMINAL } from '../../ledger/plan.ts';

// What scanners said stands in the permit record's action log alone.

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(async () => {
  await world.close();
});

const APPROVE: Decision = { verdict: 'approve', options: {} };

async function scanOf(name: string) {
  const acme = await world.provider('acme');
  return (await acme.research(world.named(name).id)).scan;
}

test('an alarm is believed, with the engine that raised it', async () => {
  expect(await scanOf('injection')).toMatchObject({
    verdict: 'malicious',
    engines: [{ engine: 'Engine A', verdict: 'Malicious' }, { engine: 'Engine B' }],
  });
});

test('no rating is "not scanned", and no word of a rating makes a file clean', async () => {
  const name = 'obsidian-contoso';
  expect((await scanOf(name)).verdict).toBe('not-scanned');
  for (const rating of ['Clean', 'Undetected', 'Harmless', '', 'x']) {
    world.sandbox.change('threatlocker', world.named(name).id, (request) => {
      request.engineRatings = [{ name: 'Engine A', rating }];
    });
    expect((await scanOf(name)).verdict).toBe('unknown');
  }
});

test('a plan to approve rests on the scan, so that an alarm raised meanwhile stops it', async () => {
  const name = 'obsidian-contoso';
  const { reference, id } = world.named(name);
  const planning = await world.decisions.plan({
    requests: [reference],
    decision: APPROVE,
    proposer: { client: 'c', name: 'a test' },
    mayDecide: () => true,
    route: () => ({ channel: 'terminal', because: null }),
  });
  if (!planning.planned) throw new Error(planning.result.message);
  const { plan, digest } = planning.decision;
  world.sandbox.change('threatlocker', id, (request) => {
    request.engineRatings = [{ name: 'Engine A', rating: 'Malicious' }];
  });
  const result = await world.decisions.answer(
    plan.decision,
    digest,
    { kind: 'typed', text: plan.confirmText },
    TERMINAL,
  );
  expect(result).toMatchObject({ status: 'refused' });
  expect(result.message).toContain('the scan result');
  expect(world.sandbox.record).toEqual([]);
});

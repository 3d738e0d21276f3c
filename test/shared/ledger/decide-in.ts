import { createDecisions } from '@countersign/shared/decide';
import type { OpenLedger } from '@countersign/shared/ledger';
import { onTestFinished } from 'vitest';
import { openWorld, type World } from '../../support/world.ts';
import { openIn } from './setup.ts';

/** A world whose decisions stand in the ledger of this folder. */
export async function worldIn(folder: string): Promise<World> {
  const world = await openWorld();
  onTestFinished(() => world.close());
  return withLedger(world, openIn(folder, { now: () => world.clock.now }));
}

export function withLedger(world: World, ledger: OpenLedger): World {
  const { book, clock } = world;
  const decisions = createDecisions({ book, openLedger: () => ledger, now: () => clock.now, verifyDelays: [0, 1, 1] });
  return { ...world, ledger, decisions };
}

import { unattendedSecret } from '@countersign/shared/account';
import { createDecisions } from '@countersign/shared/decide';
import type { OpenLedger } from '@countersign/shared/ledger';
import { onTestFinished } from 'vitest';
import { openWorld, type World, type WorldOptions } from '../../support/world.ts';
import { openIn } from './setup.ts';

/** A world whose decisions stand in the ledger of this folder. */
export async function worldIn(folder: string, options: WorldOptions = {}): Promise<World> {
  const world = await openWorld(options);
  onTestFinished(() => world.close());
  return withLedger(world, openIn(folder, { now: () => world.clock.now }));
}

export function withLedger(world: World, ledger: OpenLedger): World {
  const { book, clock, io } = world;
  const decisions = createDecisions({
    book,
    openLedger: () => ledger,
    unattendedSecret: (account) => unattendedSecret(account, io),
    now: () => clock.now,
    verifyDelays: [0, 1, 1],
  });
  return { ...world, ledger, decisions };
}

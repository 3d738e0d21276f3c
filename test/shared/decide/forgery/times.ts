import type { DecisionResult } from '@countersign/shared/decide';
import fc from 'fast-check';
import { type Forgery, forgery, NO_CHOICE } from './forgery.ts';
import { ending, leave, look, put, type Scene } from './stage.ts';

// A good countersignature, at the wrong time.

const MINUTE = 60_000;
const late = fc.oneof(fc.constantFrom(0, 1, 2, 999, MINUTE), fc.nat({ max: 24 * 60 * MINUTE }));
const early = fc.oneof(fc.constantFrom(1, 2, 999, MINUTE), fc.integer({ min: 1, max: 24 * 60 * MINUTE }));

const expiry = ({ plan }: Scene) => Date.parse(plan.expiresAt);

/** With the clock as it was again afterwards. */
async function atAnotherTime(scene: Scene, time: number, work: () => Promise<DecisionResult>): Promise<DecisionResult> {
  const { clock } = scene.world;
  const before = clock.now;
  clock.now = time;
  const result = await work();
  clock.now = before;
  return result;
}

/** Moves the clock while the request is read again before the write. */
function moveBeforeTheWrite({ world }: Scene, time: number): void {
  const run = () => {
    world.clock.now = time;
  };
  world.sandbox.faults.add({ times: 1, do: { kind: 'meanwhile', run } });
}

export const TIME_FORGERIES: readonly Forgery[] = [
  forgery(
    'left too late',
    late,
    async (scene, by) => {
      scene.world.clock.now = expiry(scene) + by;
      if (await leave(scene, scene.good)) throw new Error('it was taken after its time');
      return await ending(scene);
    },
    { ends: ['expired'] },
  ),
  forgery(
    'left in time, taken too late',
    late,
    async (scene, by) => {
      scene.world.clock.now = expiry(scene) - 1;
      const left = leave(scene, scene.good);
      scene.world.clock.now = expiry(scene) + by;
      await left;
      return await ending(scene);
    },
    { ends: ['expired'] },
  ),
  forgery(
    'too late, with the row made to last longer',
    late,
    async (scene, by) => {
      scene.db
        .prepare('UPDATE decisions SET expires = expires + 1000000000 WHERE decision = ?')
        .run(scene.plan.decision);
      scene.world.clock.now = expiry(scene) + by;
      await leave(scene, scene.good);
      return await ending(scene);
    },
    { ends: ['expired'] },
  ),
  forgery(
    'too late, put there by hand',
    late,
    async (scene, by) => {
      scene.world.clock.now = expiry(scene) + by;
      put(scene, JSON.stringify(scene.good));
      await look(scene);
      return await ending(scene);
    },
    { ends: ['expired'] },
  ),
  forgery('with the clock set back behind the planning', early, (scene, by) =>
    atAnotherTime(scene, Date.parse(scene.plan.plannedAt) - by, async () => {
      await leave(scene, scene.good);
      return await ending(scene);
    }),
  ),
  forgery(
    'in time, with a plan that runs out before the write',
    late,
    async (scene, by) => {
      moveBeforeTheWrite(scene, expiry(scene) + by);
      await leave(scene, scene.good);
      return await ending(scene);
    },
    { ends: ['expired'] },
  ),
  forgery('in time, with a clock that is set back before the write', early, (scene, by) =>
    atAnotherTime(scene, scene.world.clock.now, async () => {
      moveBeforeTheWrite(scene, Date.parse(scene.plan.plannedAt) - by);
      await leave(scene, scene.good);
      return await ending(scene);
    }),
  ),
  forgery(
    'for a plan that was declined, closed or withdrawn',
    fc.constantFrom('declined', 'closed', 'withdrawn'),
    async (scene, how) => {
      const { decisions, ledger } = scene.world;
      const terminal = { channel: 'terminal', who: 'a person of a test' } as const;
      if (how === 'closed') await decisions.close(scene.plan.decision, 'The client took it back.');
      else if (how === 'withdrawn') await decisions.withdraw(await proposerOf(scene));
      else await decisions.answer(scene.plan.decision, scene.digest, { kind: 'declined' }, terminal);
      if (await ledger.leave(scene.good)) throw new Error('it was taken although the plan had ended');
      put(scene, JSON.stringify(scene.good));
      await look(scene);
      return await ending(scene);
    },
    { ends: ['refused', 'declined'] },
  ),
  forgery('after another one, which was bad, in the same plan', NO_CHOICE, async (scene) => {
    await leave(scene, { ...scene.good, signature: 'A'.repeat(86) });
    if (await leave(scene, scene.good)) throw new Error('a second one was taken');
    return await ending(scene);
  }),
];

async function proposerOf({ world, plan }: Scene): Promise<string> {
  const record = await world.ledger.read(plan.decision);
  return record?.proposer.client ?? '';
}

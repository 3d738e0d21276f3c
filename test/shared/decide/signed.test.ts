import { parseSettings, SettingsError } from '@countersign/shared/account';
import {
  type CountersignedVerdict,
  countersign,
  createSigningKey,
  type RequestReference,
} from '@countersign/shared/approval';
import { LedgerError, type LedgerErrorKind, type OpenLedger } from '@countersign/shared/ledger';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { accountsFile, openWorld, type World } from '../../support/world.ts';
import { sendOut } from '../ledger/child.ts';
import { withLedger } from '../ledger/decide-in.ts';
import { NOON, TERMINAL } from '../ledger/plan.ts';
import { openIn } from '../ledger/setup.ts';
import { planFor } from './forgery/stage.ts';
import { APPROVE, answer, confirm, DENY, order, planned } from './order.ts';

const KEY = createSigningKey();
const WITH_KEY = { more: { confirmation: { approverKeys: [KEY.publicKey.text] } } };
const WHAT = { name: 'abr-cmd', decision: APPROVE } as const;
const never = () => new AbortController().signal;

let world: World;
beforeEach(async () => {
  world = await openWorld({ accounts: WITH_KEY });
  onTestFinished(() => world.close());
});

const settings = () => parseSettings(accountsFile(world.sandbox, WITH_KEY), 'accounts.json');

/** A plan that waits for an editor, and answers to it. */
async function waiting(of: World = world) {
  const { plan, digest } = await planFor(of, { ...WHAT }, 'client-1');
  const signed = (verdict: CountersignedVerdict) => countersign(KEY, plan, digest, verdict);
  return { plan, digest, signed, ended: () => of.decisions.outcome(plan.decision, never()) };
}

describe('a signed answer', () => {
  test('is taken though nobody asks how the decision stands', async () => {
    const { plan, signed } = await waiting();
    const { promise, resolve } = Promise.withResolvers<void>();
    const end = world.ledger.watch(() => {
      if (world.sandbox.record.length > 0) resolve();
    });
    await world.ledger.leave(signed('approve'));
    await promise;
    end();
    expect(await world.decisions.outcome(plan.decision, never())).toMatchObject({ status: 'applied' });
  });

  test('of another process is taken by the one that waits', async () => {
    const { signed, ended } = await waiting();
    const countersignature = signed('approve');
    const outcome = ended();
    await sendOut({ kind: 'leave', folder: world.folder, now: NOON, countersignature }).said('done');
    expect(await outcome).toMatchObject({ status: 'applied' });
    expect(world.sandbox.record).toHaveLength(1);
  });

  test('stands in the journal with who and what was signed, and no secret', async () => {
    const { signed, ended } = await waiting();
    await world.ledger.leave(signed('approve'));
    await ended();
    const rows = await world.ledger.rows(0, 100);
    const [, confirmed] = rows;
    expect(confirmed?.phase).toBe('confirmed');
    expect(JSON.parse(confirmed?.data ?? '')).toEqual({
      channel: 'extension',
      who: `a person with the key ${KEY.publicKey.id}`,
      countersignature: signed('approve'),
    });
    const { threatLocker, adminByRequest } = world.sandbox;
    for (const secret of [threatLocker.token, adminByRequest.apiKey, KEY.privateKey]) {
      expect(JSON.stringify(rows)).not.toContain(secret);
    }
    expect(await world.ledger.verify()).toEqual([]);
  });

  test('that says no declines, and keeps the client quiet for ten minutes', async () => {
    const { signed, ended } = await waiting();
    await world.ledger.leave(signed('decline'));
    expect(await ended()).toMatchObject({ status: 'declined' });
    expect(await order(world, [WHAT.name], APPROVE)).toMatchObject({ planned: false });
    expect(world.sandbox.record).toEqual([]);
  });

  test.each(['approve', 'decline'] as const)(
    '(%s) with settings that can not be read confirms nothing',
    async (verdict) => {
      const { signed, ended } = await waiting();
      world.useSettings(new SettingsError('unreadable', ['accounts.json can not be read.']));
      await world.ledger.leave(signed(verdict));
      expect((await ended()).status).toBe('refused');
      world.useSettings(settings());
      expect(world.sandbox.record).toEqual([]);
      expect(await order(world, [WHAT.name], APPROVE)).toMatchObject({ planned: true });
    },
  );

  test('and one at a terminal, at once: one counts', async () => {
    const { plan, digest, signed, ended } = await waiting();
    const left = world.ledger.leave(signed('approve'));
    const typed = { kind: 'typed', text: plan.confirmText } as const;
    const [, at] = await Promise.all([left, world.decisions.answer(plan.decision, digest, typed, TERMINAL)]);
    expect(['applied', 'refused']).toContain(at.status);
    expect(await ended()).toMatchObject({ status: 'applied' });
    expect(world.sandbox.record).toHaveLength(1);
  });

  test('is waited for also after settings that could not be read for a while', async () => {
    // Something to reconcile, for which the settings are read.
    const first = await planned(world, ['abr-obsidian'], DENY);
    const cut = () => {
      world.sandbox.faults.add({ do: { kind: 'status', status: 503 } });
    };
    world.sandbox.faults.add({ when: { method: 'DELETE' }, times: 1, do: { kind: 'meanwhile', run: cut } });
    expect(await confirm(world, first)).toMatchObject({ status: 'unknown' });
    world.sandbox.faults.clear();

    const looked = Promise.withResolvers<void>();
    let isBroken = false;
    const observed: OpenLedger = {
      ...world.ledger,
      takeOver: async () => {
        const found = await world.ledger.takeOver();
        if (isBroken) looked.resolve();
        return isBroken
          ? [
              {
                plan: first.plan,
                request: first.plan.targets[0]?.request as RequestReference,
                begunAt: 0,
                isRecorded: false,
              },
            ]
          : found;
      },
    };
    const patient = withLedger(world, observed);
    const { signed, ended } = await waiting(patient);
    isBroken = true;
    world.useSettings(new SettingsError('unreadable', ['accounts.json can not be read.']));
    const outcome = ended();
    await looked.promise;
    await new Promise((resolve) => setImmediate(resolve));
    isBroken = false;
    world.useSettings(settings());
    await world.ledger.leave(signed('approve'));
    expect(await outcome).toMatchObject({ status: 'applied' });
  });
});

describe('an answer that was taken, and a ledger that fails before the write', () => {
  test.each<readonly [keyof OpenLedger & ('begin' | 'exclusively'), LedgerErrorKind]>([
    ['begin', 'busy'],
    ['begin', 'full'],
    ['exclusively', 'unwritable'],
  ])('%s: %s. It is refused, recorded, and leaves the request free', async (step, kind) => {
    const fails = () => Promise.reject(new LedgerError(kind, 'The ledger can not be used for a while.'));
    const failing = withLedger(world, { ...world.ledger, [step]: fails });
    const decision = await planned(failing, [WHAT.name], APPROVE);
    expect(await confirm(failing, decision)).toMatchObject({ status: 'refused' });
    expect(await world.decisions.outcome(decision.plan.decision, never())).toMatchObject({ status: 'refused' });
    expect(world.sandbox.record).toEqual([]);
    expect((await confirm(world, await planned(world, [WHAT.name], APPROVE))).status).toBe('applied');
  });
});

describe('a plan that waits for an editor', () => {
  test('is not answered by a client that says its person did', async () => {
    const { plan, digest } = await waiting();
    const from = { channel: 'elicitation', who: 'a client' } as const;
    const typed = { kind: 'typed', text: plan.confirmText } as const;
    expect(await world.decisions.answer(plan.decision, digest, typed, from)).toMatchObject({ status: 'refused' });
    expect(world.sandbox.record).toEqual([]);
  });

  test('may be answered at a terminal', async () => {
    const { plan, digest } = await waiting();
    const decision = { plan, digest } as Parameters<typeof answer>[1];
    expect(await answer(world, decision, { kind: 'typed', text: plan.confirmText })).toMatchObject({
      status: 'applied',
    });
  });

  test('that runs out is expired for everybody who waits', async () => {
    const { plan, ended } = await waiting();
    const outcomes = [
      ended(),
      ended(),
      withLedger(world, openIn(world.folder)).decisions.outcome(plan.decision, never()),
    ];
    world.clock.now = Date.parse(plan.expiresAt);
    await world.ledger.stopListening();
    expect((await Promise.all(outcomes)).map(({ status }) => status)).toEqual(['expired', 'expired', 'expired']);
  });

  test('is told as waiting to somebody who waits no longer, and goes on', async () => {
    const { plan, signed, ended } = await waiting();
    expect(await world.decisions.outcome(plan.decision, AbortSignal.abort())).toMatchObject({
      status: 'awaiting-confirmation',
    });
    await world.ledger.leave(signed('approve'));
    expect(await ended()).toMatchObject({ status: 'applied' });
  });
});

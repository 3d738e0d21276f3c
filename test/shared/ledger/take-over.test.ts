import { parseSettings } from '@countersign/shared/account';
import type { Decision } from '@countersign/shared/approval';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { accountsFile, KEY_VARIABLE, TOKEN_VARIABLE, type World } from '../../support/world.ts';
import { APPROVE, confirm, DENY, order, planned } from '../decide/order.ts';
import { type Child, sendOut } from './child.ts';
import { withLedger, worldIn } from './decide-in.ts';
import type { Errand } from './errand.ts';
import { TERMINAL } from './plan.ts';
import { openIn, outcome, temporaryFolder } from './setup.ts';

let folder: string;
let world: World;
beforeEach(async () => {
  folder = temporaryFolder();
  world = await worldIn(folder);
});

/** A process that plans, gets a person's yes, and stands still where it is told to. */
async function processThatStops(
  stopAfter: (Errand & { readonly kind: 'decide' })['stopAfter'],
  names: readonly string[],
  decision: Decision,
): Promise<Child> {
  const { sandbox, clock } = world;
  const child = sendOut({
    kind: 'decide',
    folder,
    now: clock.now,
    accounts: accountsFile(sandbox),
    secrets: { [TOKEN_VARIABLE]: sandbox.threatLocker.token, [KEY_VARIABLE]: sandbox.adminByRequest.apiKey },
    requests: names.map((name) => world.named(name).reference),
    decision,
    stopAfter,
  });
  await child.said(stopAfter);
  return child;
}

const phases = async () => (await world.ledger.rows(0, 100)).map(({ phase }) => phase);
const effects = () => world.sandbox.record.map(({ effect }) => effect);

const DECISIONS: readonly (readonly [string, string, Decision])[] = [
  ['ThreatLocker approve', 'obsidian-contoso', APPROVE],
  ['Admin By Request deny', 'abr-cmd', DENY],
];

describe.each(DECISIONS)('%s: a process that was killed', (_title, name, decision) => {
  test('after the yes, before it began: expired, and nothing is sent, then or later', async () => {
    await (await processThatStops('answer', [name], decision)).kill();
    expect(await world.decisions.reconcile()).toEqual([]);
    expect(await phases()).toEqual(['planned', 'confirmed', 'expired']);
    expect(await world.decisions.reconcile()).toEqual([]);
    expect(effects()).toEqual([]);
    expect(await order(world, [name], decision)).toMatchObject({ planned: true });
  });

  test('after it began, before the write: not applied, and never sent', async () => {
    await (await processThatStops('begin', [name], decision)).kill();
    expect(await world.decisions.reconcile()).toMatchObject([{ status: 'not-applied', mayStillApply: true }]);
    world.clock.now += 2 * 60_000 - 1;
    expect(await world.decisions.reconcile()).toMatchObject([{ status: 'not-applied', mayStillApply: true }]);
    world.clock.now += 1;
    const [settled] = await world.decisions.reconcile();
    expect(settled).not.toHaveProperty('mayStillApply');
    expect(await world.decisions.reconcile()).toEqual([]);
    expect(await phases()).toEqual(['planned', 'confirmed', 'executing', 'reconciled']);
    expect(effects()).toEqual([]);
    expect(await world.ledger.verify()).toEqual([]);
  });

  test("after the write, before its outcome: applied, by the vendor's record, and sent once", async () => {
    await (await processThatStops('write', [name], decision)).kill();
    expect(await world.decisions.reconcile()).toMatchObject([{ status: 'applied', attribution: 'ours' }]);
    expect(await phases()).toEqual(['planned', 'confirmed', 'executing', 'reconciled']);
    expect(await world.decisions.reconcile()).toEqual([]);
    expect(effects()).toEqual(['applied']);
    expect(await world.ledger.verify()).toEqual([]);
  });
});

test('what is unclear when a process starts is looked at again by itself', async () => {
  onTestFinished(() => {
    vi.useRealTimers();
  });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
  await (await processThatStops('write', ['obsidian-contoso'], APPROVE)).kill();
  world.sandbox.faults.add({ do: { kind: 'resetBeforeEffect' } });
  expect(await world.decisions.reconcile()).toMatchObject([{ status: 'unknown' }]);
  world.sandbox.faults.clear();
  vi.advanceTimersByTime(2 * 60_000);
  await expect
    .poll(async () => (await world.ledger.list({ limit: 1 }))[0]?.outcomes)
    .toMatchObject([{ status: 'applied', attribution: 'ours' }]);
  expect(effects()).toEqual(['applied']);
});

describe('who takes over', () => {
  test.each(['answer', 'begin', 'write'] as const)(
    'nobody while the process lives, stopped after "%s"',
    async (step) => {
      const child = await processThatStops(step, ['obsidian-contoso'], APPROVE);
      const before = await phases();
      expect(await world.decisions.reconcile()).toEqual([]);
      expect(await phases()).toEqual(before);
      await child.kill();
      await world.decisions.reconcile();
      expect(await phases()).not.toEqual(before);
    },
  );

  test('one of several that start at once', async () => {
    await (await processThatStops('write', ['obsidian-contoso'], APPROVE)).kill();
    const others = Array.from({ length: 4 }, () => withLedger(world, openIn(folder, { now: () => world.clock.now })));
    const found = await Promise.all(others.map(({ decisions }) => decisions.reconcile()));
    expect(found.flat()).toMatchObject([{ status: 'applied' }]);
    expect((await phases()).filter((phase) => phase === 'reconciled')).toHaveLength(1);
  });

  test('another one, when the first that took over is killed as well', async () => {
    await (await processThatStops('write', ['obsidian-contoso'], APPROVE)).kill();
    const first = openIn(folder, { now: () => world.clock.now });
    expect(await first.takeOver()).toHaveLength(1);
    expect(await world.decisions.reconcile()).toEqual([]);
    first.close();
    expect(await world.decisions.reconcile()).toMatchObject([{ status: 'applied' }]);
  });

  test('of several targets, what was not begun expires and what was begun is reconciled', async () => {
    const names = ['abr-cmd', 'abr-obsidian'];
    await (await processThatStops('write', names, DENY)).kill();
    expect(await world.decisions.reconcile()).toMatchObject([{ status: 'applied' }]);
    expect(effects()).toEqual(['applied']);
    const rows = await world.ledger.rows(0, 100);
    expect(rows.map(({ phase, request }) => [phase, request]).slice(2)).toEqual([
      ['executing', world.named('abr-cmd').reference],
      ['expired', world.named('abr-obsidian').reference],
      ['reconciled', world.named('abr-cmd').reference],
    ]);
  });
});

describe('a write of a process that was killed, while nothing can be read', () => {
  test('ends as unknown, which is said once; and is settled once reading works again', async () => {
    await (await processThatStops('write', ['obsidian-contoso'], APPROVE)).kill();
    world.sandbox.faults.add({ when: {}, do: { kind: 'status', status: 503 } });
    const statuses = async () =>
      (await world.ledger.rows(0, 100))
        .filter(({ phase }) => phase === 'reconciled')
        .map(({ data }) => (JSON.parse(data) as { status: string }).status);
    for (let time = 0; time < 2; time += 1) {
      expect(await world.decisions.reconcile()).toMatchObject([{ status: 'unknown' }]);
      expect(await statuses()).toEqual(['unknown']);
    }
    world.sandbox.faults.clear();
    expect(await world.decisions.reconcile()).toMatchObject([{ status: 'applied', attribution: 'ours' }]);
    expect(await statuses()).toEqual(['unknown', 'applied']);
    expect(await world.decisions.reconcile()).toEqual([]);
    expect(effects()).toEqual(['applied']);
    expect(await world.ledger.verify()).toEqual([]);
  });

  test('also where its account is no longer there', async () => {
    const child = await processThatStops('write', ['obsidian-contoso'], APPROVE);
    const { plan } = (await world.ledger.list({ limit: 1 }))[0] ?? {};
    await child.kill();
    const change = { threatLocker: { id: 'renamed' }, adminByRequest: {} };
    world.useSettings(parseSettings(accountsFile(world.sandbox, change), 'accounts.json'));
    expect(await world.decisions.reconcile()).toMatchObject([{ status: 'unknown' }]);
    if (!plan) throw new Error('no plan');
    expect(await world.ledger.read(plan.decision)).toMatchObject({ phase: 'unknown' });
    expect(await world.decisions.outcome(plan.decision, AbortSignal.abort())).toMatchObject({ status: 'unknown' });
  });
});

describe('an outcome that is unknown', () => {
  const isWrite = ({ path }: { readonly path: string }) => path.includes('PermitApplication');

  /** The write goes through, and then nothing can be read any more. */
  async function unknownOutcome(): Promise<() => void> {
    const decision = await planned(world, ['obsidian-contoso'], APPROVE);
    const run = () => {
      world.sandbox.faults.add({ when: { where: (call) => !isWrite(call) }, do: { kind: 'status', status: 503 } });
    };
    world.sandbox.faults.add({ when: { where: isWrite }, times: 1, do: { kind: 'meanwhile', run } });
    expect(await confirm(world, decision)).toMatchObject({ status: 'unknown' });
    return () => world.sandbox.faults.clear();
  }

  test('stays so while nothing can be read, and is no news', async () => {
    await unknownOutcome();
    expect(await world.decisions.reconcile()).toMatchObject([{ status: 'unknown' }]);
    expect(await phases()).toEqual(['planned', 'confirmed', 'executing', 'unknown']);
  });

  test('is settled once reading works again', async () => {
    const repair = await unknownOutcome();
    repair();
    expect(await world.decisions.reconcile()).toMatchObject([{ status: 'applied', attribution: 'ours' }]);
    expect(await phases()).toEqual(['planned', 'confirmed', 'executing', 'unknown', 'reconciled']);
    expect(await world.decisions.reconcile()).toEqual([]);
    expect(effects()).toEqual(['applied']);
  });

  test('is settled by any process, also while the one that sent it lives, and once', async () => {
    const repair = await unknownOutcome();
    repair();
    const others = Array.from({ length: 3 }, () => withLedger(world, openIn(folder, { now: () => world.clock.now })));
    const found = await Promise.all(others.map(({ decisions }) => decisions.reconcile()));
    expect(found.flat().length).toBeGreaterThan(0);
    expect((await phases()).filter((phase) => phase === 'reconciled')).toHaveLength(1);
  });
});

test('a new write on the same request settles an earlier one, whose effect could no longer be told from it', async () => {
  await (await processThatStops('begin', ['obsidian-contoso'], APPROVE)).kill();
  expect(await world.decisions.reconcile()).toMatchObject([{ status: 'not-applied', mayStillApply: true }]);
  const again = await planned(world, ['obsidian-contoso'], APPROVE);
  expect(await confirm(world, again)).toMatchObject({ status: 'applied' });
  expect(await world.decisions.reconcile()).toEqual([]);
  const outcomes = (await world.ledger.list({ limit: 10 })).map(({ outcomes: [outcome] }) => outcome?.status);
  expect(outcomes).toEqual(['applied', 'not-applied']);
});

test('an outcome that could not be recorded is found out later by the same process', async () => {
  const { ledger } = world;
  const decision = await planned(world, ['obsidian-contoso'], APPROVE);
  await ledger.answer(decision.plan.decision, 'confirmed', TERMINAL);
  const [target] = decision.plan.targets;
  if (!target) throw new Error('no target');
  await ledger.begin(decision.plan.decision, target.request);
  expect(await ledger.takeOver()).toEqual([]);
  const unrecordable = { ...outcome(target.request, 'applied'), message: 1n as unknown as string };
  await expect(ledger.finish(decision.plan.decision, unrecordable)).rejects.toThrow();
  expect(await world.decisions.reconcile()).toMatchObject([{ status: 'not-applied' }]);
});

import type { Decision } from '@countersign/shared/approval';
import type { FaultAction, FaultMatch } from '@countersign/shared/sandbox';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openWorld, type World } from '../../support/world.ts';
import { APPROVE, confirm, DENY, order, planned } from './order.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(async () => {
  await world.close();
});

const WRITES: readonly (readonly [string, string, Decision, FaultMatch])[] = [
  ['ThreatLocker approve', 'obsidian-contoso', APPROVE, { path: 'ApprovalRequestPermitApplication' }],
  ['ThreatLocker deny', 'obsidian-contoso', DENY, { path: 'ApprovalRequestUpdateForReject' }],
  ['Admin By Request approve', 'abr-cmd', APPROVE, { method: 'PUT' }],
  ['Admin By Request deny', 'abr-cmd', DENY, { method: 'DELETE' }],
];

const effects = () => world.sandbox.record.map((write) => write.effect);
const vendorOf = (name: string) => (name.startsWith('abr') ? 'admin-by-request' : 'threatlocker');

describe.each(WRITES)('%s', (_title, name, decision, write) => {
  const run = async (action?: FaultAction) => {
    const plan = await planned(world, [name], decision);
    if (action) world.sandbox.faults.add({ when: { ...write, where: isWrite }, times: 1, do: action });
    return { plan, result: await confirm(world, plan) };
  };
  const isWrite = (call: { readonly method: string; readonly path: string }) =>
    call.method !== 'GET' && !call.path.includes('Get');

  test('sends what was planned byte for byte, once, and proves whose decision it was', async () => {
    const { plan, result } = await run();
    expect(result).toMatchObject({ status: 'applied', targets: [{ attribution: 'ours' }] });
    expect(world.sandbox.record).toHaveLength(1);
    const [sent] = world.sandbox.record;
    const [target] = plan.plan.targets;
    expect(sent).toMatchObject({
      verdict: decision.verdict,
      effect: 'applied',
      method: target?.write.method,
      url: target?.write.path,
    });
    expect(sent?.body ?? '').toBe(target?.write.body ?? '');
  });

  test('a connection that breaks before the effect: not applied, sent once', async () => {
    const { result } = await run({ kind: 'resetBeforeEffect' });
    expect(result.status).toBe('not-applied');
    expect(result.message).toMatch(/It was not sent a second time, and may still take effect/);
    // Whoever reads that in a hurry would send it twice.
    expect(result.message).not.toMatch(/try again/i);
    expect(effects()).toEqual(['nothing']);
  });

  test('a connection that breaks after the effect: applied, sent once', async () => {
    const { result } = await run({ kind: 'resetAfterEffect' });
    expect(result).toMatchObject({ status: 'applied', targets: [{ attribution: 'ours' }] });
    expect(effects()).toEqual(['applied']);
  });

  test.each([true, false])('HTTP 500 with the effect %s', async (applied) => {
    const { result } = await run({ kind: 'status', status: 500, applied });
    expect(result.status).toBe(applied ? 'applied' : 'not-applied');
    expect(world.sandbox.record).toHaveLength(1);
  });

  test.each([true, false])('no answer in time with the effect %s', async (applied) => {
    await world.close();
    world = await openWorld({ limits: { timeoutMs: 700 } });
    const { result } = await run({ kind: 'hang', applied });
    expect(result.status).toBe(applied ? 'applied' : 'not-applied');
    expect(world.sandbox.record).toHaveLength(1);
  });

  test('a web page in place of an answer, with the effect', async () => {
    const { result } = await run({ kind: 'htmlPage', status: 200, applied: true });
    expect(result.status).toBe('applied');
    expect(world.sandbox.record).toHaveLength(1);
  });

  test('a refusal by the vendor: refused, nothing changed', async () => {
    const { result } = await run({ kind: 'status', status: 403, body: { message: 'No permission' } });
    expect(result).toMatchObject({ status: 'refused' });
    expect(result.message).toMatch(/Nothing was changed/);
    expect(world.sandbox.record).toHaveLength(1);
  });

  test('too many calls: refused, and not asked again', async () => {
    const { result } = await run({ kind: 'status', status: 429, headers: { 'retry-after': '0' } });
    expect(result.status).toBe('refused');
    expect(world.sandbox.record).toHaveLength(1);
  });

  test('unknown while nothing can be read afterwards', async () => {
    const plan = await planned(world, [name], decision);
    const cut = () => {
      world.sandbox.faults.add({ do: { kind: 'status', status: 503 } });
    };
    world.sandbox.faults.add({ when: { where: isWrite }, times: 1, do: { kind: 'meanwhile', run: cut } });
    const result = await confirm(world, plan);
    expect(result.status).toBe('unknown');
    expect(result.message).toMatch(/unknown whether it was decided/);
    expect(world.sandbox.record).toHaveLength(1);
  });

  test.each(['approve', 'deny'] as const)(
    'a rival who chooses to %s between the last look and the write',
    async (verdict) => {
      const plan = await planned(world, [name], decision);
      const decide = () => world.sandbox.rivalDecides(vendorOf(name), world.named(name).id, verdict);
      world.sandbox.faults.add({ when: { where: isWrite }, times: 1, do: { kind: 'meanwhile', run: decide } });
      const result = await confirm(world, plan);
      expect(result).toMatchObject({ status: 'already-handled', targets: [{ attribution: 'other' }] });
      // ThreatLocker refuses it outright; of Admin By Request's answer nobody knows what came first.
      const isTheSame = verdict === decision.verdict;
      const nothing =
        vendorOf(name) === 'threatlocker' ? /This one changed nothing\.$/ : /is not known; look in the portal\.$/;
      expect(result.message).toMatch(isTheSame ? /^Somebody else/ : nothing);
      expect(effects()).not.toContain('applied');
    },
  );
});

describe('what is handled already is found at planning', () => {
  test.each([
    ['already-approved', APPROVE],
    ['already-approved', DENY],
    ['already-denied', APPROVE],
    ['abr-denied', APPROVE],
    ['abr-approved', DENY],
    ['abr-finished', DENY],
  ] as const)('%s', async (name, decision) => {
    expect(await order(world, [name], decision)).toMatchObject({
      planned: false,
      result: { status: 'already-handled', decision: null },
    });
    expect(world.sandbox.record).toEqual([]);
  });
});

describe('what must not be approved here', () => {
  test.each([
    ['abr-quarantined', APPROVE],
    ['abr-quarantined', DENY],
    ['usb-read', APPROVE],
    ['usb-write', APPROVE],
    ['network-web', APPROVE],
  ] as const)('%s is refused with a sentence', async (name, decision) => {
    const planning = await order(world, [name], decision);
    expect(planning).toMatchObject({ planned: false, result: { status: 'refused', decision: null } });
    expect(world.sandbox.record).toEqual([]);
  });

  test.each(['usb-read', 'network-web', 'injection', 'anydesk', 'abr-malicious', 'abr-session'])(
    '%s can be denied',
    async (name) => {
      expect((await confirm(world, await planned(world, [name], DENY))).status).toBe('applied');
    },
  );
});

describe('Admin By Request drops an approver that is no portal user', () => {
  test('the decision stands, and nobody is said to be proved', async () => {
    await world.close();
    world = await openWorld({ accounts: { adminByRequest: { approverEmail: 'nobody@acme.example' } } });
    const result = await confirm(world, await planned(world, ['abr-cmd'], APPROVE));
    expect(result).toMatchObject({ status: 'applied', targets: [{ attribution: 'unproven' }] });
    expect(result.message).toMatch(/does not prove/);
  });
});

describe('approval in tiers', () => {
  test('the first tier is applied and said to wait', async () => {
    const decision: Decision = { verdict: 'approve', options: { application: { use: 'new', name: 'Payroll' } } };
    const result = await confirm(world, await planned(world, ['payroll'], decision));
    expect(result.status).toBe('applied');
    expect(result.message).toMatch(/waits for approval tier 2/);
  });
});

describe('several targets', () => {
  test('are countersigned once and carried out one by one', async () => {
    const names = ['obsidian-contoso', 'obsidian-fabrikam', 'anydesk'];
    const plan = await planned(world, names, DENY);
    expect(plan.plan.confirmText).toBe('deny 3');
    const result = await confirm(world, plan);
    expect(result.status).toBe('applied');
    expect(result.targets.map((target) => target.request)).toEqual(names.map((name) => world.named(name).reference));
    expect(effects()).toEqual(['applied', 'applied', 'applied']);
  });

  test('one that a rival took is said so, the others go on', async () => {
    const plan = await planned(world, ['obsidian-contoso', 'anydesk'], DENY);
    world.sandbox.rivalDecides('threatlocker', world.named('obsidian-contoso').id, 'approve');
    const result = await confirm(world, plan);
    expect(result).toMatchObject({
      status: 'partial',
      targets: [{ status: 'already-handled' }, { status: 'applied' }],
    });
    expect(effects()).toEqual(['applied']);
  });

  test('of two vendors are refused', async () => {
    expect(await order(world, ['obsidian-contoso', 'abr-cmd'], DENY)).toMatchObject({
      planned: false,
      result: { status: 'refused' },
    });
  });

  test('one without a default makes it a choice for all', async () => {
    const planning = await order(world, ['obsidian-contoso', 'acrobat-install'], APPROVE);
    expect(planning).toMatchObject({ planned: false, result: { status: 'needs-choice' } });
    expect(world.sandbox.record).toEqual([]);
  });
});

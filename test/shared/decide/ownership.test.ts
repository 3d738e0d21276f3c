import type { Decision } from '@countersign/shared/approval';
import type { FaultAction, RecordedCall, StoredRequests } from '@countersign/shared/sandbox';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openWorld, type World } from '../../support/world.ts';
import { APPROVE, confirm, DENY, order, planned } from './order.ts';

const TAKE: Decision = { verdict: 'take-ownership' };
const NAME = 'obsidian-contoso';
const RIVAL = { userId: '7d9f3c52-50f0-4d1e-8d7e-2b8b0f6a1c11', username: 'robin', firstName: 'Robin', lastName: 'R' };

let world: World;
const open = async (options: Parameters<typeof openWorld>[0] = {}) => {
  world = await openWorld(options);
};
beforeEach(() => open());
afterEach(() => world.close());

const reopen = async (options: Parameters<typeof openWorld>[0]) => {
  await world.close();
  await open(options);
};
const us = () => world.sandbox.threatLocker.users.main;
const change = (mutate: (request: StoredRequests['threatlocker']) => void, name = NAME) =>
  world.sandbox.change('threatlocker', world.named(name).id, mutate);
const giveTo = (assignee: typeof RIVAL | null, name = NAME) =>
  change((request) => {
    request.assignee = assignee;
  }, name);
const assignee = () => world.sandbox.raw('threatlocker', world.named(NAME).id)?.assignee?.username ?? null;
const isTaking = ({ path }: RecordedCall) => path.includes('UpdateForTakeOwnership');
const whileTaking = (action: FaultAction) =>
  world.sandbox.faults.add({ when: { where: isTaking }, times: 1, do: action });
const takings = () =>
  world.sandbox.record.filter(({ verdict }) => verdict === 'take-ownership').map(({ effect }) => effect);

async function take(name = NAME) {
  return await confirm(world, await planned(world, [name], TAKE));
}

/** A decision that the vendor's record proves to be ours, and so tells who we are. */
async function becomeKnown(): Promise<void> {
  const result = await confirm(world, await planned(world, ['anydesk'], DENY));
  expect(result.targets).toMatchObject([{ attribution: 'ours', decidedBy: us() }]);
}

describe('a taking that the vendor accepts', () => {
  test('is applied once, as it was planned, and nobody is said to be proved', async () => {
    const plan = await planned(world, [NAME], TAKE);
    expect(plan.plan.confirmText).toBe('take-ownership Obsidian.exe');
    const result = await confirm(world, plan);
    expect(result).toMatchObject({ status: 'applied', targets: [{ attribution: 'unproven', decidedBy: us() }] });
    expect(result.message).toMatch(/assigned to "Northwind Approvals API" now\. Its record does not prove/);
    expect(takings()).toEqual(['applied']);
    expect(world.sandbox.record[0]?.body).toBe(plan.plan.targets[0]?.write.body);
  });

  test('is proved where an earlier decision tells who we are', async () => {
    await becomeKnown();
    expect(await take()).toMatchObject({ status: 'applied', targets: [{ attribution: 'ours', decidedBy: us() }] });
  });

  test('is proved where the vendor keeps the mark', async () => {
    await reopen({ sandbox: { threatLocker: { ownershipComments: 'kept' } } });
    change((request) => {
      request.comments = 'Dana will call back.';
    });
    expect(await take()).toMatchObject({ status: 'applied', targets: [{ attribution: 'ours' }] });
    expect(world.sandbox.raw('threatlocker', world.named(NAME).id)?.comments).toMatch(
      /^Dana will call back\. \[countersign [\w-]{22}\]$/,
    );
  });

  test('and then does not carry out is not applied', async () => {
    whileTaking({ kind: 'status', status: 200, applied: false });
    const result = await take();
    expect(result).toMatchObject({ status: 'not-applied', targets: [{ mayStillApply: true }] });
    expect(result.message).toMatch(/took the call, yet nobody has the request\. It was not sent a second time/);
    expect(takings()).toHaveLength(1);
  });

  test('of several requests is confirmed once', async () => {
    const plan = await planned(world, [NAME, 'usb-read', 'elevate-printer'], TAKE);
    expect(plan.plan.confirmText).toBe('take-ownership 3');
    expect(await confirm(world, plan)).toMatchObject({ status: 'applied' });
    expect(takings()).toEqual(['applied', 'applied', 'applied']);
  });
});

const CUT: readonly (readonly [string, FaultAction, boolean])[] = [
  ['breaks before the effect', { kind: 'resetBeforeEffect' }, false],
  ['breaks after the effect', { kind: 'resetAfterEffect' }, true],
  ['ends in HTTP 500 without the effect', { kind: 'status', status: 500, applied: false }, false],
  ['ends in HTTP 500 with the effect', { kind: 'status', status: 500, applied: true }, true],
  ['ends in a web page with the effect', { kind: 'htmlPage', applied: true }, true],
];

describe.each(CUT)('a taking whose call %s', (_title, fault, hasEffect) => {
  test('is claimed by nobody, since no vendor tells who calls', async () => {
    whileTaking(fault);
    const result = await take();
    expect(result).toMatchObject(
      hasEffect
        ? { status: 'already-handled', targets: [{ attribution: 'unproven', decidedBy: us(), mayStillApply: true }] }
        : { status: 'not-applied', targets: [{ mayStillApply: true }] },
    );
    expect(result.message).toMatch(hasEffect ? /does not show whether this decision did it/ : /nobody has the request/);
    expect(takings()).toHaveLength(1);
  });

  test('is told for certain where an earlier decision tells who we are', async () => {
    await becomeKnown();
    whileTaking(fault);
    expect(await take()).toMatchObject(
      hasEffect ? { status: 'applied', targets: [{ attribution: 'ours' }] } : { status: 'not-applied' },
    );
    expect(takings()).toHaveLength(1);
  });

  test('is told for certain where the vendor keeps the mark', async () => {
    await reopen({ sandbox: { threatLocker: { ownershipComments: 'kept' } } });
    whileTaking(fault);
    expect(await take()).toMatchObject({ status: hasEffect ? 'applied' : 'not-applied' });
    expect(takings()).toHaveLength(1);
  });
});

describe('a rival takes it', () => {
  test('while the plan waits: nothing is sent', async () => {
    const plan = await planned(world, [NAME], TAKE);
    giveTo(RIVAL);
    const result = await confirm(world, plan);
    expect(result).toMatchObject({ status: 'refused', by: 'guardrail' });
    expect(result.message).toMatch(/who has the request changed.*Nothing was sent/);
    expect(world.sandbox.record).toEqual([]);
  });

  test('or gives it back while the plan waits: nothing is sent', async () => {
    giveTo(RIVAL);
    const plan = await planned(world, [NAME], TAKE);
    giveTo(null);
    expect((await confirm(world, plan)).message).toMatch(/who has the request changed/);
    expect(world.sandbox.record).toEqual([]);
  });

  test('while an approval waits: that may be', async () => {
    const plan = await planned(world, [NAME], APPROVE);
    giveTo(RIVAL);
    expect((await confirm(world, plan)).status).toBe('applied');
  });

  test('and the call breaks: it is not claimed, whoever we are known to be', async () => {
    await becomeKnown();
    whileTaking({ kind: 'meanwhile', run: () => giveTo(RIVAL) });
    whileTaking({ kind: 'resetBeforeEffect' });
    expect(await take()).toMatchObject({
      status: 'already-handled',
      targets: [{ attribution: 'unproven', decidedBy: 'robin' }],
    });
    expect(assignee()).toBe('robin');
  });

  test('and the vendor refuses ours: it is refused', async () => {
    whileTaking({ kind: 'meanwhile', run: () => giveTo(RIVAL) });
    whileTaking({ kind: 'status', status: 403, body: { message: 'No permission' } });
    const result = await take();
    expect(result).toMatchObject({ status: 'refused', by: 'vendor' });
    expect(result.message).toMatch(/Nothing was changed/);
  });

  test('and decides it: nothing is left to take', async () => {
    whileTaking({
      kind: 'meanwhile',
      run: () => world.sandbox.rivalDecides('threatlocker', world.named(NAME).id, 'deny'),
    });
    const result = await take();
    expect(result).toMatchObject({ status: 'already-handled', targets: [{ decidedBy: 'Robin Rival' }] });
    expect(result.message).toMatch(/denied now, so nothing is left to take/);
  });

  test('before it is planned: the effect says from whom it is taken, and it is taken', async () => {
    giveTo(RIVAL);
    const plan = await planned(world, [NAME], TAKE);
    const [{ effect } = { effect: null }] = plan.effects;
    expect(effect?.summary).toMatch(/^Take ownership of the request for "Obsidian\.exe" .*, away from "robin"\.$/);
    expect(effect?.details[0]).toMatch(/"robin" has it now, and has it no longer after this/);
    expect(await confirm(world, plan)).toMatchObject({ status: 'applied' });
    expect(assignee()).toBe(us());
  });
});

describe('what is ours already', () => {
  const again = () => order(world, [NAME], TAKE);
  const alreadyOurs = {
    planned: false,
    result: {
      decision: null,
      status: 'already-handled',
      message: expect.stringMatching(/assigned to "Northwind Approvals API" already.*Nothing was sent/),
    },
  };

  test('asks nobody, when it was taken from here and a mark told who we are', async () => {
    await becomeKnown();
    await take();
    expect(await again()).toMatchObject(alreadyOurs);
    expect(takings()).toHaveLength(1);
  });

  test('is claimed of nobody whom nothing proves to be us: a rival may have come first', async () => {
    whileTaking({ kind: 'status', status: 200, applied: false });
    giveTo(RIVAL);
    await take();
    expect(await again()).toMatchObject({ planned: true });
  });

  test('asks nobody, when it was taken elsewhere and an earlier decision tells who we are', async () => {
    await becomeKnown();
    giveTo({ ...RIVAL, username: us().toUpperCase() });
    expect(await again()).toMatchObject({ planned: false, result: { status: 'already-handled' } });
  });

  test('can be taken again from a rival who took it since', async () => {
    await take();
    giveTo(RIVAL);
    expect(await take()).toMatchObject({ status: 'applied' });
    expect(takings()).toEqual(['applied', 'applied']);
  });

  test('can not be told while nothing tells who we are', async () => {
    giveTo({ ...RIVAL, username: us() });
    expect(await again()).toMatchObject({ planned: true });
  });
});

test.each([
  ['before', { assigneeUsername: '', retrievedAssigneeUsername: false }, {}, 'robin'],
  ['afterwards', {}, { assigneeUsername: '', retrievedAssigneeUsername: false }, RIVAL.userId],
])('somebody whose name the vendor does not look up %s is known by their id', async (_when, before, after, shown) => {
  const wire = (members: object) =>
    change((request) => {
      request.wire = { ...members };
    });
  giveTo(RIVAL);
  wire(before);
  const plan = await planned(world, [NAME], TAKE);
  wire(after);
  whileTaking({ kind: 'status', status: 200, applied: false });
  const result = await confirm(world, plan);
  expect(result.status).toBe('not-applied');
  expect(result.message).toContain(`still assigned to "${shown}"`);
});

test.each(['already-approved', 'already-denied'])('%s asks nobody', async (name) => {
  expect(await order(world, [name], TAKE)).toMatchObject({ planned: false, result: { status: 'already-handled' } });
});

test('Admin By Request has no such thing', async () => {
  const planning = await order(world, ['abr-cmd'], TAKE);
  expect(planning).toMatchObject({ planned: false, result: { status: 'refused', by: 'client', decision: null } });
  expect(planning).toMatchObject({ result: { message: expect.stringMatching(/has no ownership.*Nothing was sent/) } });
});

test('what is found of a file never restricts it', async () => {
  expect(await take('anydesk')).toMatchObject({ status: 'applied' });
  expect(await take('injection')).toMatchObject({ status: 'applied' });
});

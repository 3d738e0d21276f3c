import { parseSettings } from '@countersign/shared/account';
import { type Decision, type Plan, planDigest } from '@countersign/shared/approval';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accountsFile, openWorld, type World } from '../../support/world.ts';
import { APPROVE, answer, confirm, DENY, order, planned } from './order.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(async () => {
  await world.close();
});

const isWrite = (call: { readonly method: string; readonly path: string }) =>
  call.method !== 'GET' && !call.path.includes('Get');

describe('the time of a plan is looked at last of all', () => {
  test.each(['obsidian-contoso', 'abr-cmd'])(
    '%s: a plan that runs out while the call waits for its secret is not sent',
    async (name) => {
      await world.close();
      let late = () => undefined as undefined;
      world = await openWorld({ onSecret: () => late() });
      const plan = await planned(world, [name], APPROVE);
      const { ledger } = world;
      const begin = ledger.begin;
      // Between the intent on record and the call, nothing but the secret is fetched.
      ledger.begin = async (decision, request) => {
        late = () => {
          world.clock.now = Date.parse(plan.plan.expiresAt);
        };
        return await begin(decision, request);
      };
      const result = await confirm(world, plan);
      expect(result.status).toBe('expired');
      expect(world.sandbox.record).toEqual([]);
    },
  );
});

describe('a plan whose write is not what the plan says', () => {
  test.each([
    ['a denial that would approve', DENY, APPROVE, 'abr-cmd'],
    ['a denial that would approve', DENY, APPROVE, 'obsidian-contoso'],
    ['an approval that would deny', APPROVE, DENY, 'abr-cmd'],
  ] as const)('%s is neither shown nor sent, whoever left it in the ledger', async (_, said, meant, name) => {
    const honest = await planned(world, [name], meant);
    const { plan } = honest;
    await world.decisions.close(plan.decision, 'It was an example.');
    const forged: Plan = {
      ...plan,
      decision: `${plan.decision.slice(0, 21)}${plan.decision.endsWith('A') ? 'B' : 'A'}` as Plan['decision'],
      verdict: said.verdict,
    };
    const digest = planDigest(forged);
    await world.ledger.open(forged, digest, { client: 'another', name: 'another' }, 'terminal');
    const review = await world.decisions.review(forged.decision, 'terminal');
    expect(review).toMatchObject({ open: false, result: { status: 'refused' } });
    const result = await world.decisions.answer(
      forged.decision,
      digest,
      { kind: 'typed', text: forged.confirmText },
      { channel: 'terminal', who: 'test' },
    );
    expect(result.status).toBe('refused');
    expect(world.sandbox.record).toEqual([]);
  });

  test('is not sent where nobody has looked at it before, either', async () => {
    const { plan } = await planned(world, ['abr-cmd'], APPROVE);
    await world.decisions.close(plan.decision, 'It was an example.');
    const decision = `${plan.decision.slice(0, 21)}${plan.decision.endsWith('A') ? 'B' : 'A'}` as Plan['decision'];
    const forged: Plan = { ...plan, decision, verdict: 'deny' };
    const digest = planDigest(forged);
    await world.ledger.open(forged, digest, { client: 'another', name: 'another' }, 'terminal');
    const answered = { kind: 'typed', text: forged.confirmText } as const;
    const result = await world.decisions.answer(decision, digest, answered, { channel: 'terminal', who: 'test' });
    expect(result).toMatchObject({ status: 'refused', message: expect.stringContaining('not what it says') });
    expect(world.sandbox.record).toEqual([]);
  });
});

describe('after a write', () => {
  test('a status that nobody knows is unknown, not "still waits"', async () => {
    const plan = await planned(world, ['obsidian-contoso'], DENY);
    const { id } = world.named('obsidian-contoso');
    world.sandbox.faults.add({
      when: { where: isWrite },
      times: 1,
      do: {
        kind: 'meanwhile',
        run: () =>
          world.sandbox.change('threatlocker', id, (request) => {
            request.statusId = 3;
          }),
      },
    });
    const result = await confirm(world, plan);
    expect(result.status).toBe('unknown');
    expect(result.message).toContain('other(3)');
  });

  test('a call that never left is not unknown, even if nothing can be read', async () => {
    const plan = await planned(world, ['abr-cmd'], APPROVE);
    const gone = () => void world.sandbox.close();
    world.sandbox.faults.add({
      when: { vendor: 'admin-by-request', path: '/requests/' },
      times: 1,
      do: { kind: 'meanwhile', run: gone },
    });
    const result = await confirm(world, plan);
    expect(result.status).toBe('not-applied');
    expect(world.sandbox.record).toEqual([]);
  });

  test("a vendor's refusal is said to be the vendor's", async () => {
    const plan = await planned(world, ['abr-cmd'], APPROVE);
    world.sandbox.faults.add({ when: { method: 'PUT' }, times: 1, do: { kind: 'status', status: 403 } });
    expect(await confirm(world, plan)).toMatchObject({ status: 'refused', by: 'vendor' });
  });
});

test('what the vendor refused outright is not claimed, though the same person decided it in the portal', async () => {
  const plan = await planned(world, ['abr-obsidian'], APPROVE);
  const { approverEmail } = world.sandbox.adminByRequest;
  const decide = () => {
    world.sandbox.change('admin-by-request', world.named('abr-obsidian').id, (request) => {
      request.statusCode = 0;
      request.decidedAt = world.clock.now;
      request.approvedByEmail = approverEmail;
    });
  };
  world.sandbox.faults.add({ when: { method: 'PUT' }, times: 1, do: { kind: 'meanwhile', run: decide } });
  world.sandbox.faults.add({ when: { method: 'PUT' }, times: 1, do: { kind: 'status', status: 401 } });
  const result = await confirm(world, plan);
  expect(result).toMatchObject({ status: 'already-handled', targets: [{ attribution: 'other' }] });
  expect(world.sandbox.record.map(({ effect }) => effect)).not.toContain('applied');
});

describe('several requests', () => {
  const approvals: readonly (readonly [string, Decision])[] = [
    ['an existing application', { verdict: 'approve', options: { application: { use: 'existing', id: 'x' } } }],
    ['a matching application', { verdict: 'approve', options: { application: { use: 'matching', id: 'x' } } }],
    ['a group', { verdict: 'approve', options: { scope: { group: 'x' } } }],
  ];

  test.each(approvals)('are not approved together with %s', async (_what, decision) => {
    const planning = await order(world, ['obsidian-contoso', 'obsidian-fabrikam'], decision);
    expect(planning).toMatchObject({ planned: false, result: { status: 'refused', decision: null } });
    expect(!planning.planned && planning.result.message).toMatch(/Several requests/);
  });

  test('one that is handled stops them, and is named', async () => {
    const planning = await order(world, ['obsidian-contoso', 'already-denied'], DENY);
    expect(planning).toMatchObject({
      planned: false,
      result: { status: 'already-handled', targets: [{ request: world.named('already-denied').reference }] },
    });
  });

  test('that are one and the same are named once', async () => {
    const { reference } = world.named('obsidian-contoso');
    const planning = await world.decisions.plan({
      requests: [reference, reference.toUpperCase().replace('ACME', 'acme')],
      decision: DENY,
      proposer: { client: 'client-1', name: 'a test' },
      mayDecide: () => true,
      route: () => ({ channel: 'terminal', because: null }),
    });
    expect(planning).toMatchObject({ planned: false, result: { status: 'refused' } });
  });
});

describe('two account ids for one tenant', () => {
  test('share open plans and the quiet after a decline', async () => {
    const file = JSON.parse(accountsFile(world.sandbox)) as { accounts: { id: string }[] };
    const [acme] = file.accounts;
    file.accounts.push({ ...acme, id: 'again' });
    world.useSettings(parseSettings(JSON.stringify(file), 'accounts.json'));
    const plan = await planned(world, ['obsidian-contoso'], DENY);
    const again = (client = 'client-2') =>
      world.decisions.plan({
        requests: [`again/${world.named('obsidian-contoso').id}`],
        decision: DENY,
        proposer: { client, name: 'a test' },
        mayDecide: () => true,
        route: () => ({ channel: 'terminal', because: null }),
      });
    expect(await again()).toMatchObject({ planned: false, result: { status: 'refused' } });
    await answer(world, plan, { kind: 'declined' });
    expect(await again('client-1')).toMatchObject({ planned: false, result: { status: 'refused' } });
    world.clock.now += 10 * 60_000;
    expect(await again('client-1')).toMatchObject({ planned: true });
  });
});

describe('the words of a denial', () => {
  const deny = (reason: string): Decision => ({ verdict: 'deny', options: { reason } });

  test('of a thousand characters, or of many lines, are sent whole', async () => {
    for (const reason of ['x'.repeat(1000), 'no\n'.repeat(70).trim()]) {
      const [target] = (await planned(world, ['obsidian-contoso'], deny(reason), reason)).plan.targets;
      expect(JSON.parse(target?.write.body ?? '')).toMatchObject({ rejectReason: reason });
      world.clock.now += 3_600_000;
    }
  });

  test('that are longer are refused, not cut', async () => {
    expect(await order(world, ['obsidian-contoso'], deny('x'.repeat(1001)))).toMatchObject({
      planned: false,
      result: { status: 'refused' },
    });
  });
});

describe('the permit record carries nothing that nobody was shown', () => {
  test.each<readonly [string, object, RegExp]>([
    ['network exclusions', { networkExclusions: [{ value: '0.0.0.0/0' }] }, /network exclusions/],
    ['file exclusions', { fileExclusions: [{ path: 'c:\\*' }] }, /file exclusions/],
    ['protection off', { policyConditions: { disableProtection: true } }, /protection switched off/],
    ['protection off, in another type', { policyConditions: { disableProtection: 'true' } }, /protection switched off/],
    [
      'exclusions inside the ringfencing',
      { ringfencingOptions: { fileExclusions: [{ path: 'c:\\*' }] } },
      /file exclusions/,
    ],
    ['a scope of its own', { policyLevel: { toGlobal: true } }, /a wider scope/],
    ['a scope in another type', { policyLevel: { selectedComputers: ['x'] } }, /a wider scope/],
  ])('%s', async (_what, members, says) => {
    await world.close();
    world = await openWorld({ fetch: withPermitMembers(members) });
    const planning = await order(world, ['obsidian-contoso'], APPROVE);
    expect(planning).toMatchObject({ planned: false, result: { status: 'refused' } });
    expect(!planning.planned && planning.result.message).toMatch(says);
    expect(world.sandbox.record).toEqual([]);
  });

  test.each<readonly [string, object, string]>([
    ['at the top', { ringfenceActionId: 6 }, 'It is ringfenced'],
    ['inside its options', { ringfencingOptions: { ringfenceActionId: 6 } }, 'It is ringfenced'],
    ['nowhere', {}, 'It is not ringfenced'],
  ])('ringfencing %s is said', async (_where, members, says) => {
    await world.close();
    world = await openWorld({ fetch: withPermitMembers(members) });
    const [target] = (await planned(world, ['obsidian-contoso'], APPROVE)).effects;
    expect(target?.effect.details.some((detail) => detail.startsWith(says))).toBe(true);
  });

  test('another computer by name inside the record', async () => {
    await world.close();
    world = await openWorld({ fetch: withPermitMembers({ approvalRequest: { hostname: 'INNOCENT-PC' } }) });
    expect(await order(world, ['obsidian-contoso'], APPROVE)).toMatchObject({
      planned: false,
      result: { status: 'not-applied' },
    });
  });
});

/** The vendor's permit record with other members laid over it. */
function withPermitMembers(members: object): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (!String(input).includes('GetPermitApplicationById')) return response;
    return new Response(JSON.stringify(merge(await response.json(), members)), { status: response.status });
  };
}

function merge(base: unknown, over: object): object {
  const copy: Record<string, unknown> = { ...(base as object) };
  for (const [key, value] of Object.entries(over)) {
    copy[key] =
      typeof value === 'object' && value !== null && !Array.isArray(value) ? merge(copy[key] ?? {}, value) : value;
  }
  return copy;
}

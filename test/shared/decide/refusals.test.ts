import { parseSettings, SettingsError } from '@countersign/shared/account';
import type { Decision, DecisionId, PlanDigest } from '@countersign/shared/approval';
import type { StoredRequests } from '@countersign/shared/sandbox';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accountsFile, openWorld, type World } from '../../support/world.ts';
import { TERMINAL } from '../ledger/plan.ts';
import { APPROVE, answer, confirm, DENY, order, planned } from './order.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(async () => {
  await world.close();
});

const CASES: readonly (readonly [vendor: string, verb: string, request: string, decision: Decision])[] = [
  ['ThreatLocker', 'approve', 'obsidian-contoso', APPROVE],
  ['ThreatLocker', 'deny', 'obsidian-contoso', DENY],
  ['Admin By Request', 'approve', 'abr-cmd', APPROVE],
  ['Admin By Request', 'deny', 'abr-cmd', DENY],
];

test.each([/\/whoami/, /\/requests\/\d/])(
  'a call that is taken back while it is planned leaves no plan (%s)',
  async (path) => {
    const call = new AbortController();
    world.sandbox.faults.add({
      when: { vendor: 'admin-by-request', path },
      do: { kind: 'meanwhile', run: () => call.abort() },
    });
    const planning = await order(world, ['abr-cmd'], APPROVE, 'client-1', call.signal);
    expect(planning).toMatchObject({ planned: false, result: { decision: null } });
    expect(await world.ledger.list({ limit: 10 })).toEqual([]);
    world.sandbox.faults.clear();
    expect(await order(world, ['abr-cmd'], APPROVE, 'client-2')).toMatchObject({ planned: true });
  },
);

describe.each(CASES)('%s, %s: nothing is written', (_vendor, _verb, name, decision) => {
  afterEach(() => {
    expect(world.sandbox.record).toEqual([]);
  });

  test('while nobody has answered', async () => {
    await planned(world, [name], decision);
  });

  test('when the person declines', async () => {
    expect(await answer(world, await planned(world, [name], decision), { kind: 'declined' })).toMatchObject({
      status: 'declined',
    });
  });

  test('when the question is closed without an answer', async () => {
    const result = await answer(world, await planned(world, [name], decision), { kind: 'cancelled' });
    expect(result).toMatchObject({ status: 'refused', by: 'client' });
    expect(result.message).toMatch(/without an answer/);
    expect(await order(world, [name], decision)).toMatchObject({ planned: true });
  });

  test.each(['', ' ', 'yes', 'approve', 'deny', 'APPROVE OBSIDIAN.EXE', 'true'])('when %j is typed', async (text) => {
    expect(await answer(world, await planned(world, [name], decision), { kind: 'typed', text })).toMatchObject({
      status: 'refused',
      by: 'client',
    });
  });

  test("when the other verb's text is typed", async () => {
    const plan = await planned(world, [name], decision);
    const other = plan.plan.confirmText.startsWith('approve')
      ? plan.plan.confirmText.replace('approve', 'deny')
      : plan.plan.confirmText.replace('deny', 'approve');
    expect(other).not.toBe(plan.plan.confirmText);
    expect((await answer(world, plan, { kind: 'typed', text: other })).status).toBe('refused');
  });

  test('when the answer comes at or after the expiry', async () => {
    const plan = await planned(world, [name], decision);
    world.clock.now = Date.parse(plan.plan.expiresAt);
    expect((await confirm(world, plan)).status).toBe('expired');
  });

  test('when the clock went back behind the planning', async () => {
    const plan = await planned(world, [name], decision);
    world.clock.now -= 1;
    expect((await confirm(world, plan)).status).toBe('refused');
  });

  test('when the plan runs out between the answer and the write', async () => {
    const plan = await planned(world, [name], decision);
    const runOut = () => {
      world.clock.now = Date.parse(plan.plan.expiresAt);
    };
    world.sandbox.faults.add({ times: 1, do: { kind: 'meanwhile', run: runOut } });
    expect((await confirm(world, plan)).status).toBe('expired');
  });

  test('when the digest is another one', async () => {
    const plan = await planned(world, [name], decision);
    const forged = plan.digest.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) as PlanDigest;
    expect(
      (await answer(world, { ...plan, digest: forged }, { kind: 'typed', text: plan.plan.confirmText })).status,
    ).toBe('refused');
  });

  test('when the decision is one that nobody planned', async () => {
    const plan = await planned(world, [name], decision);
    const result = await world.decisions.answer(
      'AAAAAAAAAAAAAAAAAAAAAA' as DecisionId,
      plan.digest,
      { kind: 'typed', text: plan.plan.confirmText },
      TERMINAL,
    );
    expect(result.status).toBe('refused');
  });

  test('when it was declined before it was confirmed', async () => {
    const plan = await planned(world, [name], decision);
    await answer(world, plan, { kind: 'declined' });
    expect((await confirm(world, plan)).status).toBe('refused');
  });

  test('when the settings changed meanwhile', async () => {
    const plan = await planned(world, [name], decision);
    world.useSettings(
      parseSettings(accountsFile(world.sandbox, { more: { confirmation: { expiresMinutes: 20 } } }), 'accounts.json'),
    );
    const result = await confirm(world, plan);
    expect(result.status).toBe('refused');
    expect(result.message).toMatch(/settings changed/);
  });

  test('when the settings can not be read any more', async () => {
    const plan = await planned(world, [name], decision);
    world.useSettings(new SettingsError('unreadable', ['accounts.json can not be read.']));
    const result = await confirm(world, plan);
    expect(result.status).toBe('refused');
    expect(result.message).toMatch(/can't be read any more/);
  });

  test('when the account points elsewhere meanwhile', async () => {
    const plan = await planned(world, [name], decision);
    const change = {
      threatLocker: { organizationId: world.sandbox.threatLocker.organizations.contoso },
      adminByRequest: { endpoint: world.sandbox.threatLocker.url },
    };
    world.useSettings(parseSettings(accountsFile(world.sandbox, change), 'accounts.json'));
    expect((await confirm(world, plan)).status).toBe('refused');
  });

  test('when the account is gone meanwhile', async () => {
    const plan = await planned(world, [name], decision);
    const change = { threatLocker: { id: 'renamed' }, adminByRequest: { id: 'renamed-abr' } };
    world.useSettings(parseSettings(accountsFile(world.sandbox, change), 'accounts.json'));
    expect((await confirm(world, plan)).message).toMatch(/no longer in the accounts file/);
  });

  test.each(['approve', 'deny'] as const)('when a rival chose to %s meanwhile', async (verdict) => {
    const plan = await planned(world, [name], decision);
    const vendor = name.startsWith('abr') ? 'admin-by-request' : 'threatlocker';
    world.sandbox.rivalDecides(vendor, world.named(name).id, verdict);
    const result = await confirm(world, plan);
    expect(result.status).toBe('already-handled');
    expect(result.targets[0]?.decidedBy).toMatch(/Rival|rival/);
  });

  test('when the vendor can not be read before the write', async () => {
    const plan = await planned(world, [name], decision);
    world.sandbox.faults.add({ do: { kind: 'status', status: 503 } });
    expect((await confirm(world, plan)).status).toBe('not-applied');
  });

  test('and the same client is not heard again for ten minutes after a decline, another one is', async () => {
    await answer(world, await planned(world, [name], decision), { kind: 'declined' });
    expect(await order(world, [name], decision)).toMatchObject({ planned: false, result: { status: 'refused' } });
    expect(await order(world, [name], decision, 'client-2')).toMatchObject({ planned: true });
    world.clock.now += 10 * 60_000;
    expect(await order(world, [name], decision)).toMatchObject({ planned: true });
  });

  test('and a second plan for the same request is refused while the first is open', async () => {
    await planned(world, [name], decision);
    expect(await order(world, [name], decision, 'client-2')).toMatchObject({
      planned: false,
      result: { status: 'refused' },
    });
  });
});

describe('what was planned is compared with what is there', () => {
  const changes: readonly (readonly [string, (request: StoredRequests['threatlocker']) => void])[] = [
    [
      'the path',
      (request) => {
        request.file.fullPath = 'C:\\Windows\\other.exe';
      },
    ],
    [
      'the starting process',
      (request) => {
        request.file.processName = 'C:\\Windows\\System32\\mshta.exe';
      },
    ],
    [
      "the vendor's hash",
      (request) => {
        request.file.hash = 'f'.repeat(64);
      },
    ],
    [
      'the SHA-256 hash',
      (request) => {
        request.file.sha256 = 'f'.repeat(64);
      },
    ],
    [
      'the certificates',
      (request) => {
        request.file.certs = [{ sha: 'a'.repeat(40), subject: 'CN=Other', validCert: false }];
      },
    ],
    [
      'the processes that wrote the file',
      (request) => {
        request.file.installedBy = ['C:\\evil.exe'];
      },
    ],
    [
      'the reason',
      (request) => {
        request.reason = 'A better reason.';
      },
    ],
    [
      'the requester',
      (request) => {
        request.username = 'CONTOSO\\someone.else';
      },
    ],
    [
      'the kind of action',
      (request) => {
        request.actionType = 'install';
      },
    ],
    [
      'the operating system',
      (request) => {
        request.osType = 3;
      },
    ],
    [
      'the status',
      (request) => {
        request.statusId = 13;
      },
    ],
    [
      "the vendor's record of the action",
      (request) => {
        request.json = `${request.json} `;
      },
    ],
  ];

  test.each(changes)('%s', async (words, change) => {
    const plan = await planned(world, ['obsidian-contoso'], APPROVE);
    world.sandbox.change('threatlocker', world.named('obsidian-contoso').id, change);
    const result = await confirm(world, plan);
    expect(result.status).toBe('refused');
    expect(result.message).toContain(words);
    expect(world.sandbox.record).toEqual([]);
  });

  test.each<readonly [string, (request: StoredRequests['admin-by-request']) => void]>([
    [
      'the SHA-256 hash',
      (request) => {
        request.application.sha256 = 'F'.repeat(64);
      },
    ],
    [
      'the scan result',
      (request) => {
        request.application.scanResultCode = 1;
      },
    ],
    [
      'the reason',
      (request) => {
        request.reason = 'A better reason.';
      },
    ],
    [
      'the requester',
      (request) => {
        request.user.account = 'AZUREAD\\someone';
      },
    ],
    [
      'the kind of action',
      (request) => {
        request.typeCode = 1;
      },
    ],
  ])('Admin By Request: %s', async (words, change) => {
    const plan = await planned(world, ['abr-cmd'], APPROVE);
    world.sandbox.change('admin-by-request', world.named('abr-cmd').id, change);
    const result = await confirm(world, plan);
    expect(result.status).toBe('refused');
    expect(result.message).toContain(words);
    expect(world.sandbox.record).toEqual([]);
  });

  test('what may change while a plan waits: assignee, comments, ticket', async () => {
    const plan = await planned(world, ['obsidian-contoso'], APPROVE);
    world.sandbox.change('threatlocker', world.named('obsidian-contoso').id, (request) => {
      request.comments = 'looked at it';
      request.ticketId = 'T-9';
    });
    expect((await confirm(world, plan)).status).toBe('applied');
  });
});

describe('one answer counts once', () => {
  test('a confirmation that is replayed is not carried out again', async () => {
    const plan = await planned(world, ['obsidian-contoso'], APPROVE);
    expect((await confirm(world, plan)).status).toBe('applied');
    expect((await confirm(world, plan)).status).toBe('refused');
    expect(world.sandbox.record).toHaveLength(1);
  });

  test('two confirmations at once make one write', async () => {
    const plan = await planned(world, ['abr-cmd'], APPROVE);
    const statuses = (await Promise.all([confirm(world, plan), confirm(world, plan)])).map((result) => result.status);
    expect(statuses.toSorted()).toEqual(['applied', 'refused']);
    expect(world.sandbox.record).toHaveLength(1);
  });

  test('a client has at most five open plans', async () => {
    const names = ['obsidian-contoso', 'obsidian-fabrikam', 'unsigned-downloads', 'anydesk', 'vague-linux'];
    for (const name of names) await planned(world, [name], DENY);
    expect(await order(world, ['injection'], DENY)).toMatchObject({ planned: false, result: { status: 'refused' } });
    expect(await order(world, ['injection'], DENY, 'client-2')).toMatchObject({ planned: true });
  });
});

import type { DecisionResult } from '@countersign/shared/decide';
import type { FaultAction, RecordedCall } from '@countersign/shared/sandbox';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { openWorld, type World } from '../../support/world.ts';
import { APPROVE, confirm, DENY, order, planned } from './order.ts';

const BATCHES = [
  ['ThreatLocker', ['obsidian-contoso', 'anydesk', 'obsidian-fabrikam']],
  ['Admin By Request', ['abr-cmd', 'abr-obsidian', 'abr-malicious']],
] as const;

let world: World;
beforeEach(async () => {
  world = await openWorld();
  onTestFinished(() => world.close());
});

const isWrite = ({ method, path }: RecordedCall) => method !== 'GET' && !path.includes('Get');
const concerns = ({ url, body }: RecordedCall, id: string) => url.includes(id) || body.includes(id);
const statuses = ({ targets }: DecisionResult) => targets.map(({ status }) => status);

describe.each(BATCHES)('several requests of %s, countersigned once', (_vendor, names) => {
  const [, second, third] = names;

  async function carriedOut(action: FaultAction, at: 'read' | 'write'): Promise<DecisionResult> {
    const decision = await planned(world, names, DENY);
    const { id } = world.named(second);
    const where = (call: RecordedCall) => isWrite(call) === (at === 'write') && concerns(call, id);
    world.sandbox.faults.add({ when: { where }, do: action });
    return await confirm(world, decision);
  }

  const writesTo = (name: string) => world.sandbox.record.filter(({ requestId }) => requestId === world.named(name).id);

  test.each([
    ['a refused secret', 401, 'write'],
    ['a refused secret', 401, 'read'],
    ['a used-up quota', 429, 'write'],
    ['a used-up quota', 429, 'read'],
  ] as const)('%s (HTTP %i) at a %s ends it there', async (_what, status, at) => {
    const result = await carriedOut({ kind: 'status', status, headers: { 'retry-after': '0' } }, at);
    expect(statuses(result)).toEqual(['applied', at === 'write' ? 'refused' : 'not-applied', 'not-applied']);
    expect(result.status).toBe('partial');
    expect(result.targets[2]?.message).toMatch(/^Not begun, because an earlier one failed .* Nothing was sent\.$/s);
    expect(writesTo(third)).toEqual([]);
    const calls = world.sandbox.calls.filter((call) => isWrite(call) && concerns(call, world.named(third).id));
    expect(calls).toEqual([]);
  });

  test.each<readonly [string, FaultAction, 'read' | 'write', DecisionResult['status']]>([
    ['HTTP 500', { kind: 'status', status: 500 }, 'write', 'not-applied'],
    ['HTTP 500', { kind: 'status', status: 500 }, 'read', 'not-applied'],
    ['HTTP 400', { kind: 'status', status: 400 }, 'write', 'refused'],
    ['a broken connection', { kind: 'resetBeforeEffect' }, 'write', 'not-applied'],
    ['a broken connection after the effect', { kind: 'resetAfterEffect' }, 'write', 'applied'],
    ['a web page', { kind: 'htmlPage' }, 'read', 'not-applied'],
  ])('%s at one does not stop the others', async (_what, action, at, status) => {
    const result = await carriedOut(action, at);
    expect(statuses(result)).toEqual(['applied', status, 'applied']);
    const unclear = result.targets.filter(({ mayStillApply }) => mayStillApply).length;
    expect(result.message).toBe(
      `${status === 'applied' ? 3 : 2} of 3 were carried out.${unclear === 0 ? '' : ' Unclear: 1; look at it in the portal.'}`,
    );
    expect(writesTo(third)).toMatchObject([{ effect: 'applied' }]);
  });

  test('each is on record for itself, and what was not begun has no line that it was', async () => {
    const result = await carriedOut({ kind: 'status', status: 401 }, 'write');
    const lines = await world.ledger.rows(0, 100);
    const reference = (name: string) => world.named(name).reference;
    expect(lines.map(({ phase, request }) => [phase, request])).toEqual([
      ['planned', ''],
      ['confirmed', ''],
      ['executing', reference(names[0])],
      ['applied', reference(names[0])],
      ['executing', reference(second)],
      ['refused', reference(second)],
      ['not-applied', reference(third)],
    ]);
    const record = result.decision === null ? null : await world.ledger.read(result.decision);
    expect(record).toMatchObject({ phase: 'partial', outcomes: result.targets });
    expect(await world.ledger.verify()).toEqual([]);
  });

  test('one whose plan runs out meanwhile leaves those behind it unsent', async () => {
    const decision = await planned(world, names, DENY);
    const runOut = () => {
      world.clock.now = Date.parse(decision.plan.expiresAt);
    };
    const where = (call: RecordedCall) => isWrite(call) && concerns(call, world.named(names[0]).id);
    world.sandbox.faults.add({ when: { where }, times: 1, do: { kind: 'meanwhile', run: runOut } });
    expect(statuses(await confirm(world, decision))).toEqual(['applied', 'expired', 'expired']);
    expect(world.sandbox.record).toHaveLength(1);
  });
});

test.each([
  ['is handled already', ['obsidian-contoso', 'already-denied', 'anydesk'], DENY, '"solitaire.exe"'],
  ['is never approved from here', ['abr-cmd', 'abr-malicious'], APPROVE, '"codec-pack.exe"'],
  ["is of a kind that can't be approved", ['obsidian-contoso', 'usb-read'], APPROVE, '"DCIM"'],
  ['leaves a choice open', ['obsidian-contoso', 'acrobat-install'], APPROVE, '"Reader_en_install.exe"'],
] as const)('of several, one that %s is named, and nothing is sent for any', async (_what, names, decision, name) => {
  const planning = await order(world, names, decision);
  const message = planning.planned ? 'planned' : planning.result.message;
  expect(message).toMatch(new RegExp(`^${name}`));
  expect(message).toMatch(/Nothing was sent for any of the \d requests\. Leave this one out/);
  expect(world.sandbox.record).toEqual([]);
});

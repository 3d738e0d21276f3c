import * as sqlite from 'node:sqlite';
import { type Decision, type DecisionId, type Plan, type PlanTarget, planDigest } from '@countersign/shared/approval';
import { openLedger } from '@countersign/shared/ledger';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { openWorld, type World } from '../../support/world.ts';
import { TERMINAL } from '../ledger/plan.ts';
import { DENY, planned } from './order.ts';

// Another process of the user, which holds no vendor's secret, puts a plan into the ledger: its request, facts and words are
// those of a harmless request, what it would send is not.

const APPROVE: Decision = {
  verdict: 'approve',
  options: { application: { use: 'new', name: 'Obsidian' }, elevation: { mode: 'none' } },
};
const OWN: Decision = { verdict: 'take-ownership' };
const ID = 'AbCdEfGhIjKlMnOpQrStUv' as DecisionId;

let world: World;
beforeEach(async () => {
  world = await openWorld();
  onTestFinished(() => world.close());
});

async function put(shown: string, decision: Decision, change: (write: PlanTarget['write']) => PlanTarget['write']) {
  const now = () => world.clock.now;
  const options = { folder: world.folder, sqlite, busyTimeoutMs: 1000, retryForMs: 5000, now, warn: () => undefined };
  const elsewhere = openLedger(options);
  onTestFinished(() => elsewhere.close());
  const honest = await planned(world, [shown], decision);
  await world.decisions.close(honest.plan.decision, 'Only its plan was wanted.');
  const [target] = honest.plan.targets;
  if (!target) throw new Error('no target');
  const plan: Plan = { ...honest.plan, decision: ID, targets: [{ ...target, write: change(target.write) }] };
  const digest = planDigest(plan);
  expect(await elsewhere.open(plan, digest, { client: 'forger', name: 'An assistant' }, 'terminal')).toMatchObject({
    opened: true,
  });
  return { plan, digest };
}

/** What a person would be shown, and what comes of their confirming it all the same. */
async function confirmed({
  plan,
  digest,
}: {
  readonly plan: Plan;
  readonly digest: Parameters<World['decisions']['answer']>[1];
}) {
  const entry = (await world.book.now()).of(plan.targets[0]?.request ?? '');
  const [target] = plan.targets;
  if (!entry || !target) throw new Error('no account');
  const { summary } = entry.provider.describe(target);
  const review = await world.decisions.review(plan.decision, 'terminal');
  const result = await world.decisions.answer(
    plan.decision,
    digest,
    { kind: 'typed', text: plan.confirmText },
    TERMINAL,
  );
  return { summary, review, result };
}

async function writeFor(name: string, decision: Decision): Promise<PlanTarget['write']> {
  const provider = await world.provider(name.startsWith('abr') ? 'acme-abr' : 'acme');
  const prepared = await provider.prepare(world.named(name).id, decision, ID);
  if (prepared.outcome !== 'ready') throw new Error(prepared.outcome);
  return prepared.target.write;
}

describe.each([
  ['ThreatLocker approve', 'obsidian-contoso', 'unsigned-downloads', APPROVE],
  ['ThreatLocker deny', 'obsidian-contoso', 'unsigned-downloads', DENY],
  ['ThreatLocker take ownership', 'obsidian-contoso', 'unsigned-downloads', OWN],
  ['Admin By Request approve', 'abr-obsidian', 'abr-cmd', { verdict: 'approve', options: {} }],
  ['Admin By Request deny', 'abr-obsidian', 'abr-cmd', DENY],
] as const satisfies readonly (readonly [string, string, string, Decision])[])(
  '%s',
  (_title, shown, other, decision) => {
    test('of another request than is shown is called foreign, and sent by nobody', async () => {
      const write = await writeFor(other, decision);
      const { summary, review, result } = await confirmed(await put(shown, decision, () => write));
      expect(summary).toMatch(/none that Countersign makes/);
      expect(review).toMatchObject({ open: false, result: { status: 'refused' } });
      expect(result.status).toBe('refused');
      expect(world.sandbox.record).toEqual([]);
    });
  },
);

type Members = Record<string, unknown>;
const inside = (body: Members, key: string) => body[key] as Members;
const conditions = (body: Members) => inside(body, 'policyConditions');
const firstRule = (body: Members) => (conditions(body)['manualOptions'] as Members[])[0];
const NOBODYS = '9529e946-9015-4c50-9f68-ecda967e771a';

test.each<[string, (body: Members) => Members | undefined, Members]>([
  ['a second rule', conditions, { manualOptions: [{ hash: 'one' }, { hash: 'other' }] }],
  ['the hash of another file', firstRule, { hash: 'other' }],
  ['a path beside the hash', firstRule, { fullPath: 'C:\\*' }],
  ['a certificate of its own', conditions, { certSubjects: ['CN=Anybody'] }],
  ['another computer', (body) => body, { computerId: NOBODYS }],
  ['another record of the action', (body) => inside(body, 'approvalRequest'), { json: '{}' }],
  ['another organization', (body) => body, { organizationId: NOBODYS }],
  ['two applications', (body) => inside(body, 'matchingApplications'), { useMatchingApplication: true }],
  ['a group that nobody chose', (body) => inside(body, 'policyLevel'), { toComputerGroup: true }],
  ['a flag for the computer', (body) => inside(body, 'policyLevel'), { toComputer: true }],
])('a permit with %s is called foreign, and sent by nobody', async (_what, place, members) => {
  const edit = (write: PlanTarget['write']) => {
    const body = JSON.parse(write.body ?? '') as Members;
    Object.assign(place(body) ?? {}, members);
    return { ...write, body: JSON.stringify(body) };
  };
  const { summary, review, result } = await confirmed(await put('obsidian-contoso', APPROVE, edit));
  expect(summary).toMatch(/none that Countersign makes/);
  expect(review).toMatchObject({ open: false });
  expect(result.status).toBe('refused');
  expect(world.sandbox.record).toEqual([]);
});

test('the plan as it was made is carried out, so that it is the change that is refused', async () => {
  const write = await writeFor('obsidian-contoso', APPROVE);
  const { result } = await confirmed(await put('obsidian-contoso', APPROVE, () => write));
  expect(result.status).toBe('applied');
});

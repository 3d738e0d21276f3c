import { canonicalJson, type Plan, type PlanTarget, planDigest, type VendorWrite } from '@countersign/shared/approval';
import { createDecisions, type DecisionResult } from '@countersign/shared/decide';
import fc from 'fast-check';
import { rowDigest } from '../../../../shared/src/ledger/journal.ts';
import { openIn } from '../../ledger/setup.ts';
import { type Forgery, forgery, NO_CHOICE } from './forgery.ts';
import { ending, endingOrClosed, leave, look, ORDERS, put, type Scene, TRUSTED } from './stage.ts';

// A good countersignature, and rows that somebody changed by hand.

type Column = 'decisions' | 'targets';

function set({ db, plan }: Scene, table: Column, assignment: string, ...values: (string | number | null)[]): void {
  const { changes } = db.prepare(`UPDATE ${table} SET ${assignment} WHERE decision = ?`).run(...values, plan.decision);
  if (changes === 0) throw new Error(`nothing was changed in ${table}`);
}

/** Leaves the good one past the ledger, and lets everybody look. */
async function withGood(scene: Scene): Promise<DecisionResult> {
  put(scene, JSON.stringify(scene.good));
  await look(scene);
  return await endingOrClosed(scene);
}

/** What seems to be under way keeps others from its request. */
function makeRoom(scene: Scene): void {
  set(scene, 'decisions', "phase = 'refused'");
}

type Change = (plan: Plan) => object;

const target = (change: (first: PlanTarget) => object): Change => {
  return (plan) => ({ ...plan, targets: plan.targets.map((first) => ({ ...first, ...change(first) })) });
};
const write = (change: (write: VendorWrite) => object): Change => {
  return target((first) => ({ write: { ...first.write, ...change(first.write) } }));
};

const PLAN_CHANGES: Readonly<Record<string, Change>> = {
  'the path of the write': write(({ path }) => ({ path: `${path}?more=1` })),
  'the body of the write': write(() => ({ body: '{}' })),
  'the method of the write': write(({ method }) => ({ method: method === 'PUT' ? 'DELETE' : 'PUT' })),
  'the organization': write(() => ({ organizationId: '00000000-0000-0000-0000-000000000000' })),
  'the request': target(({ request }) => ({ request: `${request}0` })),
  'a guarded fact': target(({ facts }) => ({ facts: { ...facts, reason: 'a better reason' } })),
  'the tenant': target(() => ({ fingerprint: '0'.repeat(16) })),
  'the verdict': (plan) => ({ ...plan, verdict: plan.verdict === 'approve' ? 'deny' : 'approve' }),
  'its end': (plan) => ({ ...plan, expiresAt: new Date(Date.parse(plan.expiresAt) + 3_600_000).toISOString() }),
  'its settings': (plan) => ({ ...plan, settings: '0'.repeat(64) }),
  'another target': (plan) => ({ ...plan, targets: [...plan.targets, ...plan.targets] }),
  'no target': (plan) => ({ ...plan, targets: [] }),
  'its id': (plan) => ({ ...plan, decision: 'A'.repeat(22) }),
  'something more': (plan) => ({ ...plan, more: true }),
};

const planChange = fc.constantFrom(...Object.values(PLAN_CHANGES));

function changed({ plan }: Scene, change: Change): Plan {
  return change(plan) as Plan;
}

const WITHOUT_TRIGGERS = `DROP TRIGGER IF EXISTS journal_is_not_changed; DROP TRIGGER IF EXISTS journal_is_not_cut;
  DROP TRIGGER IF EXISTS journal_only_grows`;

/** Writes the decision's first line anew, with its digest and those of all that follow it. */
function rewriteJournal({ db, plan: { decision } }: Scene, change: (data: Record<string, unknown>) => void): void {
  db.exec(WITHOUT_TRIGGERS);
  let previous: string | null = null;
  for (const row of db.prepare('SELECT * FROM journal ORDER BY seq').all()) {
    const line = { ...row } as unknown as Parameters<typeof rowDigest>[0] & { data: string; previous: string };
    if (line.decision === decision && line.phase === 'planned') {
      const data = JSON.parse(line.data) as Record<string, unknown>;
      change(data);
      line.data = canonicalJson(data);
    }
    line.previous = previous ?? line.previous;
    previous = rowDigest(line);
    db.prepare('UPDATE journal SET data = ?, previous = ?, digest = ? WHERE seq = ?').run(
      line.data,
      line.previous,
      previous,
      line.seq,
    );
  }
}

/** Carries it out as is right, and has the vendor forget it. */
async function carriedOut(scene: Scene): Promise<void> {
  const { world, order } = scene;
  const { id } = world.named(order.name);
  const vendor = order.name.startsWith('abr') ? 'admin-by-request' : 'threatlocker';
  const before = world.sandbox.raw(vendor, id);
  await leave(scene, scene.good);
  const { status, message } = await ending(scene);
  if (status !== 'applied') throw new Error(`${order.name} was not applied first: ${message}`);
  world.sandbox.change(vendor, id, (request) => {
    Object.assign(request, before);
  });
}

/** Then sets back the rows beside the journal as if nothing had been. */
async function setBack(scene: Scene): Promise<void> {
  await carriedOut(scene);
  set(scene, 'decisions', "phase = 'planned', closed_because = NULL, answered = NULL, answered_at = NULL");
  set(scene, 'targets', 'begun = NULL, outcome = NULL, outcome_at = NULL, settled = 0');
  scene.db.prepare('DELETE FROM countersignatures WHERE decision = ?').run(scene.plan.decision);
}

function removeLines({ db, plan }: Scene, where: string): void {
  db.exec(WITHOUT_TRIGGERS);
  db.exec(`DELETE FROM journal WHERE decision = '${plan.decision}' AND ${where}`);
}

/** Approving makes an application that would match the next time. */
const REPEATABLE = ORDERS.slice(1);

/** Another process of the same user, with the same trusted key. */
function another({ world }: Scene) {
  const { book, clock, folder } = world;
  const ledger = openIn(folder, { now: () => clock.now });
  const decisions = createDecisions({
    book,
    openLedger: () => ledger,
    approverKeys: () => TRUSTED.map(({ publicKey }) => publicKey.text),
    now: () => clock.now,
    verifyDelays: [0, 1, 1],
  });
  return { ledger, decisions };
}

/** The name by which the ledger calls the process behind this handle. */
async function nameOf({ db }: Scene, ledger: ReturnType<typeof another>['ledger']): Promise<string> {
  await ledger.listen('a key');
  const row = db.prepare("SELECT owner FROM listeners WHERE key = 'a key'").get();
  await ledger.stopListening();
  return String(row?.['owner']);
}

const phases = fc.constantFrom(
  ...['confirmed', 'executing', 'reconciled', 'applied', 'declined', 'refused', 'expired', 'unknown', '', 'PLANNED'],
);

const ANSWER = JSON.stringify({ channel: 'terminal', who: 'nobody' });

export const ROW_FORGERIES: readonly Forgery[] = [
  forgery('a plan that was changed', planChange, async (scene, change) => {
    set(scene, 'decisions', 'plan = ?', JSON.stringify(changed(scene, change)));
    return await withGood(scene);
  }),
  forgery(
    'a plan that is no plan',
    fc.constantFrom('', '{', 'null', '[]', '{}', '0', '"plan"'),
    async (scene, plan) => {
      set(scene, 'decisions', 'plan = ?', plan);
      return await withGood(scene);
    },
  ),
  forgery('a plan changed together with its digest', planChange, async (scene, change) => {
    const plan = changed(scene, change);
    set(scene, 'decisions', 'plan = ?, digest = ?', JSON.stringify(plan), planDigest(plan));
    return await withGood(scene);
  }),
  forgery('plan, digest and the whole journal written anew', planChange, async (scene, change) => {
    const plan = changed(scene, change);
    const digest = planDigest(plan);
    set(scene, 'decisions', 'plan = ?, digest = ?', JSON.stringify(plan), digest);
    rewriteJournal(scene, (data) => Object.assign(data, { plan, digest }));
    return await withGood(scene);
  }),
  forgery("the journal's line changed, its triggers dropped", planChange, async (scene, change) => {
    const plan = changed(scene, change);
    rewriteJournal(scene, (data) => Object.assign(data, { plan, digest: planDigest(plan) }));
    return await withGood(scene);
  }),
  forgery("the journal's lines of it removed", NO_CHOICE, async (scene) => {
    scene.db.exec(WITHOUT_TRIGGERS);
    scene.db.prepare('DELETE FROM journal WHERE decision = ?').run(scene.plan.decision);
    return await withGood(scene);
  }),
  forgery('another digest in the row', fc.constantFrom('0'.repeat(64), '', 'x'), async (scene, digest) => {
    set(scene, 'decisions', 'digest = ?', digest);
    return await withGood(scene);
  }),
  forgery('another channel', fc.constantFrom('terminal', 'elicitation', '', 'x'), async (scene, channel) => {
    set(scene, 'decisions', 'channel = ?', channel);
    return await withGood(scene);
  }),
  forgery("the client's own form, for a plan that an editor is to answer", NO_CHOICE, async (scene) => {
    set(scene, 'decisions', "channel = 'elicitation'");
    const { decision, confirmText } = scene.plan;
    const from = { channel: 'elicitation', who: 'a client' } as const;
    return await scene.world.decisions.answer(decision, scene.digest, { kind: 'typed', text: confirmText }, from);
  }),
  forgery('another proposer', fc.constantFrom('client', 'client_name'), async (scene, column) => {
    set(scene, 'decisions', `${column} = ?`, 'somebody else');
    return await withGood(scene);
  }),
  forgery('a process that never was as its owner', fc.uuid(), async (scene, owner) => {
    set(scene, 'decisions', 'owner = ?', owner);
    put(scene, JSON.stringify(scene.good));
    await look(scene);
    await scene.world.decisions.reconcile();
    return await ending(scene);
  }),
  forgery('another living process as its owner', fc.boolean(), async (scene, isFollowed) => {
    const other = another(scene);
    set(scene, 'decisions', 'owner = ?', await nameOf(scene, other.ledger));
    put(scene, JSON.stringify(scene.good));
    await look(scene);
    const until = AbortSignal.abort();
    if (isFollowed) await other.decisions.outcome(scene.plan.decision, until);
    const result = await endingOrClosed(scene);
    other.ledger.close();
    return result;
  }),
  forgery('another phase', phases, async (scene, phase) => {
    set(scene, 'decisions', 'phase = ?', phase);
    const result = await withGood(scene);
    makeRoom(scene);
    return result;
  }),
  forgery('an answer made by hand', fc.constantFrom('confirmed', 'executing', 'applied'), async (scene, phase) => {
    set(scene, 'decisions', 'phase = ?, answered = ?, answered_at = opened', phase, ANSWER);
    await look(scene);
    const result = await endingOrClosed(scene);
    makeRoom(scene);
    return result;
  }),
  forgery('an outcome made by hand', fc.constantFrom('applied', 'not-applied', 'unknown'), async (scene, status) => {
    const [target] = scene.plan.targets;
    const outcome = JSON.stringify({ request: target?.request, status, message: 'Believe me.' });
    set(scene, 'targets', 'outcome = ?, outcome_at = 1, settled = 1', outcome);
    return await withGood(scene);
  }),
  forgery('a target that was begun by hand', fc.constantFrom(0, 1), async (scene, settled) => {
    set(scene, 'targets', 'begun = 1, settled = ?', settled);
    return await withGood(scene);
  }),
  forgery('another request as its target', fc.constantFrom('acme/x', '', 'acme-abr/1'), async (scene, request) => {
    set(scene, 'targets', 'request = ?', request);
    return await withGood(scene);
  }),
  forgery('no target', NO_CHOICE, async (scene) => {
    scene.db.prepare('DELETE FROM targets WHERE decision = ?').run(scene.plan.decision);
    return await withGood(scene);
  }),
  forgery('one target more', NO_CHOICE, async (scene) => {
    scene.db
      .prepare(
        "INSERT INTO targets SELECT decision, 1, request || '0', subject || '0', NULL, NULL, NULL, NULL, NULL, 0 FROM targets WHERE decision = ?",
      )
      .run(scene.plan.decision);
    return await withGood(scene);
  }),
  forgery('a decision that was copied under another id', NO_CHOICE, async (scene) => {
    const { db, plan, world, good } = scene;
    const decision = `${plan.decision.slice(1)}A` as Plan['decision'];
    db.prepare(
      `INSERT INTO decisions SELECT ?, seq + 1000000, digest, plan, client, client_name, channel, opened, expires, phase,
       closed_because, owner, answered, answered_at FROM decisions WHERE decision = ?`,
    ).run(decision, plan.decision);
    put(scene, JSON.stringify({ ...good, decision }), decision);
    await look(scene);
    const copied = await world.decisions.outcome(decision, new AbortController().signal);
    await world.decisions.close(plan.decision, 'The test ends.');
    return copied;
  }),
];

/** The vendor would take each of them again. */
export const REPLAYS: readonly Forgery[] = [
  forgery(
    'rows set back',
    NO_CHOICE,
    async (scene) => {
      await setBack(scene);
      return await withGood(scene);
    },
    { orders: REPEATABLE, writes: 1 },
  ),
  forgery(
    'rows set back, and the lines of what was done removed',
    fc.constantFrom("phase <> 'planned'", "phase = 'confirmed'", "phase = 'executing'", "request <> ''"),
    async (scene, removed) => {
      await setBack(scene);
      removeLines(scene, removed);
      return await withGood(scene);
    },
    { orders: REPEATABLE, writes: 1 },
  ),
  forgery(
    'rows set back, lines removed, and given to another process',
    fc.constantFrom("phase <> 'planned'", "phase = 'confirmed'"),
    async (scene, removed) => {
      await setBack(scene);
      const other = another(scene);
      removeLines(scene, removed);
      set(scene, 'decisions', 'owner = ?', await nameOf(scene, other.ledger));
      put(scene, JSON.stringify(scene.good));
      await look(scene);
      const result = await endingOrClosed({ ...scene, world: { ...scene.world, decisions: other.decisions } });
      other.ledger.close();
      return result;
    },
    { orders: REPEATABLE, writes: 1 },
  ),
  forgery(
    'left again, and answered again',
    fc.constantFrom('terminal', 'elicitation'),
    async (scene, channel) => {
      await carriedOut(scene);
      if (await leave(scene, scene.good)) throw new Error('it was taken twice');
      const { decision, confirmText } = scene.plan;
      const typed = { kind: 'typed', text: confirmText } as const;
      return await scene.world.decisions.answer(decision, scene.digest, typed, { channel, who: 'somebody' });
    },
    { orders: REPEATABLE, writes: 1 },
  ),
];

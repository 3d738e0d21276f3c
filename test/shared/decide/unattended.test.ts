import { createHmac } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { type Account, parseSettings, unattendedSecret } from '@countersign/shared/account';
import type { Decision, RequestReference } from '@countersign/shared/approval';
import { createDecisions, type DecisionResult, proveUnattended } from '@countersign/shared/decide';
import { type JournalRow, type Ledger, ledgerFile } from '@countersign/shared/ledger';
import { startSandbox } from '@countersign/shared/sandbox';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { openLedgerIn } from '../../support/ledger.ts';
import {
  accountsFile,
  openWorld,
  UNATTENDED_SECRET,
  UNATTENDED_VARIABLE,
  type World,
  type WorldOptions,
} from '../../support/world.ts';
import { APPROVE, confirm, DENY, planned, order as propose } from './order.ts';

const unattended = { unattended: { secret: { env: UNATTENDED_VARIABLE } } };
const ALLOWED = { threatLocker: unattended, adminByRequest: unattended };

let world: World;
beforeEach(async () => {
  world = await openOn();
});

async function openOn(options: WorldOptions = {}): Promise<World> {
  const opened = await openWorld({ accounts: ALLOWED, ...options });
  onTestFinished(() => opened.close());
  return opened;
}

type Carried = Exclude<Decision, { readonly verdict: 'take-ownership' }>;
const yes = APPROVE as Carried;
const no = DENY as Carried;

async function carry(
  name: string,
  decision: Carried,
  attested: { readonly countersignedBy?: string; readonly ticket?: string } = {},
  on: World = world,
): Promise<DecisionResult> {
  const { reference } = on.named(name);
  return await on.decisions.unattended({
    request: reference,
    decision,
    countersignedBy: 'Kim Approver',
    ticket: 'INC0010042',
    ...attested,
  });
}

/** The decisions of another process of the same user. */
function another({ folder, book, io, clock }: World) {
  const now = () => clock.now;
  const ledger = openLedgerIn(folder, { now });
  const unattended = (account: Account) => unattendedSecret(account, io);
  const decisions = createDecisions({
    book,
    openLedger: () => ledger,
    unattendedSecret: unattended,
    now,
    verifyDelays: [0],
  });
  return { ledger, decisions };
}

const answers = async (on: World = world) =>
  (await on.ledger.rows(0, 100)).filter(({ phase }) => phase === 'confirmed').map(({ data }) => JSON.parse(data));

describe.each([
  ['ThreatLocker', 'approve', 'unsigned-downloads', yes],
  ['ThreatLocker', 'deny', 'obsidian-contoso', no],
  ['Admin By Request', 'approve', 'abr-obsidian', yes],
  ['Admin By Request', 'deny', 'abr-cmd', no],
] as const)('%s, %s, decided in a ticket system', (_vendor, verdict, name, decision) => {
  test('is carried out once, and the journal names who and which ticket', async () => {
    const result = await carry(name, decision);
    expect(result).toMatchObject({ status: 'applied' });
    expect(world.sandbox.record).toMatchObject([{ verdict, effect: 'applied', requestId: world.named(name).id }]);
    expect(await answers()).toMatchObject([
      { channel: 'unattended', who: 'Kim Approver', ticket: 'INC0010042', countersignature: { verdict } },
    ]);
    expect(await world.ledger.verify()).toEqual([]);
    const [record] = await world.ledger.list({ limit: 10 });
    expect(record).toMatchObject({ phase: 'applied', channel: 'unattended' });
  });

  test('can be proved afterwards by whoever has the secret, from the journal alone', async () => {
    await carry(name, decision);
    const rows = await world.ledger.rows(0, 100);
    const [planned] = rows;
    const { digest } = JSON.parse(planned?.data ?? '');
    const [{ countersignature }] = await answers();
    const { decision: id, expiresAt, key, mac } = countersignature;
    const text = `countersign/v1|${verdict}|${id}|${digest}|${expiresAt}|${key}`;
    expect(mac).toBe(createHmac('sha256', UNATTENDED_SECRET).update(text).digest('base64url'));
    expect(key).toMatch(/^[0-9a-f]{16}$/);
    expect(JSON.stringify(rows)).not.toContain(UNATTENDED_SECRET);
  });

  test('delivered again, says that it was carried out for this ticket, and sends nothing', async () => {
    const first = await carry(name, decision);
    const again = await carry(name, decision);
    expect(again).toMatchObject({ decision: null, status: 'already-handled', carriedOut: first.decision });
    expect(again.targets[0]?.attribution).toMatch(/^(ours|unproven)$/);
    expect(again.message).toMatch(/for this ticket before/);
    expect(world.sandbox.record).toHaveLength(1);
  });

  test('for another ticket, or by another verdict, is handled already, and not by this', async () => {
    await carry(name, decision);
    for (const other of [
      await carry(name, decision, { ticket: 'INC0010043' }),
      await carry(name, verdict === 'approve' ? no : yes),
    ]) {
      expect(other.status).toBe('already-handled');
      expect(other.carriedOut).toBeUndefined();
    }
    expect(world.sandbox.record).toHaveLength(1);
  });
});

describe('nothing is sent, and a sentence says why,', () => {
  const nothingSent = (result: DecisionResult, why: RegExp, on: World = world) => {
    expect(result).toMatchObject({ status: 'refused', message: expect.stringMatching(why) });
    expect(result.message).toMatch(/Nothing was sent\.$/);
    expect(on.sandbox.record).toEqual([]);
  };

  test('where the account has no secret for it, however many the vendor needs', async () => {
    const closed = await openOn({ accounts: {} });
    for (const decision of [yes, no]) {
      nothingSent(
        await carry('abr-cmd', decision, {}, closed),
        /"acme-abr" takes no unattended .* "unattended": \{/,
        closed,
      );
    }
  });

  test('where the secret is not set: that may pass, so it is no refusal', async () => {
    const on = await openOn({ unattendedSecret: null });
    expect(await carry('abr-cmd', no, {}, on)).toMatchObject({
      status: 'not-applied',
      message: expect.stringMatching(/SANDBOX_UNATTENDED_SECRET is not set.* Nothing was sent\.$/),
      concernsAll: true,
    });
    expect(on.sandbox.record).toEqual([]);
  });

  test('where the secret is short', async () => {
    const on = await openOn({ unattendedSecret: '15-characters-x' });
    nothingSent(await carry('abr-cmd', no, {}, on), /fewer than 16 characters/, on);
  });

  test("where the secret is the vendor's key under another name", async () => {
    // Every sandbox has the same.
    const on = await openOn({ unattendedSecret: world.sandbox.adminByRequest.apiKey });
    nothingSent(await carry('abr-cmd', no, {}, on), /is the vendor's key/, on);
  });

  test.each([
    ['no name', { countersignedBy: ' \u200b' }, /name of the person/],
    ['a name of two lines', { countersignedBy: 'Kim\nApprover' }, /name of the person/],
    ['a long name', { countersignedBy: 'K'.repeat(101) }, /name of the person/],
    ['no ticket', { ticket: '' }, /id of the ticket/],
    ['a ticket of two lines', { ticket: 'INC1\u2028INC2' }, /id of the ticket/],
    ['a long ticket', { ticket: 'I'.repeat(65) }, /id of the ticket/],
  ] as const)('where there is %s', async (_what, attested, why) => {
    nothingSent(await carry('abr-cmd', no, attested), why);
  });

  test('where a finding says stop; and the denial is carried out', async () => {
    nothingSent(await carry('abr-cmd', yes), /^Whoever asks is the one .* never carried out unattended/);
    expect(await carry('abr-cmd', no)).toMatchObject({ status: 'applied' });
  });

  test('where it reaches further than the computer', async () => {
    const options = { application: { use: 'new', name: 'x' }, scope: 'organization' } as const;
    const decision = { verdict: 'approve', options } as const;
    nothingSent(await carry('unsigned-downloads', decision), /further than the requesting computer/);
  });

  test('where nobody knows how far it reaches', async () => {
    const { id } = world.named('payroll');
    const { existing } = await (await world.provider('acme')).permitOptions(id);
    const [application] = existing;
    if (!application) throw new Error('there is no application to add to');
    const options = { application: { use: 'existing', id: application.id } } as const;
    nothingSent(await carry('payroll', { verdict: 'approve', options }), /further than the requesting computer/);
  });

  test('where a person is being asked about the same request', async () => {
    expect(await propose(world, ['abr-cmd'], DENY)).toMatchObject({ planned: true });
    nothingSent(await carry('abr-cmd', no), /already waits for a person/);
  });

  test('where the account stops taking them between planning and answering', async () => {
    const closed = parseSettings(accountsFile(world.sandbox), 'accounts.json');
    const { open } = world.ledger;
    Object.assign(world.ledger, {
      open: async (...planned: Parameters<typeof open>) => {
        world.useSettings(closed);
        return await open(...planned);
      },
    });
    nothingSent(await carry('abr-cmd', no), /does not count for this decision/);
  });
});

describe('a request is known again', () => {
  test.each([
    [
      'under another id of its account',
      'abr-cmd',
      (reference: string) => reference.replace('acme-abr/', 'renamed-abr/'),
    ],
    [
      'in capitals, as a GUID is the same',
      'obsidian-contoso',
      (reference: string) => reference.replace(/[^/]+$/, (id) => id.toUpperCase()),
    ],
  ] as const)('%s', async (_what, name, again) => {
    const first = await carry(name, no);
    const renamed = { ...ALLOWED, adminByRequest: { ...unattended, id: 'renamed-abr' } };
    world.useSettings(parseSettings(accountsFile(world.sandbox, renamed), 'accounts.json'));
    const order = { decision: no, countersignedBy: 'Kim Approver', ticket: 'INC0010042' };
    const { reference } = world.named(name);
    expect(await world.decisions.unattended({ ...order, request: again(reference) })).toMatchObject({
      status: 'already-handled',
      carriedOut: first.decision,
    });
    expect(world.sandbox.record).toHaveLength(1);
  });

  test('by its tenant: one of the same number in another tenant is another', async () => {
    await carry('abr-cmd', no);
    const other = await startSandbox({ now: () => world.clock.now });
    onTestFinished(() => other.close());
    world.useSettings(parseSettings(accountsFile(other, ALLOWED), 'accounts.json'));
    expect(await carry('abr-cmd', no)).toMatchObject({ status: 'applied' });
    expect(other.record).toMatchObject([{ verdict: 'deny', effect: 'applied', requestId: world.named('abr-cmd').id }]);
  });
});

test('what needs a choice names the choices, and sends nothing', async () => {
  const result = await carry('payroll', yes);
  expect(result).toMatchObject({ decision: null, status: 'needs-choice' });
  expect(result.choices?.length).toBeGreaterThan(1);
  expect(world.sandbox.record).toEqual([]);
});

test('the secret is read for an unattended decision, and for nothing else', async () => {
  let read = 0;
  const on = await openOn({
    onSecret: () => {
      read += 1;
    },
    unattendedSecret: null,
  });
  await propose(on, ['abr-cmd'], APPROVE);
  expect(read).toBeGreaterThan(0);
  expect((await carry('abr-obsidian', yes, {}, on)).message).toMatch(UNATTENDED_VARIABLE);
});

test.each([
  [401, 'read'],
  [401, 'write'],
  [429, 'read'],
  [429, 'write'],
] as const)('HTTP %i at a %s says that all others would fail as well', async (status, at) => {
  world.sandbox.faults.add({
    when: { where: ({ method }) => (method === 'GET') === (at === 'read') },
    do: { kind: 'status', status, headers: { 'retry-after': '0' } },
  });
  expect(await carry('abr-cmd', no)).toMatchObject({ concernsAll: true });
});

test('one whose outcome nobody could read is not sent again, and says so', async () => {
  world.sandbox.faults.add({
    when: { where: ({ method }) => method === 'DELETE' },
    do: { kind: 'meanwhile', run: () => world.sandbox.faults.add({ do: { kind: 'status', status: 503 } }) },
  });
  expect(await carry('abr-cmd', no)).toMatchObject({ status: 'unknown' });
  expect(await carry('abr-cmd', no)).toMatchObject({ decision: null, status: 'unknown' });
  world.sandbox.faults.clear();
  const writes = world.sandbox.record.length;
  expect((await carry('abr-cmd', no)).status).toMatch(/already-handled|applied/);
  expect(world.sandbox.record.filter(({ effect }) => effect === 'applied')).toHaveLength(1);
  expect(world.sandbox.record.length).toBeLessThanOrEqual(writes + 1);
});

describe('two jobs that deliver one ticket at the same time', () => {
  const yesToNew: Carried = { verdict: 'approve', options: { application: { use: 'new', name: 'Payroll' } } };

  /** The second of them has looked whether it was carried out before, and not yet planned. */
  async function bothAtOnce(name: string, prepare: (on: World) => void = () => undefined) {
    const { promise: isHeld, resolve: held } = Promise.withResolvers<void>();
    const { promise: gate, resolve: letGo } = Promise.withResolvers<void>();
    let isFirst = true;
    const on = await openOn({
      fetch: async (url, init) => {
        if (isFirst && url.includes('GetPermitApplicationById')) {
          isFirst = false;
          held();
          await gate;
        }
        return await fetch(url, init);
      },
    });
    prepare(on);
    const { ledger, decisions } = another(on);
    onTestFinished(() => ledger.close());
    const second = carry(name, yesToNew, {}, on);
    await isHeld;
    const first = await carry(name, yesToNew, {}, { ...on, decisions });
    letGo();
    return { first, second: await second, record: on.sandbox.record };
  }

  test('where the vendor wants several approvers, count as the one who decided', async () => {
    const { first, second, record } = await bothAtOnce('payroll');
    expect(first).toMatchObject({ status: 'applied', targets: [{ stillWaits: true }] });
    expect(second).toMatchObject({ status: 'already-handled', carriedOut: first.decision });
    expect(record).toHaveLength(1);
  });

  test('send it once, where what became of it is not clear', async () => {
    const cut = { when: { path: /PermitApplication$/ }, times: 1, do: { kind: 'resetBeforeEffect' } } as const;
    const { second, record } = await bothAtOnce('unsigned-downloads', ({ sandbox }) => void sandbox.faults.add(cut));
    expect(second.status).toBe('unknown');
    expect(record).toHaveLength(1);
  });
});

test('one that was carried out is known however much was planned on its request since', async () => {
  const payroll: Carried = { verdict: 'approve', options: { application: { use: 'new', name: 'Payroll' } } };
  const first = await carry('payroll', payroll);
  for (let plan = 0; plan < 100; plan += 1) {
    const { plan: taken } = await planned(world, ['payroll'], DENY, 'an assistant');
    await world.decisions.close(taken.decision, 'Taken back.');
  }
  expect(await carry('payroll', payroll)).toMatchObject({ status: 'already-handled', carriedOut: first.decision });
  expect(world.sandbox.record).toHaveLength(1);
});

test('one whose vendor is out of reach since delays no decision on another, and is found out once it is back', async () => {
  const { promise: isBack, resolve: comeBack } = Promise.withResolvers<void>();
  let isAway = false;
  const on = await openOn({
    fetch: async (url, init) => {
      if (isAway && url.startsWith(on.sandbox.adminByRequest.url)) await isBack;
      return await fetch(url, init);
    },
  });
  on.sandbox.faults.add({
    when: { where: ({ method }) => method === 'DELETE' },
    do: { kind: 'meanwhile', run: () => on.sandbox.faults.add({ do: { kind: 'status', status: 503 } }) },
  });
  expect(await carry('abr-cmd', no, {}, on)).toMatchObject({ status: 'unknown' });
  on.sandbox.faults.clear();
  isAway = true;
  // Whoever waited for it would wait for ever.
  for (const name of ['obsidian-contoso', 'obsidian-fabrikam']) {
    expect(await carry(name, no, {}, on)).toMatchObject({ status: 'applied' });
  }
  comeBack();
  const outcome = async () => {
    const [found] = await on.ledger.list({ request: on.named('abr-cmd').reference as RequestReference, limit: 1 });
    return found?.outcomes[0]?.status;
  };
  await expect.poll(outcome).toBe('applied');
});

test('a ticket that somebody changed in the rows, against the journal, is not believed', async () => {
  await carry('abr-cmd', no);
  const db = new DatabaseSync(ledgerFile(world.folder));
  onTestFinished(() => db.close());
  db.exec("UPDATE decisions SET answered = replace(answered, 'INC0010042', 'INC0010043')");
  const again = await carry('abr-cmd', no, { ticket: 'INC0010043' });
  expect(again.status).toBe('already-handled');
  expect(again.carriedOut).toBeUndefined();
});

test.each([
  ['its answer', 'UPDATE decisions SET answered = NULL'],
  ['what became of it', 'UPDATE targets SET outcome = NULL'],
  ['whose request it was about', "UPDATE targets SET subject = 'other', request = 'other/1'"],
  ['all of it', 'DELETE FROM targets; DELETE FROM decisions'],
])('one that somebody took out of the rows (%s) is not carried out a second time', async (_what, sql) => {
  const payroll: Carried = { verdict: 'approve', options: { application: { use: 'new', name: 'Payroll' } } };
  const first = await carry('payroll', payroll);
  expect(first).toMatchObject({ status: 'applied', targets: [{ stillWaits: true }] });
  const db = new DatabaseSync(ledgerFile(world.folder));
  onTestFinished(() => db.close());
  db.exec(sql);
  const again = await carry('payroll', payroll);
  expect(again).toMatchObject({ status: 'refused', message: expect.stringContaining('they were changed by hand') });
  expect(again.message).toContain(first.decision);
  expect(world.sandbox.record).toHaveLength(1);
});

test('what stands in the journal as confirmed and is no JSON keeps nobody from looking', async () => {
  const db = new DatabaseSync(ledgerFile(world.folder));
  onTestFinished(() => db.close());
  db.exec(`INSERT INTO journal SELECT ifnull(max(seq), 0) + 1, '', 'd', 'confirmed', '', '{', '', '' FROM journal`);
  // As when the index is made.
  db.exec('REINDEX journal_by_ticket');
  expect(await world.ledger.confirmedFor('INC0010042')).toEqual([]);
});

describe('the secret proves what was carried back,', () => {
  const prove = async (change: (data: string) => string) => {
    const { ledger, book, io } = world;
    const changed = (rows: readonly JournalRow[]) => rows.map((row) => ({ ...row, data: change(row.data) }));
    const told: Pick<Ledger, 'rows' | 'lines'> = {
      rows: async (after, limit) => changed(await ledger.rows(after, limit)),
      lines: async (decision) => changed(await ledger.lines(decision)),
    };
    return await proveUnattended(told, await book.now(), (account) => unattendedSecret(account, io));
  };

  beforeEach(async () => {
    await carry('abr-cmd', no);
    await carry('unsigned-downloads', yes);
  });

  test('and whatever a person answered here is left aside', async () => {
    await confirm(world, await planned(world, ['abr-obsidian'], APPROVE));
    expect(await prove((data) => data)).toEqual({ count: 2, flaws: [] });
  });

  test.each<readonly [string, (data: string) => string, RegExp]>([
    [
      'the verdict',
      (data) => data.replace('"verdict":"deny"', '"verdict":"approve"'),
      /another decision|says "approve"/,
    ],
    ['the write', (data) => data.replace('"method":"DELETE"', '"method":"PUT"'), /for another decision/],
    ['the mark', (data) => data.replace(/"mac":"./g, '"mac":"_'), /not made with the secret/],
    ['the key', (data) => data.replace(/"key":"[0-9a-f]{4}/g, '"key":"0000'), /made with another secret/],
    ['its form', (data) => data.replaceAll('"mac":', '"nothing":'), /is missing/],
    [
      'the account',
      (data) => data.replaceAll('"request":"acme-abr/', '"request":"other/'),
      /no longer in the accounts/,
    ],
  ])('and not where somebody changed %s', async (_what, change, why) => {
    const { count, flaws } = await prove(change);
    expect(count).toBe(2);
    expect(flaws.length).toBeGreaterThanOrEqual(1);
    for (const { message } of flaws) expect(message).toMatch(why);
  });
});

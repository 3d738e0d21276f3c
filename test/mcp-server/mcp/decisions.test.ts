import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { forbiddenIn } from '../../hostile-corpus.ts';
import { worldIn } from '../../shared/ledger/decide-in.ts';
import { UNATTENDED_VARIABLE } from '../../support/world.ts';
import { type Answering, type Connection, connect, ERAS, type Era, typed } from './client.ts';
import { clockOf, hurried } from './clock.ts';
import { ledgerOf } from './ledger-of.ts';
import { openPlace, type Place } from './place.ts';

const DENY = { reason: 'Not needed.' };
const NO_SUCH_DECISION = 'There is no such decision. list_decisions shows those there are.';
const decline: Answering = () => ({ action: 'decline' });

async function open(options: Parameters<typeof openPlace>[0] = {}): Promise<Place> {
  const place = await openPlace(options);
  onTestFinished(() => place.close());
  return place;
}

async function connected(place: Place, options: Partial<Parameters<typeof connect>[1]> = {}): Promise<Connection> {
  const connection = await connect(place, { era: 'legacy', ...options });
  onTestFinished(() => connection.close());
  return connection;
}

interface Listed {
  readonly decision: string;
  readonly status: string;
  readonly proposedBy: string;
  readonly targets: readonly { readonly request: string }[];
}

async function list(connection: Connection, args: object = {}) {
  const answer = await connection.call('list_decisions', args);
  expect(answer.isError).toBe(false);
  const { decisions, nextCursor, journal } = answer.structured as {
    decisions: readonly Listed[];
    nextCursor?: string;
    journal: string | null;
  };
  return { decisions, nextCursor, journal, text: answer.text };
}

async function decide(connection: Connection, tool: string, request: string, options: object, answering: Answering) {
  const { structured } = await connection.call(tool, { requests: [request], ...options }, answering);
  return String(structured['decision']);
}

/** Closes one account, and leaves the others as they are. */
async function closeToAssistants(place: Place, account: string): Promise<void> {
  const file = place.env['COUNTERSIGN_CONFIG'] ?? '';
  const settings = JSON.parse(await readFile(file, 'utf8')) as { accounts: { id: string }[] };
  const accounts = settings.accounts.map((one) => (one.id === account ? { ...one, assistants: 'none' } : one));
  await place.settingsText(JSON.stringify({ ...settings, accounts }));
}

const ledgerFile = (place: Place) => path.join(place.folder, 'state', 'ledger.sqlite');

describe.each(ERAS)('%s era', (era: Era) => {
  test('decisions are listed newest first, with who proposed and who answered, and the head of the journal', async () => {
    const place = await open();
    const connection = await connected(place, { era, name: 'a "client"\n│ with a name' });
    const [first, second, third] = [0, 1, 2].map(() => place.arrival('admin-by-request').reference) as [
      string,
      string,
      string,
    ];
    const applied = await decide(connection, 'deny_request', first, DENY, typed);
    const declined = await decide(connection, 'approve_request', second, {}, decline);
    const other = await connected(place, { era, forms: false });
    const waiting = await decide(other, 'approve_request', third, {}, typed);
    const { decisions, journal, text, nextCursor } = await list(connection);
    const proposedBy = 'a "client" │ with a name';
    const answered = {
      channel: 'elicitation',
      signed: false,
      who: expect.stringContaining('as reported by the client'),
    };
    expect(decisions).toMatchObject([
      { decision: waiting, verdict: 'approve', status: 'awaiting-confirmation', channel: 'terminal', answered: null },
      { decision: declined, verdict: 'approve', status: 'declined', answered, proposedBy },
      {
        decision: applied,
        verdict: 'deny',
        status: 'applied',
        proposedBy,
        channel: 'elicitation',
        answered,
        plannedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        targets: [{ request: first, status: 'applied', attribution: 'ours' }],
        targetsTotal: 1,
      },
    ]);
    expect(nextCursor).toBeUndefined();
    const { seq, digest } = await ledgerOf(place).ledger.head();
    expect(journal).toBe(`${seq}:${digest}`);
    expect(text).toContain(`- ${declined} · approve · declined · planned `);
    expect(text).toContain(`by "a 'client' │ with a name"`);
    expect(text).toContain(`Head of the journal: ${journal}`);
    expect(forbiddenIn(text, '\n')).toEqual([]);
    // What a requester says of themselves is in the plan, and not in here.
    expect(JSON.stringify(await ledgerOf(place).read(applied))).toMatch(/alva/i);
    expect(JSON.stringify(decisions) + text).not.toMatch(/alva/i);
    const told = await connection.call('get_decision', { decision: applied });
    expect(told).toMatchObject({ isError: false, structured: { ...decisions[2], status: 'applied', journal } });
    expect(told.text).toMatch(
      /^applied: .*\nDecision .*, to deny acme-abr\/\d+; planned .* by "a 'client' │ with a name"/,
    );
    expect((await connection.call('get_decision', { decision: declined })).structured).toMatchObject({
      status: 'declined',
    });
    expect((await connection.call('get_decision', { decision: waiting })).structured).toMatchObject({
      status: 'awaiting-confirmation',
      message: expect.stringContaining(`countersign confirm ${waiting}`),
    });
  });

  test('a page goes on where the one before ended, also after the next decision', async () => {
    const place = await open();
    const connection = await connected(place, { era });
    const decisions: string[] = [];
    const another = async () => {
      const { reference } = place.arrival('admin-by-request');
      decisions.unshift(await decide(connection, 'deny_request', reference, DENY, decline));
    };
    for (let count = 0; count < 3; count++) await another();
    const expected = [...decisions];
    const first = await list(connection, { limit: 2 });
    expect(first.decisions.map(({ decision }) => decision)).toEqual(expected.slice(0, 2));
    expect(first.text).toMatch(/There are more: call again with nextCursor/);
    await another();
    // Another process, since a cursor holds a place in the journal and no memory of ours.
    const next = await connected(place, { era });
    const second = await list(next, { limit: 2, cursor: first.nextCursor });
    expect(second.decisions.map(({ decision }) => decision)).toEqual(expected.slice(2));
    expect(second.nextCursor).toBeUndefined();
  });

  test('a wrong argument is refused with what to do', async () => {
    const place = await open();
    const connection = await connected(place, { era });
    const { reference } = place.arrival('admin-by-request');
    await decide(connection, 'deny_request', reference, DENY, decline);
    const cursors = [
      'bm90IG91cnM',
      '',
      '💥',
      Buffer.from(JSON.stringify(['decisions', 'A'.repeat(22)])).toString('base64url'),
      Buffer.from(JSON.stringify(['oldest', null, reference])).toString('base64url'),
      Buffer.from(JSON.stringify(['decisions', 'A'.repeat(22), 1])).toString('base64url'),
    ];
    for (const cursor of cursors) {
      const answer = await connection.call('list_decisions', { cursor });
      expect(answer).toMatchObject({ isError: true, text: expect.stringMatching(/Call again without cursor/) });
    }
    for (const [tool, args] of [
      ['list_decisions', { colour: 'red' }],
      ['get_decision', { decision: 'A'.repeat(22), colour: 'red' }],
    ] as const) {
      expect((await connection.call(tool, args)).text).toMatch(
        /Unrecognized key: "colour"\. Leave it out and call again/,
      );
    }
    for (const args of [{ limit: 0 }, { limit: 101 }, { since: 'yesterday' }, { since: '2026-11-21T12:00:00' }]) {
      expect((await connection.call('list_decisions', args)).isError).toBe(true);
    }
    for (const waitSeconds of [-1, 601, 0.5]) {
      const args = { decision: 'A'.repeat(22), waitSeconds };
      expect((await connection.call('get_decision', args)).isError).toBe(true);
    }
    for (const decision of ['A'.repeat(22), '', '../../etc', '‮']) {
      expect(await connection.call('get_decision', { decision })).toMatchObject({
        isError: true,
        text: NO_SUCH_DECISION,
      });
    }
  });
});

test('decisions on one request, and those since a time', async () => {
  const place = await open();
  const connection = await connected(place);
  const [one, other] = [place.arrival('admin-by-request').reference, place.arrival('threatlocker').reference];
  const first = await decide(connection, 'deny_request', one, DENY, typed);
  const second = await decide(connection, 'deny_request', other, DENY, typed);
  const ids = async (args: object) => (await list(connection, args)).decisions.map(({ decision }) => decision);
  expect(await ids({ request: one })).toEqual([first]);
  expect(await ids({ request: place.arrival('threatlocker').reference })).toEqual([]);
  const { plan } = (await ledgerOf(place).read(second)) ?? { plan: { plannedAt: '' } };
  expect(await ids({ since: plan.plannedAt })).toEqual([second]);
  expect(await ids({ since: '2000-01-01T00:00:00+02:00' })).toEqual([second, first]);
  const none = await list(connection, { since: '2099-01-01T00:00:00Z' });
  expect(none.text).toMatch(/^No decision on record fits what was asked for/);
});

test('looking makes no ledger where there is none', async () => {
  const place = await open();
  const connection = await connected(place);
  const { decisions, journal, text } = await list(connection);
  expect({ decisions, journal }).toEqual({ decisions: [], journal: null });
  expect(text).toMatch(/no ledger here: nothing was decided on this computer yet/);
  expect(await connection.call('get_decision', { decision: 'A'.repeat(22) })).toMatchObject({
    isError: true,
    text: NO_SUCH_DECISION,
  });
  expect(existsSync(ledgerFile(place))).toBe(false);
});

test('an account closed to assistants has no decisions for them, and a batch that touches it none either', async () => {
  const place = await open({ lanes: 2 });
  const connection = await connected(place);
  const seen = place.arrival('admin-by-request').reference;
  const hidden = place.arrival('admin-by-request').reference;
  expect([seen, hidden].map((reference) => reference.split('/')[0])).toEqual(['acme-abr', 'acme-abr-2']);
  const [again, another] = [place.arrival('admin-by-request').reference, place.arrival('admin-by-request').reference];
  const waiting = await decide(connection, 'deny_request', seen, DENY, typed);
  const closed = await decide(connection, 'deny_request', hidden, DENY, typed);
  const both = await connection.call('deny_request', { requests: [again, another], ...DENY }, typed);
  expect(both.structured).toMatchObject({ status: 'applied', targets: [{}, {}] });
  expect((await list(connection)).decisions).toHaveLength(3);
  const cursor = (await list(connection, { limit: 2 })).nextCursor;
  const page = await list(connection, { limit: 1 });

  await closeToAssistants(place, 'acme-abr-2');
  const { decisions, text } = await list(connection);
  expect(decisions.map(({ decision }) => decision)).toEqual([waiting]);
  expect(text).not.toContain(hidden);
  for (const decision of [closed, String(both.structured['decision'])]) {
    expect(await connection.call('get_decision', { decision })).toMatchObject({
      isError: true,
      text: NO_SUCH_DECISION,
    });
  }
  const unknown = await connection.call('list_decisions', { request: hidden.replace('acme-abr-2', 'nobody') });
  const answer = await connection.call('list_decisions', { request: hidden });
  expect(answer).toMatchObject({ isError: true });
  expect(answer.text.replace('acme-abr-2', 'nobody')).toBe(unknown.text);
  for (const cursorBefore of [cursor, page.nextCursor]) {
    const refused = await connection.call('list_decisions', { cursor: cursorBefore });
    expect(refused).toMatchObject({ isError: true, text: expect.stringMatching(/Call again without cursor/) });
  }
});

test('a ledger that can not be read is one sentence, and what needs none goes on', async () => {
  const place = await open();
  const { ledger } = ledgerOf(place);
  await ledger.head();
  const db = new DatabaseSync(ledgerFile(place));
  db.exec('PRAGMA user_version = 99');
  db.close();
  const connection = await connected(place);
  for (const [tool, args] of [
    ['list_decisions', {}],
    ['get_decision', { decision: 'A'.repeat(22) }],
  ] as const) {
    const answer = await connection.call(tool, args);
    expect(answer).toMatchObject({ isError: true, text: expect.stringMatching(/written by a newer Countersign/) });
    expect(answer.text).not.toContain('\n');
  }
  expect((await connection.call('list_pending', {})).isError).toBe(false);
});

const isWrite = ({ method }: { readonly method: string }) => method === 'PUT' || method === 'DELETE';

test('what was unknown is looked up again before it is told', async () => {
  const place = await open();
  const connection = await connected(place, { env: await hurried(place) });
  const { id, reference } = place.arrival('admin-by-request');
  const cut = () => void place.sandbox.faults.add({ do: { kind: 'status', status: 503 } });
  place.sandbox.faults.add({ when: { where: isWrite }, times: 1, do: { kind: 'meanwhile', run: cut } });
  const decision = await decide(connection, 'deny_request', reference, DENY, typed);
  const before = await connection.call('get_decision', { decision });
  expect(before).toMatchObject({ isError: false, structured: { status: 'unknown' } });
  place.sandbox.faults.clear();
  const after = await connection.call('get_decision', { decision });
  expect(after.structured).toMatchObject({ status: 'applied', targets: [{ request: reference, attribution: 'ours' }] });
  expect(place.writesOn(id)).toHaveLength(1);
  expect(await ledgerOf(place).ledger.verify()).toEqual([]);
});

test('what is being carried out is told as such at once; when its process is gone, how it ended', async () => {
  const place = await open();
  const connection = await connected(place);
  const { id, reference } = place.arrival('admin-by-request');
  place.sandbox.faults.add({ when: { where: isWrite }, do: { kind: 'hang', applied: true } });
  const proposed = connection.call('deny_request', { requests: [reference], ...DENY }, typed);
  proposed.catch(() => undefined);
  const { planned, standing, until } = ledgerOf(place);
  const { plan } = await until(async () => (await planned(reference))[0]);
  const { decision } = plan;
  await standing(decision, 'executing');
  const other = await connected(place);
  for (const client of [connection, other]) {
    const told = await client.call('get_decision', { decision });
    expect(told).toMatchObject({
      isError: false,
      structured: { status: 'executing', targets: [{ request: reference, status: 'executing' }] },
    });
  }
  place.sandbox.faults.clear();
  process.kill(connection.pid, 'SIGKILL');
  const told = await other.call('get_decision', { decision, waitSeconds: 600 });
  expect(told.structured).toMatchObject({ status: 'applied', targets: [{ attribution: 'ours' }] });
  expect(place.writesOn(id)).toHaveLength(1);
});

test('a plan that nobody answered in time is told as expired', async () => {
  const place = await open();
  const connection = await connected(place, { forms: false });
  const { reference } = place.arrival('admin-by-request');
  const decision = await decide(connection, 'deny_request', reference, DENY, typed);
  const clock = await clockOf(place);
  clock.shift(3_600_000);
  const later = await connected(place, { env: clock.env });
  expect((await list(later)).decisions).toMatchObject([{ decision, status: 'expired' }]);
  expect((await later.call('get_decision', { decision })).structured).toMatchObject({ status: 'expired' });
  expect(await ledgerOf(place).read(decision)).toMatchObject({ phase: 'expired', answered: null });
});

test('what a job carried back from a ticket system is told with who and which ticket', async () => {
  const unattended = { secret: { env: UNATTENDED_VARIABLE } };
  const place = await open({ accounts: { adminByRequest: { unattended } } });
  const folder = path.join(place.folder, 'state');
  const world = await worldIn(folder, { accounts: { adminByRequest: { unattended } } });
  const { decision } = await world.decisions.unattended({
    request: world.named('abr-cmd').reference,
    decision: { verdict: 'deny', options: { reason: 'Not needed.' } },
    countersignedBy: 'Kim "K" Approver',
    ticket: 'INC0010042',
  });
  const connection = await connected(place);
  const { decisions, text } = await list(connection);
  const answered = { channel: 'unattended', who: 'Kim "K" Approver', ticket: 'INC0010042', signed: false };
  expect(decisions).toMatchObject([{ decision, status: 'applied', channel: 'unattended', answered }]);
  const said = /countersigned by "Kim 'K' Approver" for ticket "INC0010042", unattended/;
  expect(text).toMatch(said);
  expect((await connection.call('get_decision', { decision: String(decision) })).text).toMatch(said);
});

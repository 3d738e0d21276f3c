import { once } from 'node:events';
import {
  type Countersignature,
  type CountersignedVerdict,
  createSigningKey,
  type SigningKey,
} from '@countersign/shared/approval';
import type { DecisionRecord } from '@countersign/shared/ledger';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Connection, connect, ERAS, type Era, typed } from './client.ts';
import { type Editor, openEditor } from './editor.ts';
import { openLines } from './lines.ts';
import { otherProcess } from './other-process.ts';
import { type AccountsChange, openPlace, type Place } from './place.ts';

// A person in VS Code answers with a signature, which waits in the ledger for the server that asked.

const LAUNCH_KEY = 'COUNTERSIGN_APPROVER_KEY';
const DENY = { reason: 'Not needed.' };
const WAITING = { status: 'awaiting-confirmation' };

async function open(accounts?: AccountsChange): Promise<Place> {
  const place = await openPlace(accounts === undefined ? {} : { accounts });
  onTestFinished(() => place.close());
  return place;
}

function confirmation(settings: object): AccountsChange {
  return { more: { confirmation: settings } };
}

describe.each(ERAS)('%s era', (era: Era) => {
  async function connected(place: Place, key?: SigningKey): Promise<Connection> {
    const connection = await connect(place, { era, env: key ? { [LAUNCH_KEY]: key.publicKey.text } : {} });
    onTestFinished(() => connection.close());
    return connection;
  }

  /** A place, an editor that listens, a server that trusts its key, and a plan that the editor is asked about. */
  async function asking(tool: string, options: object = {}, settings: object = {}) {
    const place = await open(confirmation(settings));
    const editor = await openEditor(place);
    const connection = await connected(place, editor.key);
    const { id, reference } = place.arrival('admin-by-request');
    const answer = connection.call(tool, { requests: [reference], ...options });
    const record = await editor.asked();
    return { place, editor, connection, id, answer, record };
  }

  const ended = async (editor: Editor, { plan }: DecisionRecord) => {
    expect(await editor.ledger.verify()).toEqual([]);
    return await editor.read(plan.decision);
  };

  test.each(['given at launch', 'named in the settings'])(
    'an approval signed with a key %s is carried out once',
    async (where) => {
      const key = createSigningKey();
      const isAtLaunch = where === 'given at launch';
      const place = await open(isAtLaunch ? {} : confirmation({ approverKeys: [key.publicKey.text] }));
      const editor = await openEditor(place, key);
      const connection = await connected(place, isAtLaunch ? key : undefined);
      const { id, reference } = place.arrival('threatlocker');
      const answer = connection.call('approve_request', { requests: [reference] });
      const record = await editor.asked();
      const signature = editor.sign(record, 'approve');
      expect(await editor.ledger.leave(signature)).toBe(true);
      // Twice makes no second answer, whatever the second one says.
      expect(await editor.ledger.leave(editor.sign(record, 'decline'))).toBe(false);
      const { plan, digest } = record;
      expect(await answer).toMatchObject({
        isError: false,
        structured: { decision: plan.decision, status: 'applied' },
      });
      expect(await editor.ledger.leave(signature)).toBe(false);
      expect(connection.asked()).toBe(0);
      expect(place.writesOn(id)).toMatchObject([{ verdict: 'approve', effect: 'applied' }]);
      expect(await ended(editor, record)).toMatchObject({
        digest,
        phase: 'applied',
        answered: {
          channel: 'extension',
          who: `a person with the key ${key.publicKey.id}`,
          countersignature: signature,
        },
      });
      const rows = await editor.ledger.rows(0, 100);
      expect(rows.find(({ phase }) => phase === 'confirmed')?.data).toContain(signature.signature);
      const told = await connection.call('get_decision', { decision: plan.decision });
      expect(told.structured).toMatchObject({ status: 'applied', answered: { channel: 'extension', signed: true } });
    },
  );

  test('a denial that is signed is carried out', async () => {
    const { place, editor, id, answer, record } = await asking('deny_request', DENY);
    expect(await editor.ledger.leave(editor.sign(record, 'deny'))).toBe(true);
    expect((await answer).structured).toMatchObject({ status: 'applied' });
    expect(place.writesOn(id)).toMatchObject([{ verdict: 'deny', effect: 'applied' }]);
  });

  test('a decline that is signed sends nothing', async () => {
    const { place, editor, id, answer, record } = await asking('approve_request');
    expect(await editor.ledger.leave(editor.sign(record, 'decline'))).toBe(true);
    expect(await answer).toMatchObject({ isError: false, structured: { status: 'declined' } });
    expect(await ended(editor, record)).toMatchObject({ phase: 'declined', answered: { channel: 'extension' } });
    expect(place.writesOn(id)).toEqual([]);
  });

  test.each<readonly [string, CountersignedVerdict, (sign: Signing) => Countersignature, RegExp]>([
    ['with another key', 'approve', ({ sign, other }) => sign('approve', other), /key that is not trusted/],
    [
      'with another key in the name of the trusted one',
      'approve',
      ({ sign, key, other }) => sign('approve', { ...key, privateKey: other.privateKey }),
      /signature is wrong/,
    ],
    ['as an approval, of a denial', 'deny', ({ sign }) => sign('approve'), /says "approve"/],
    ['as a denial, of an approval', 'approve', ({ sign }) => sign('deny'), /says "deny"/],
    [
      'as a decline, turned into a yes',
      'approve',
      ({ sign }) => ({ ...sign('decline'), verdict: 'approve' }),
      /signature is wrong/,
    ],
    [
      'for a longer time than the plan has',
      'approve',
      ({ sign }) => ({ ...sign('approve'), expiresAt: '2099-01-01T00:00:00.000Z' }),
      /for another decision/,
    ],
  ])('what is signed %s counts for nothing', async (_what, verdict, forge, because) => {
    const tool = verdict === 'deny' ? 'deny_request' : 'approve_request';
    const { place, editor, id, answer, record } = await asking(tool, verdict === 'deny' ? DENY : {});
    const sign = (says: CountersignedVerdict, by?: SigningKey) => editor.sign(record, says, by);
    expect(await editor.ledger.leave(forge({ sign, key: editor.key, other: createSigningKey() }))).toBe(true);
    expect(await answer).toMatchObject({ isError: false, structured: { status: 'refused', by: 'guardrail' } });
    expect((await answer).text).toMatch(because);
    expect(await ended(editor, record)).toMatchObject({ phase: 'refused' });
    expect(place.writesOn(id)).toEqual([]);
  });

  test('where no editor listens, a key given at launch leaves the client its form', async () => {
    const place = await open();
    const connection = await connected(place, createSigningKey());
    const { id, reference } = place.arrival('threatlocker');
    const answer = await connection.call('approve_request', { requests: [reference] }, typed);
    expect(answer.structured).toMatchObject({ status: 'applied' });
    expect(connection.asked()).toBe(1);
    expect(place.writesOn(id)).toHaveLength(1);
  });

  test('where no editor listens, keys in the settings leave a terminal alone', async () => {
    const place = await open(confirmation({ approverKeys: [createSigningKey().publicKey.text] }));
    const connection = await connected(place);
    const { id, reference } = place.arrival('threatlocker');
    const answer = await connection.call('approve_request', { requests: [reference] });
    expect(answer).toMatchObject({ isError: false, structured: WAITING });
    expect(answer.text).toMatch(/Only a signed answer counts.*countersign confirm/);
    expect(place.writesOn(id)).toEqual([]);
  });

  test('an editor that stopped listening is not asked', async () => {
    const place = await open();
    const editor = await openEditor(place);
    await editor.ledger.stopListening();
    const connection = await connected(place, editor.key);
    const { reference } = place.arrival('threatlocker');
    const answer = await connection.call('approve_request', { requests: [reference] }, typed);
    expect(answer.structured).toMatchObject({ status: 'applied' });
    expect(connection.asked()).toBe(1);
  });

  test('an editor whose key is not trusted is not asked', async () => {
    const place = await open();
    await openEditor(place);
    const connection = await connected(place, createSigningKey());
    const { reference } = place.arrival('threatlocker');
    const answer = await connection.call('approve_request', { requests: [reference] }, typed);
    expect(answer.structured).toMatchObject({ status: 'applied' });
    expect(connection.asked()).toBe(1);
  });

  test('what is signed after the call has ended is carried out by itself, and get_decision tells it', async () => {
    const { place, editor, connection, id, answer, record } = await asking('approve_request', {}, { waitSeconds: 1 });
    const { decision } = record.plan;
    expect(await answer).toMatchObject({ isError: false, structured: { decision, ...WAITING } });
    expect((await answer).text).toMatch(/in the editor.*get_decision/s);
    const open = await connection.call('get_decision', { decision });
    expect(open.structured).toMatchObject({ decision, ...WAITING, answered: null, channel: 'extension' });
    expect(place.writesOn(id)).toEqual([]);
    const told = connection.call('get_decision', { decision, waitSeconds: 600 });
    expect(await editor.ledger.leave(editor.sign(record, 'approve'))).toBe(true);
    expect((await told).structured).toMatchObject({ decision, status: 'applied' });
    expect(place.writesOn(id)).toMatchObject([{ verdict: 'approve', effect: 'applied' }]);
  });

  test('… whether or not anybody asks', async () => {
    const { place, editor, connection, id, answer, record } = await asking('deny_request', DENY, { waitSeconds: 1 });
    expect((await answer).structured).toMatchObject(WAITING);
    expect(await editor.ledger.leave(editor.sign(record, 'deny'))).toBe(true);
    const { decision } = record.plan;
    await editor.standing(decision, 'applied');
    expect(place.writesOn(id)).toMatchObject([{ verdict: 'deny', effect: 'applied' }]);
    expect((await connection.call('get_decision', { decision })).structured).toMatchObject({ status: 'applied' });
    expect(place.writesOn(id)).toHaveLength(1);
  });

  test('a call that is taken back takes its plan with it', async () => {
    const place = await open();
    const editor = await openEditor(place);
    const connection = await connected(place, editor.key);
    const { id, reference } = place.arrival('admin-by-request');
    const patience = new AbortController();
    const call = { name: 'approve_request', arguments: { requests: [reference] } };
    const answer = connection.client.callTool(call, { signal: patience.signal });
    const record = await editor.asked();
    patience.abort();
    await expect(answer).rejects.toThrow();
    expect(await editor.standing(record.plan.decision, 'refused')).toMatchObject({
      closedBecause: 'The client took its call back.',
      answered: null,
    });
    expect(await editor.ledger.leave(editor.sign(record, 'approve'))).toBe(false);
    expect(place.writesOn(id)).toEqual([]);
  });

  test('looking at a decision and leaving again takes nothing with it', async () => {
    const { place, editor, connection, id, answer, record } = await asking('approve_request', {}, { waitSeconds: 1 });
    const { decision } = record.plan;
    await answer;
    const patience = new AbortController();
    const call = { name: 'get_decision', arguments: { decision, waitSeconds: 600 } };
    const looking = connection.client.callTool(call, { signal: patience.signal });
    looking.catch(() => undefined);
    // Answered after the other call was begun.
    await connection.call('get_decision', { decision });
    patience.abort();
    await expect(looking).rejects.toThrow();
    expect((await connection.call('get_decision', { decision })).structured).toMatchObject(WAITING);
    expect(await editor.ledger.leave(editor.sign(record, 'approve'))).toBe(true);
    await editor.standing(decision, 'applied');
    expect(place.writesOn(id)).toHaveLength(1);
  });

  test('a client that goes away takes its plan with it', async () => {
    const place = await open();
    const editor = await openEditor(place);
    const lines = await openLines(place, { era, env: { [LAUNCH_KEY]: editor.key.publicKey.text } });
    const { id, reference } = place.arrival('admin-by-request');
    lines
      .request('tools/call', { name: 'approve_request', arguments: { requests: [reference] } })
      .catch(() => undefined);
    const record = await editor.asked();
    expect(await lines.end()).toBe(0);
    expect(await editor.read(record.plan.decision)).toMatchObject({
      phase: 'refused',
      closedBecause: 'The client that proposed it is gone.',
    });
    expect(await editor.ledger.leave(editor.sign(record, 'approve'))).toBe(false);
    expect(place.writesOn(id)).toEqual([]);
  });

  test.each([
    ['after the next process took over', false],
    ['before anybody notices', true],
  ])('a server that is killed executes nothing: signed %s', async (_when, isEarly) => {
    const place = await open();
    const editor = await openEditor(place);
    const env = { [LAUNCH_KEY]: editor.key.publicKey.text };
    const lines = await openLines(place, { era, env });
    const { id, reference } = place.arrival('admin-by-request');
    lines
      .request('tools/call', { name: 'approve_request', arguments: { requests: [reference] } })
      .catch(() => undefined);
    const record = await editor.asked();
    lines.child.kill('SIGKILL');
    await once(lines.child, 'exit');
    const signature = editor.sign(record, 'approve');
    if (isEarly) expect(await editor.ledger.leave(signature)).toBe(true);
    const connection = await connected(place, editor.key);
    expect(await editor.standing(record.plan.decision, 'refused')).toMatchObject({ answered: null });
    if (!isEarly) expect(await editor.ledger.leave(signature)).toBe(false);
    const told = await connection.call('get_decision', { decision: record.plan.decision, waitSeconds: 600 });
    expect(told).toMatchObject({ isError: false, structured: { status: 'refused' } });
    expect(await editor.ledger.verify()).toEqual([]);
    expect(place.writesOn(id)).toEqual([]);
  });
});

describe('a server that takes no answer any more: whoever signed is told that nothing was carried out', () => {
  const never = () => new AbortController().signal;

  /** A plan that an editor is asked about, of a server that the test stops. */
  async function stopped(signal: 'SIGKILL' | 'SIGSTOP') {
    const place = await open();
    const editor = await openEditor(place);
    const lines = await openLines(place, { era: 'legacy', env: { [LAUNCH_KEY]: editor.key.publicKey.text } });
    onTestFinished(() => void lines.child.kill('SIGKILL'));
    const { id, reference } = place.arrival('admin-by-request');
    const call = { name: 'approve_request', arguments: { requests: [reference] } };
    lines.request('tools/call', call).catch(() => undefined);
    const record = await editor.asked();
    lines.child.kill(signal);
    if (signal === 'SIGKILL') await once(lines.child, 'exit');
    expect(await editor.ledger.leave(editor.sign(record, 'approve'))).toBe(true);
    return { place, id, editor, decision: record.plan.decision, ends: Date.parse(record.plan.expiresAt) };
  }

  test('it is gone', async () => {
    const { place, id, editor, decision } = await stopped('SIGKILL');
    const { decisions } = otherProcess(place);
    expect(await decisions.outcome(decision, never())).toMatchObject({
      status: 'refused',
      message: 'It was answered, but the server that proposed it is gone. Nothing was sent.',
    });
    expect(await editor.read(decision)).toMatchObject({ phase: 'refused', answered: null });
    expect(await decisions.review(decision, 'extension')).toMatchObject({ open: false, result: { status: 'refused' } });
    expect(place.writesOn(id)).toEqual([]);
  });

  // Windows can't make a process stand still.
  test.skipIf(process.platform === 'win32')('it lives, and stands still until the plan has run out', async () => {
    const { place, id, decision, ends } = await stopped('SIGSTOP');
    const before = await otherProcess(place).decisions.review(decision, 'extension');
    expect(before).toMatchObject({ open: false, result: { status: 'awaiting-confirmation' } });
    expect(before).toMatchObject({
      result: { message: expect.stringMatching(/yet to take the answer; nothing was sent/) },
    });
    const later = otherProcess(place, () => ends).decisions;
    expect(await later.outcome(decision, never())).toMatchObject({
      status: 'expired',
      message: 'It was answered, but the server that proposed it did not take the answer in time. Nothing was sent.',
    });
    expect(await later.review(decision, 'extension')).toMatchObject({ open: false, result: { status: 'expired' } });
    expect(place.writesOn(id)).toEqual([]);
  });
});

interface Signing {
  readonly sign: (verdict: CountersignedVerdict, by?: SigningKey) => Countersignature;
  readonly key: SigningKey;
  readonly other: SigningKey;
}

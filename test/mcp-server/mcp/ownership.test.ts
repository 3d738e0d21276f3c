import { once } from 'node:events';
import type { FaultAction, RecordedCall } from '@countersign/shared/sandbox';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Connection, connect, ERAS, type Era, type Question, typed } from './client.ts';
import { hurried } from './clock.ts';
import { openLines } from './lines.ts';
import { openPlace, type Place } from './place.ts';

const RIVAL = { userId: '7d9f3c52-50f0-4d1e-8d7e-2b8b0f6a1c11', username: 'robin', firstName: 'Robin', lastName: 'R' };
const isTaking = ({ path }: RecordedCall) => path.includes('UpdateForTakeOwnership');

async function open(): Promise<Place> {
  const place = await openPlace();
  onTestFinished(() => place.close());
  return place;
}

async function connected(place: Place, era: Era): Promise<Connection> {
  const connection = await connect(place, { era, env: await hurried(place) });
  onTestFinished(() => connection.close());
  return connection;
}

const take = (connection: Connection, reference: string, answering?: Parameters<Connection['call']>[2]) =>
  connection.call('take_ownership', { requests: [reference] }, answering);
const fault = (place: Place, action: FaultAction) =>
  place.sandbox.faults.add({ when: { where: isTaking }, times: 1, do: action });
const assigneeOf = (place: Place, id: string) => place.sandbox.raw('threatlocker', id)?.assignee?.username ?? null;

/** A denial, whose mark in the vendor's record tells who we are. */
async function becomeKnown(place: Place, connection: Connection): Promise<void> {
  const { reference } = place.arrival('threatlocker');
  const { structured } = await connection.call('deny_request', { requests: [reference], reason: 'No.' }, typed);
  expect(structured).toMatchObject({ status: 'applied', targets: [{ attribution: 'ours' }] });
}

describe.each(ERAS)('%s era', (era) => {
  test('once it was typed it is taken, exactly once', async () => {
    const place = await open();
    const connection = await connected(place, era);
    const { id, reference } = place.arrival('threatlocker');
    let seen: Question | null = null;
    const answer = await take(connection, reference, (question) => {
      seen = question;
      expect(place.sandbox.record).toEqual([]);
      return typed(question);
    });
    expect(seen).toMatchObject({
      text: expect.stringMatching(/^take-ownership /),
      message: expect.stringMatching(/TAKE OWNERSHIP.*Nobody has it so far.*Nothing is permitted/s),
    });
    const us = place.sandbox.threatLocker.users.main;
    expect(answer).toMatchObject({
      isError: false,
      structured: { status: 'applied', targets: [{ request: reference, decidedBy: us, attribution: 'unproven' }] },
    });
    expect(place.writesOn(id)).toMatchObject([{ verdict: 'take-ownership', effect: 'applied', requestIds: [id] }]);
    expect(assigneeOf(place, id)).toBe(us);
    const listed = await connection.call('list_decisions', { request: reference });
    expect(listed.structured['decisions']).toMatchObject([{ verdict: 'take-ownership', status: 'applied' }]);
    expect(listed.text).toMatch(/ · take-ownership · applied · /);
    expect(connection.asked()).toBe(1);
    expect(place.sandbox.record).toHaveLength(1);
  });

  test('what somebody else has is taken away from them by name', async () => {
    const place = await open();
    const connection = await connected(place, era);
    const { id, reference } = place.arrival('threatlocker', { assignee: RIVAL });
    const answer = await take(connection, reference, (question) => {
      expect(question.message).toMatch(/Take ownership .*, away from "robin"/);
      expect(question.message).toMatch(/"robin" has it now, and has it no longer after this/);
      return typed(question);
    });
    expect(answer).toMatchObject({ structured: { status: 'applied' } });
    expect(assigneeOf(place, id)).toBe(place.sandbox.threatLocker.users.main);
  });

  test('what somebody takes while the person thinks is left to them', async () => {
    const place = await open();
    const connection = await connected(place, era);
    const { id, reference } = place.arrival('threatlocker');
    const answer = await take(connection, reference, (question) => {
      place.sandbox.change('threatlocker', id, (request) => {
        request.assignee = RIVAL;
      });
      return typed(question);
    });
    expect(answer).toMatchObject({ isError: false, structured: { status: 'refused', by: 'guardrail' } });
    expect(answer.text).toMatch(/who has the request changed.*Nothing was sent/);
    expect(place.sandbox.record).toEqual([]);
  });

  test('Admin By Request knows no ownership, and nobody is asked', async () => {
    const place = await open();
    const connection = await connected(place, era);
    const answer = await take(connection, place.arrival('admin-by-request').reference);
    expect(answer).toMatchObject({ isError: true, structured: { status: 'refused', by: 'client', decision: null } });
    expect(answer.text).toMatch(/Admin By Request has no ownership.*Nothing was sent/);
    expect(place.sandbox.record).toEqual([]);
  });

  test.each<readonly [string, FaultAction, boolean]>([
    ['before the effect', { kind: 'resetBeforeEffect' }, false],
    ['after the effect', { kind: 'resetAfterEffect' }, true],
  ])('a call that is cut off %s is sent once, and claimed only with proof', async (_when, action, hasEffect) => {
    const place = await open();
    const connection = await connected(place, era);
    const first = place.arrival('threatlocker');
    fault(place, action);
    expect((await take(connection, first.reference, typed)).structured).toMatchObject(
      hasEffect
        ? { status: 'already-handled', targets: [{ attribution: 'unproven' }] }
        : { status: 'not-applied', targets: [{ status: 'not-applied' }] },
    );
    await becomeKnown(place, connection);
    const second = place.arrival('threatlocker');
    fault(place, action);
    expect((await take(connection, second.reference, typed)).structured).toMatchObject(
      hasEffect ? { status: 'applied', targets: [{ attribution: 'ours' }] } : { status: 'not-applied' },
    );
    for (const { id } of [first, second]) expect(place.writesOn(id)).toHaveLength(1);
  });

  test.each([true, false])('a server that is killed while it waits (with the effect %s)', async (applied) => {
    const place = await open();
    const connection = await connected(place, era);
    await becomeKnown(place, connection);
    const lines = await openLines(place, { era });
    const { id, reference } = place.arrival('threatlocker');
    const asked = await lines.ask('take_ownership', { requests: [reference] });
    const sent = new Promise<void>((resolve) => {
      fault(place, { kind: 'meanwhile', run: resolve });
    });
    fault(place, { kind: 'hang', applied });
    asked.answer({ action: 'accept', content: { confirm: asked.text } }).catch(() => undefined);
    await sent;
    lines.child.kill('SIGKILL');
    await once(lines.child, 'close');
    const { structured } = await connection.call('list_decisions', { request: reference });
    const [{ decision = '' } = {}] = structured['decisions'] as { decision?: string }[];
    const after = await connection.call('get_decision', { decision, waitSeconds: 30 });
    expect(after.structured).toMatchObject({
      verdict: 'take-ownership',
      targets: [applied ? { status: 'applied', attribution: 'ours' } : { status: 'not-applied' }],
    });
    expect(place.writesOn(id)).toHaveLength(1);
  });
});

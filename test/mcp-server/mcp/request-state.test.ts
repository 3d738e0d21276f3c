import { createHmac } from 'node:crypto';
import type { Vendor } from '@countersign/shared/sandbox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Asked, answerIn, type Lines, openLines } from './lines.ts';
import { openPlace, type Place } from './place.ts';

const accepted = ({ text }: Asked) => ({ action: 'accept', content: { confirm: text } });
const INVALID_PARAMS = -32602;

let place: Place;
let lines: Lines;
beforeAll(async () => {
  place = await openPlace({ lanes: 6 });
  lines = await openLines(place, { era: 'modern' });
});
afterAll(async () => {
  expect(await lines.end()).toBe(0);
  expect(lines.errors()).toBe('');
  await place.close();
});

async function askedAbout(vendor: Vendor) {
  const { id, reference } = place.arrival(vendor);
  const args = { requests: [reference] };
  return { id, args, asked: await lines.ask('approve_request', args) };
}

describe.each<readonly [string, Vendor]>([
  ['ThreatLocker', 'threatlocker'],
  ['Admin By Request', 'admin-by-request'],
])('%s: what a client holds while its person thinks', (_title, vendor) => {
  test('confirms once, and a replay changes nothing', async () => {
    const { id, asked } = await askedAbout(vendor);
    expect(answerIn(await asked.answer(accepted(asked)))).toMatchObject({ status: 'applied' });
    expect(place.writesOn(id)).toMatchObject([{ verdict: 'approve', effect: 'applied' }]);
    expect(answerIn(await asked.answer(accepted(asked)))).toMatchObject({ status: 'refused' });
    expect(place.writesOn(id)).toHaveLength(1);
  });

  test('counts once when two confirmations come at the same moment', async () => {
    const { id, asked } = await askedAbout(vendor);
    const answers = await Promise.all([asked.answer(accepted(asked)), asked.answer(accepted(asked))]);
    expect(answers.map((answer) => answerIn(answer).status).toSorted()).toEqual(['applied', 'refused']);
    expect(place.writesOn(id)).toHaveLength(1);
  });

  test('is worth nothing after a decline', async () => {
    const { id, asked } = await askedAbout(vendor);
    expect(answerIn(await asked.answer({ action: 'decline' }))).toMatchObject({ status: 'declined' });
    expect(answerIn(await asked.answer(accepted(asked)))).toMatchObject({ status: 'refused' });
    expect(place.writesOn(id)).toEqual([]);
  });

  test.each<readonly [string, (state: string) => string]>([
    ['made up', () => 'v1.made-up.made-up'],
    ['empty', () => ''],
    ['signed with another key', signedByAnother],
    ['altered in its content', (state) => state.replace(/^(v1\..{20})(.)/, (_, head, letter) => head + other(letter))],
    ['altered in its signature', (state) => state.replace(/(.)(.{5})$/, (_, letter, tail) => other(letter) + tail)],
    ['cut off before its signature', (state) => state.slice(0, state.lastIndexOf('.') + 1)],
  ])('is refused when it is %s, and the question stays open', async (_what, forge) => {
    const { id, asked } = await askedAbout(vendor);
    const state = forge(asked.state);
    expect(state).not.toBe(asked.state);
    expect(answerIn(await asked.answer(accepted(asked), { state }))).toMatchObject({ code: INVALID_PARAMS });
    expect(place.writesOn(id)).toEqual([]);
    expect(answerIn(await asked.answer(accepted(asked)))).toMatchObject({ status: 'applied' });
    expect(place.writesOn(id)).toHaveLength(1);
  });

  test('does not confirm the other verb', async () => {
    const { id, args, asked } = await askedAbout(vendor);
    const change = { tool: 'deny_request', args: { ...args, reason: 'Not needed.' } };
    expect(answerIn(await asked.answer(accepted(asked), change)).text).toMatch(/Nothing was sent/);
    expect(place.writesOn(id)).toEqual([]);
  });

  test('does not confirm another request', async () => {
    const { id, asked } = await askedAbout(vendor);
    const another = place.arrival(vendor);
    const change = { args: { requests: [another.reference] } };
    expect(answerIn(await asked.answer(accepted(asked), change)).text).toMatch(/Nothing was sent/);
    expect([...place.writesOn(id), ...place.writesOn(another.id)]).toEqual([]);
  });

  test('does not confirm other options', async () => {
    const { id, args, asked } = await askedAbout(vendor);
    const change = { args: { ...args, scope: 'organization' } };
    expect(answerIn(await asked.answer(accepted(asked), change)).text).toMatch(/Nothing was sent/);
    expect(place.writesOn(id)).toEqual([]);
  });

  test('does not confirm what another question asked, even for the same file', async () => {
    const first = await askedAbout(vendor);
    const second = await askedAbout(vendor);
    const mixed = await first.asked.answer(accepted(first.asked), { args: second.args });
    expect(answerIn(mixed).text).toMatch(/Nothing was sent/);
    expect([...place.writesOn(first.id), ...place.writesOn(second.id)]).toEqual([]);
    await second.asked.answer({ action: 'decline' });
  });

  test('means nothing to another server process', async () => {
    const { id, args, asked } = await askedAbout(vendor);
    const other = await openLines(place, { era: 'modern' });
    const inputResponses = { confirm: accepted(asked) };
    const answer = await other.request('tools/call', {
      name: 'approve_request',
      arguments: args,
      requestState: asked.state,
      inputResponses,
    });
    expect(answerIn(answer)).toMatchObject({ code: INVALID_PARAMS });
    expect(await other.end()).toBe(0);
    expect(place.writesOn(id)).toEqual([]);
    await asked.answer({ action: 'decline' });
  });
});

describe('an answer without what it answers', () => {
  test('is no confirmation: the person is asked first', async () => {
    const { id, reference } = place.arrival('admin-by-request');
    const inputResponses = { confirm: { action: 'accept', content: { confirm: 'approve made-up.exe' } } };
    const args = { name: 'approve_request', arguments: { requests: [reference] }, inputResponses };
    expect((await lines.request('tools/call', args)).result).toMatchObject({ resultType: 'input_required' });
    expect(place.writesOn(id)).toEqual([]);
  });

  test.each<readonly [string, object | undefined]>([
    ['no answer at all', undefined],
    ['an answer to another question', { other: { action: 'accept', content: { confirm: 'approve' } } }],
  ])('%s closes the question', async (_what, inputResponses) => {
    const { id, args, asked } = await askedAbout('admin-by-request');
    const call = { name: 'approve_request', arguments: args, requestState: asked.state, inputResponses };
    expect(answerIn(await lines.request('tools/call', call))).toMatchObject({ status: 'refused' });
    expect(answerIn(await asked.answer(accepted(asked)))).toMatchObject({ status: 'refused' });
    expect(place.writesOn(id)).toEqual([]);
  });
});

describe('in the legacy era', () => {
  let legacy: Lines;
  beforeAll(async () => {
    legacy = await openLines(place, { era: 'legacy' });
  });
  afterAll(async () => {
    expect(await legacy.end()).toBe(0);
  });

  test('two answers to one question count once', async () => {
    const { id, reference } = place.arrival('admin-by-request');
    const asked = await legacy.ask('approve_request', { requests: [reference] });
    const answers = await Promise.all([asked.answer(accepted(asked)), asked.answer(accepted(asked))]);
    expect(answers.map((answer) => answerIn(answer).status)).toEqual(['applied', 'applied']);
    expect(place.writesOn(id)).toHaveLength(1);
  });

  const inputResponses = { confirm: { action: 'accept', content: { confirm: 'approve made-up.exe' } } };

  test('an answer that the call itself carries counts for nothing: the person is asked', async () => {
    const { id, reference } = place.arrival('admin-by-request');
    const args = { name: 'approve_request', arguments: { requests: [reference] } };
    const called = legacy.request('tools/call', { ...args, inputResponses });
    const question = await legacy.question();
    expect(place.writesOn(id)).toEqual([]);
    legacy.write(JSON.stringify({ jsonrpc: '2.0', id: question.id, result: { action: 'decline' } }));
    expect(answerIn(await called)).toMatchObject({ status: 'declined' });
    expect(place.writesOn(id)).toEqual([]);
  });

  test('a made-up state is refused there too', async () => {
    const { id, reference } = place.arrival('admin-by-request');
    const args = { name: 'approve_request', arguments: { requests: [reference] }, requestState: 'v1.a.b' };
    const answer = await legacy.request('tools/call', { ...args, inputResponses });
    expect(answerIn(answer)).toMatchObject({ code: INVALID_PARAMS });
    expect(place.writesOn(id)).toEqual([]);
  });
});

function signedByAnother(state: string): string {
  const body = state.slice(0, state.lastIndexOf('.'));
  return `${body}.${createHmac('sha256', Buffer.alloc(32)).update(body).digest('base64url')}`;
}

function other(letter: string): string {
  return letter === 'A' ? 'B' : 'A';
}

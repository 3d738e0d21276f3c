import { once } from 'node:events';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Reply } from './client.ts';
import { clockOf } from './clock.ts';
import { answerIn, type Lines, type LinesOptions, type Message, openLines } from './lines.ts';
import { otherProcess } from './other-process.ts';
import { openPlace, type Place } from './place.ts';

// Until 2025-11-25 a call waits for its person as long as the settings say. The question stays open after that, and its
// answer counts whenever it comes, while the server that asked lives.

const HOUR = 3_600_000;
const WAITING = 'awaiting-confirmation';
const GONE = 'The client that proposed it is gone.';

/** @param waitSeconds how long a call waits */
async function open(waitSeconds = 1): Promise<Place> {
  const place = await openPlace({ accounts: { more: { confirmation: { waitSeconds } } } });
  onTestFinished(() => place.close());
  return place;
}

const connected = (place: Place, options: Partial<LinesOptions> = {}) =>
  openLines(place, { era: 'legacy', ...options });

const call = (lines: Lines, name: string, args: object) => lines.request('tools/call', { name, arguments: args });

interface Proposed {
  readonly id: string;
  readonly reference: string;
  readonly decision: string;
  /** The id under which the client shows its form. */
  readonly question: Message;
  readonly text: string;
  /** What the client sends when its person is done with the form. */
  reply(reply: Reply): void;
}

/** Proposes a denial, and waits until the call has been answered while its form stands open. */
async function proposed(place: Place, lines: Lines): Promise<Proposed> {
  const { id, reference } = place.arrival('admin-by-request');
  const called = call(lines, 'deny_request', { requests: [reference], reason: 'Not needed.' });
  const question = await lines.question();
  const answer = answerIn(await called);
  expect(answer).toMatchObject({ isError: false, status: WAITING });
  expect(answer.text).toMatch(/^awaiting-confirmation: Nothing was sent yet.*in the assistant's client.*get_decision/s);
  const { properties } = (question.params as { requestedSchema: { properties: { confirm: { description: string } } } })
    .requestedSchema;
  return {
    id,
    reference,
    decision: String(answer.structured['decision']),
    question,
    text: /"([^"]*)"/.exec(properties.confirm.description)?.[1] ?? '',
    reply: (result) => lines.write(JSON.stringify({ jsonrpc: '2.0', id: question.id, result })),
  };
}

const accepted = ({ text }: Proposed): Reply => ({ action: 'accept', content: { confirm: text } });

async function stands(lines: Lines, decision: string, waitSeconds = 600) {
  return answerIn(await call(lines, 'get_decision', { decision, waitSeconds }));
}

const asked = ({ output }: Lines) => output.filter((line) => line.includes('"elicitation/create"')).length;

/** The forms that the server told the client to close. */
const closed = ({ output }: Lines) =>
  output
    .map((line) => JSON.parse(line) as Message)
    .filter(({ method }) => method === 'notifications/cancelled')
    .map(({ params }) => params?.['requestId']);

async function endedWell(lines: Lines): Promise<void> {
  expect(await lines.end()).toBe(0);
  expect(lines.errors()).toBe('');
}

describe('a person who answers when the call is over', () => {
  test('is heard: what they confirm is carried out by itself, and get_decision tells it', async () => {
    const place = await open();
    const lines = await connected(place);
    const question = await proposed(place, lines);
    const { decision, id } = question;
    expect(await stands(lines, decision, 0)).toMatchObject({ isError: false, status: WAITING });
    expect(place.writesOn(id)).toEqual([]);
    question.reply(accepted(question));
    const record = await otherProcess(place).standing(decision, 'applied');
    expect(record.answered).toMatchObject({ channel: 'elicitation' });
    expect(place.writesOn(id)).toMatchObject([{ verdict: 'deny', effect: 'applied' }]);
    expect(await stands(lines, decision, 0)).toMatchObject({ isError: false, status: 'applied' });
    // Twice makes no second write.
    question.reply(accepted(question));
    expect(await stands(lines, decision, 0)).toMatchObject({ status: 'applied' });
    expect(place.writesOn(id)).toHaveLength(1);
    expect(await lines.end()).toBe(0);
  });

  test('ends the waiting of get_decision', async () => {
    const place = await open();
    const lines = await connected(place);
    const question = await proposed(place, lines);
    const told = stands(lines, question.decision);
    question.reply(accepted(question));
    expect(await told).toMatchObject({ isError: false, status: 'applied' });
    expect(place.writesOn(question.id)).toHaveLength(1);
    expect(asked(lines)).toBe(1);
    await endedWell(lines);
  });

  test.each<readonly [string, Reply, string, RegExp]>([
    ['declines', { action: 'decline' }, 'declined', /proposal was rejected.*Nothing was sent/],
    ['closes the form', { action: 'cancel' }, 'refused', /closed without an answer.*Nothing was sent/],
    [
      'types another text',
      { action: 'accept', content: { confirm: 'approve everything' } },
      'refused',
      /not the text that was asked for.*Nothing was sent/,
    ],
    ['accepts an empty form', { action: 'accept', content: {} }, 'refused', /not the text.*Nothing was sent/],
    ['sends what is no answer', { action: 'yes' }, 'refused', /closed without an answer.*Nothing was sent/],
  ])('and %s has nothing carried out', async (_what, reply, status, says) => {
    const place = await open();
    const lines = await connected(place);
    const { decision, id, reply: send } = await proposed(place, lines);
    send(reply);
    const told = await stands(lines, decision);
    expect(told).toMatchObject({ isError: false, status });
    expect(told.text).toMatch(says);
    expect(place.writesOn(id)).toEqual([]);
    await endedWell(lines);
  });

  test('and after the plan has run out changes nothing', async () => {
    const place = await open();
    const clock = await clockOf(place);
    const lines = await connected(place, { env: clock.env });
    const question = await proposed(place, lines);
    clock.shift(HOUR);
    question.reply(accepted(question));
    expect(await stands(lines, question.decision)).toMatchObject({ isError: false, status: 'expired' });
    expect(place.writesOn(question.id)).toEqual([]);
    expect(await lines.end()).toBe(0);
  });

  test('learns when the vendor refuses; nothing ends the server', async () => {
    const place = await open();
    const lines = await connected(place);
    const question = await proposed(place, lines);
    place.sandbox.faults.add({ do: { kind: 'status', status: 401, body: { message: 'Unauthorized' } } });
    question.reply(accepted(question));
    const told = await stands(lines, question.decision);
    expect(told).toMatchObject({ isError: false, status: 'not-applied' });
    expect(told.text).toMatch(/could not be read again.*Nothing was sent/);
    expect(place.writesOn(question.id)).toEqual([]);
    await endedWell(lines);
  });
});

describe('while the question is open', () => {
  test('the same call again makes no second question and no second plan, and names the first', async () => {
    const place = await open();
    const lines = await connected(place);
    const question = await proposed(place, lines);
    const { decision, reference } = question;
    const again = answerIn(await call(lines, 'deny_request', { requests: [reference], reason: 'Not needed.' }));
    expect(again).toMatchObject({ isError: true, status: 'refused', structured: { decision: null } });
    expect(again.text).toMatch(/already waits for a person.*Nothing was sent/);
    expect(again.text).toContain(decision);
    expect(asked(lines)).toBe(1);
    const other = otherProcess(place);
    expect(await other.planned(reference)).toHaveLength(1);
    question.reply(accepted(question));
    await other.standing(decision, 'applied');
    expect(place.writesOn(question.id)).toHaveLength(1);
    await endedWell(lines);
  });

  test('whoever answers at a terminal closes it, and its late answer counts for nothing', async () => {
    const place = await open();
    const lines = await connected(place);
    const question = await proposed(place, lines);
    expect(closed(lines)).toEqual([]);
    const told = stands(lines, question.decision);
    expect(await otherProcess(place).confirm(question.decision)).toBe('applied');
    expect(await told).toMatchObject({ status: 'applied' });
    expect(closed(lines)).toEqual([question.question.id]);
    question.reply({ action: 'decline' });
    expect(await stands(lines, question.decision)).toMatchObject({ status: 'applied' });
    expect(place.writesOn(question.id)).toHaveLength(1);
    expect(await lines.end()).toBe(0);
  });

  test.each(['form first', 'terminal first'])('two confirmations at once count once: %s', async (which) => {
    const place = await open();
    const lines = await connected(place);
    const question = await proposed(place, lines);
    const other = otherProcess(place);
    if (which === 'form first') question.reply(accepted(question));
    const atTerminal = other.confirm(question.decision);
    if (which === 'terminal first') question.reply(accepted(question));
    expect(['applied', 'refused']).toContain(await atTerminal);
    expect(await stands(lines, question.decision)).toMatchObject({ status: 'applied' });
    expect(place.writesOn(question.id)).toMatchObject([{ verdict: 'deny', effect: 'applied' }]);
    expect(await other.ledger.verify()).toEqual([]);
    expect(await lines.end()).toBe(0);
  });

  test('taking back a call that was answered changes nothing', async () => {
    const place = await open();
    const lines = await connected(place);
    const question = await proposed(place, lines);
    const cancelled = { method: 'notifications/cancelled', params: { requestId: lines.lastId() } };
    lines.write(JSON.stringify({ jsonrpc: '2.0', ...cancelled }));
    expect(await stands(lines, question.decision, 0)).toMatchObject({ status: WAITING });
    question.reply(accepted(question));
    expect(await stands(lines, question.decision)).toMatchObject({ status: 'applied' });
    expect(place.writesOn(question.id)).toHaveLength(1);
    await endedWell(lines);
  });

  test.each(['end', 'vanish'] as const)('a client that goes away takes it along (%s)', async (way) => {
    const place = await open();
    const lines = await connected(place);
    const { decision, id } = await proposed(place, lines);
    expect(await lines[way]()).toBe(0);
    expect(lines.errors()).toBe('');
    const other = otherProcess(place);
    expect(await other.read(decision)).toMatchObject({ phase: 'refused', closedBecause: GONE, answered: null });
    expect(await other.confirm(decision)).toBe('refused');
    expect(place.writesOn(id)).toEqual([]);
  });

  test('a server that is killed carries nothing out, and the next one says so', async () => {
    const place = await open();
    const lines = await connected(place);
    const question = await proposed(place, lines);
    const { decision, id } = question;
    lines.child.kill('SIGKILL');
    await once(lines.child, 'exit');
    const next = await connected(place);
    next.write(JSON.stringify({ jsonrpc: '2.0', id: question.question.id, result: accepted(question) }));
    const told = await stands(next, decision);
    expect(told).toMatchObject({ isError: false, status: 'refused' });
    expect(told.text).toMatch(/is gone\. Nothing was sent/);
    expect(place.writesOn(id)).toEqual([]);
    expect(await next.end()).toBe(0);
  });
});

test('an answer that comes while the call still waits is told by the call itself', async () => {
  const place = await open(600);
  const lines = await connected(place);
  const { id, reference } = place.arrival('threatlocker');
  const question = await lines.ask('approve_request', { requests: [reference] });
  const answer = await question.answer({ action: 'accept', content: { confirm: question.text } });
  expect(answerIn(answer)).toMatchObject({ isError: false, status: 'applied' });
  expect(place.writesOn(id)).toHaveLength(1);
  await endedWell(lines);
});

describe.each(['legacy', 'modern'] as const)('%s era: a client that shows no forms', (era) => {
  test('leaves its plan to a terminal, and get_decision waits for it', async () => {
    const place = await open();
    const lines = await connected(place, { era, capabilities: {} });
    const { id, reference } = place.arrival('admin-by-request');
    const answer = answerIn(await call(lines, 'approve_request', { requests: [reference] }));
    expect(answer).toMatchObject({ isError: false, status: WAITING });
    const decision = String(answer.structured['decision']);
    const told = stands(lines, decision);
    expect(await otherProcess(place).confirm(decision)).toBe('applied');
    expect(await told).toMatchObject({ isError: false, status: 'applied' });
    expect(place.writesOn(id)).toMatchObject([{ verdict: 'approve', effect: 'applied' }]);
    expect(asked(lines)).toBe(0);
    await endedWell(lines);
  });
});

test('2026-07-28: the client waits by itself, as long as the plan lives', async () => {
  const place = await open();
  const lines = await connected(place, { era: 'modern' });
  const { id, reference } = place.arrival('admin-by-request');
  const question = await lines.ask('approve_request', { requests: [reference] });
  const other = otherProcess(place);
  const [record] = await other.planned(reference);
  const decision = record?.plan.decision ?? '';
  // As long as a call of the other era would have waited.
  expect(await stands(lines, decision, 1)).toMatchObject({ isError: false, status: WAITING });
  const again = answerIn(await call(lines, 'approve_request', { requests: [reference] }));
  expect(again).toMatchObject({ isError: true, status: 'refused' });
  expect(again.text).toContain(decision);
  const answer = await question.answer({ action: 'accept', content: { confirm: question.text } });
  expect(answerIn(answer)).toMatchObject({ isError: false, status: 'applied' });
  expect(place.writesOn(id)).toHaveLength(1);
  await endedWell(lines);
});

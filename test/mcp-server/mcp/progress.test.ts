import { describe, expect, onTestFinished, test } from 'vitest';
import { ERAS, type Era } from './client.ts';
import { hurried } from './clock.ts';
import { openEditor } from './editor.ts';
import { answerIn, envelopeOf, type Lines, type LinesOptions, type Message, openLines } from './lines.ts';
import { openPlace, type Place } from './place.ts';

// Whoever asks to be told hears every few seconds that a call still waits for a person, and nothing once it is answered.

const WAITING = 'awaiting-confirmation';
const TOKEN = 'a token of the client';
const LAUNCH_KEY = 'COUNTERSIGN_APPROVER_KEY';

async function open(): Promise<Place> {
  const place = await openPlace({ accounts: { more: { confirmation: { waitSeconds: 1 } } } });
  onTestFinished(() => place.close());
  return place;
}

/** A server that waits for people as long as others, and tells it fifty times as often. */
async function connected(place: Place, { env, ...options }: LinesOptions): Promise<Lines> {
  return await openLines(place, { ...options, env: { ...env, ...(await hurried(place)) } });
}

function call(lines: Lines, era: Era, name: string, args: object, meta: object = { progressToken: TOKEN }) {
  const known = era === 'modern' ? envelopeOf('by hand', {})._meta : {};
  return lines.request('tools/call', { name, arguments: args, _meta: { ...known, ...meta } });
}

const isProgress = ({ method }: Message) => method === 'notifications/progress';

/** Calls a tool, waits as long again after its answer, and checks what was told. @returns the answer */
async function told(lines: Lines, era: Era, name: string, args: object, where: RegExp) {
  const before = lines.output.length;
  const called = await call(lines, era, name, args);
  const answer = answerIn(called);
  expect(answer).toMatchObject({ isError: false, status: WAITING });
  await call(lines, era, 'get_decision', { decision: answer.structured['decision'], waitSeconds: 1 }, {});
  const messages = lines.output.slice(before).map((line) => JSON.parse(line) as Message);
  const end = messages.findIndex(({ id, method }) => id === called.id && method === undefined);
  const progress = messages.filter(isProgress).map(({ params }) => params);
  expect(messages.slice(end).filter(isProgress)).toEqual([]);
  expect(progress.length).toBeGreaterThan(2);
  const values = progress.map((params) => Number(params?.['progress']));
  expect(values).toEqual([...new Set(values)].toSorted((a, b) => a - b));
  for (const params of progress) {
    expect(params).toMatchObject({ progressToken: TOKEN, message: expect.stringMatching(where) });
  }
  return answer;
}

test('legacy era: while a person has the form before them', async () => {
  const place = await open();
  const lines = await connected(place, { era: 'legacy' });
  const { reference } = place.arrival('admin-by-request');
  await told(lines, 'legacy', 'approve_request', { requests: [reference] }, /^Waiting for a person .* client/);
  expect(await lines.end()).toBe(0);
  expect(lines.errors()).toBe('');
});

describe.each(ERAS)('%s era', (era: Era) => {
  test('while a person is asked in the editor', async () => {
    const place = await open();
    const editor = await openEditor(place);
    const lines = await connected(place, { era, env: { [LAUNCH_KEY]: editor.key.publicKey.text } });
    const { reference } = place.arrival('admin-by-request');
    await told(lines, era, 'approve_request', { requests: [reference] }, /^Waiting for a person .* in the editor/);
    expect(await lines.end()).toBe(0);
    expect(lines.errors()).toBe('');
  });

  test('while get_decision waits; one that asks for no telling hears none', async () => {
    const place = await open();
    const lines = await connected(place, { era, capabilities: {} });
    const { reference } = place.arrival('admin-by-request');
    const proposal = answerIn(await call(lines, era, 'approve_request', { requests: [reference] }, {}));
    const { decision } = proposal.structured;
    await call(lines, era, 'get_decision', { decision, waitSeconds: 1 }, {});
    expect(lines.output.map((line) => JSON.parse(line) as Message).filter(isProgress)).toEqual([]);
    await told(lines, era, 'get_decision', { decision, waitSeconds: 1 }, /^Waiting for a person .* at a terminal/);
    expect(await lines.end()).toBe(0);
    expect(lines.errors()).toBe('');
  });
});

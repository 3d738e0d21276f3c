import type { Vendor } from '@countersign/shared/sandbox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Connection, connect, ERAS, type Era, type Question, type Reply } from './client.ts';
import { openPlace, type Place } from './place.ts';

const WRITES: readonly (readonly [title: string, vendor: Vendor, tool: string, options: object])[] = [
  ['ThreatLocker, approve', 'threatlocker', 'approve_request', {}],
  ['ThreatLocker, deny', 'threatlocker', 'deny_request', { reason: 'Not needed.' }],
  ['ThreatLocker, take ownership', 'threatlocker', 'take_ownership', {}],
  ['Admin By Request, approve', 'admin-by-request', 'approve_request', {}],
  ['Admin By Request, deny', 'admin-by-request', 'deny_request', { reason: 'Not needed.' }],
];

const otherVerb = ({ text }: Question) =>
  text.startsWith('approve') ? text.replace('approve', 'deny') : text.replace(/^(?:deny|take-ownership)/, 'approve');

const NOT_THE_TEXT = /not the text that was asked for/;

const NO_CONFIRMATIONS: readonly (readonly [
  title: string,
  reply: (question: Question) => Reply,
  status: string,
  says: RegExp,
])[] = [
  [
    'declines',
    () => ({ action: 'decline' }),
    'declined',
    /rejected the proposal; the request is neither approved nor denied/,
  ],
  ['cancels', () => ({ action: 'cancel' }), 'refused', /closed without an answer/],
  [
    'declines with the right text',
    ({ text }) => ({ action: 'decline', content: { confirm: text } }),
    'declined',
    /rejected the proposal; the request is neither approved nor denied/,
  ],
  ['accepts without content', () => ({ action: 'accept' }), 'refused', NOT_THE_TEXT],
  ['accepts an empty form', () => ({ action: 'accept', content: {} }), 'refused', NOT_THE_TEXT],
  ['accepts an empty text', () => ({ action: 'accept', content: { confirm: '' } }), 'refused', NOT_THE_TEXT],
  [
    'puts the text in another field',
    ({ text }) => ({ action: 'accept', content: { answer: text } }),
    'refused',
    NOT_THE_TEXT,
  ],
  ['types another word', () => ({ action: 'accept', content: { confirm: 'yes' } }), 'refused', NOT_THE_TEXT],
  ['types true', () => ({ action: 'accept', content: { confirm: true } }), 'refused', NOT_THE_TEXT],
  ['types a list', ({ text }) => ({ action: 'accept', content: { confirm: [text] } }), 'refused', NOT_THE_TEXT],
  [
    'types the other verb',
    (question) => ({ action: 'accept', content: { confirm: otherVerb(question) } }),
    'refused',
    NOT_THE_TEXT,
  ],
  [
    'types in capitals',
    ({ text }) => ({ action: 'accept', content: { confirm: text.toUpperCase() } }),
    'refused',
    NOT_THE_TEXT,
  ],
  [
    'sends a field that was not asked for',
    ({ text }) => ({ action: 'accept', content: { confirm: text, approved: true } }),
    'refused',
    NOT_THE_TEXT,
  ],
];

describe.each(ERAS)('%s era', (era: Era) => {
  let place: Place;
  let connection: Connection;
  beforeAll(async () => {
    place = await openPlace({ lanes: 8 });
    connection = await connect(place, { era });
  });
  afterAll(async () => {
    await connection.close();
    await place.close();
    expect(place.sandbox.record).toEqual([]);
    expect(connection.noise()).toBe('');
  });

  describe.each(WRITES)('%s: nothing is written when the person', (_title, vendor, tool, options) => {
    test.each(NO_CONFIRMATIONS)('%s', async (_what, reply, status, says) => {
      const { id, reference } = place.arrival(vendor);
      const before = connection.asked();
      const answer = await connection.call(tool, { requests: [reference], ...options }, reply);
      expect(connection.asked()).toBe(before + 1);
      expect(answer).toMatchObject({ isError: false, structured: { status } });
      expect(answer.text).toMatch(says);
      expect(answer.text).toMatch(/Nothing was sent/);
      expect(place.writesOn(id)).toEqual([]);
    });
  });
});

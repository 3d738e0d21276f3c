import type { Vendor } from '@countersign/shared/sandbox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Connection, connect, ERAS, type Era, type Question, typed } from './client.ts';
import { type Clock, clockOf } from './clock.ts';
import { answerIn, type Lines, openLines } from './lines.ts';
import { openPlace, type Place } from './place.ts';

const WRITES: readonly (readonly [title: string, vendor: Vendor, tool: string, options: object])[] = [
  ['ThreatLocker, approve', 'threatlocker', 'approve_request', {}],
  ['ThreatLocker, deny', 'threatlocker', 'deny_request', { reason: 'Not needed.' }],
  ['ThreatLocker, take ownership', 'threatlocker', 'take_ownership', {}],
  ['Admin By Request, approve', 'admin-by-request', 'approve_request', {}],
  ['Admin By Request, deny', 'admin-by-request', 'deny_request', { reason: 'Not needed.' }],
];
const HOUR = 3_600_000;

interface Meanwhile {
  readonly place: Place;
  readonly clock: Clock;
  readonly vendor: Vendor;
  readonly id: string;
}

/** What happens after the question was asked and before its right answer arrives. */
const MEANWHILE: readonly (readonly [
  title: string,
  happens: (world: Meanwhile) => void | Promise<void>,
  status: string,
  says: RegExp,
])[] = [
  [
    'the reason changed',
    ({ place, vendor, id }) =>
      place.sandbox.change(vendor, id, (request) => {
        request.reason = 'Another reason.';
      }),
    'refused',
    /the reason changed/,
  ],
  [
    'a rival approved it',
    ({ place, vendor, id }) => place.sandbox.rivalDecides(vendor, id, 'approve'),
    'already-handled',
    /Rival/,
  ],
  [
    'a rival denied it',
    ({ place, vendor, id }) => place.sandbox.rivalDecides(vendor, id, 'deny'),
    'already-handled',
    /Rival/,
  ],
  [
    'the request is gone',
    ({ place, vendor, id }) => place.sandbox.remove(vendor, id),
    'not-applied',
    /could not be read/,
  ],
  ['the plan expired', ({ clock }) => clock.shift(HOUR), 'expired', /too late/],
  ['the clock went back', ({ clock }) => clock.shift(-HOUR), 'refused', /clock went back/],
  [
    'the plan expires while the request is read again',
    ({ place, clock }) => {
      place.sandbox.faults.add({ times: 1, do: { kind: 'meanwhile', run: () => clock.shift(HOUR) } });
    },
    'expired',
    /run out meanwhile/,
  ],
  [
    'the token is no longer good',
    ({ place }) => {
      place.sandbox.faults.add({ do: { kind: 'status', status: 401, body: { message: 'Unauthorized' } } });
    },
    'not-applied',
    /could not be read again/,
  ],
  [
    'the settings changed',
    ({ place }) => place.settings({ more: { confirmation: { expiresMinutes: 20 } } }),
    'refused',
    /settings changed/,
  ],
  [
    'the account points elsewhere',
    ({ place }) =>
      place.settings({
        threatLocker: { organizationId: place.sandbox.threatLocker.organizations.contoso },
        adminByRequest: { endpoint: place.sandbox.threatLocker.url },
      }),
    'refused',
    /settings changed/,
  ],
  [
    'the account was closed to assistants',
    ({ place }) => place.settings({ threatLocker: { assistants: 'none' }, adminByRequest: { assistants: 'none' } }),
    'refused',
    /settings changed/,
  ],
  [
    'the account is gone',
    ({ place }) => place.settings({ threatLocker: { id: 'other' }, adminByRequest: { id: 'other-abr' } }),
    'refused',
    /no longer in the accounts file/,
  ],
];

describe.each(ERAS)('%s era', (era: Era) => {
  let place: Place;
  let clock: Clock;
  let connection: Connection;
  beforeAll(async () => {
    place = await openPlace({ lanes: 8 });
    clock = await clockOf(place);
    connection = await connect(place, { era, env: clock.env });
  });
  afterAll(async () => {
    await connection.close();
    await place.close();
    expect(place.sandbox.record).toEqual([]);
    expect(connection.noise()).toBe('');
  });

  describe.each(WRITES)('%s: nothing is written when meanwhile', (_title, vendor, tool, options) => {
    test.each(MEANWHILE)('%s', async (_what, happens, status, says) => {
      const { id, reference } = place.arrival(vendor);
      const answering = async (question: Question) => {
        await happens({ place, clock, vendor, id });
        return typed(question);
      };
      try {
        const answer = await connection.call(tool, { requests: [reference], ...options }, answering);
        expect(answer).toMatchObject({ isError: false, structured: { status } });
        expect(answer.text).toMatch(says);
        expect(answer.text).toMatch(/Nothing was sent/);
        expect(place.writesOn(id)).toEqual([]);
      } finally {
        place.sandbox.faults.clear();
        await clock.reset();
        await place.settings({});
      }
    });
  });

  test('the settings can no longer be read: the answer names what is wrong, and nothing is written', async () => {
    const { id, reference } = place.arrival('threatlocker');
    const answering = async (question: Question) => {
      await place.settingsText('{ "accounts": ');
      return typed(question);
    };
    try {
      const answer = await connection.call('approve_request', { requests: [reference] }, answering);
      expect(answer.text).toMatch(/accounts\.json: this is not JSON/);
      expect(answer.text).toMatch(/Nothing was sent/);
      expect(place.writesOn(id)).toEqual([]);
    } finally {
      await place.settings({});
    }
  });
});

describe.each(ERAS)('%s era: the client goes away', (era: Era) => {
  let place: Place;
  let lines: Lines;
  beforeAll(async () => {
    place = await openPlace();
  });
  afterAll(async () => {
    await place.close();
    expect(place.sandbox.record).toEqual([]);
  });

  test.each(['end', 'vanish'] as const)('while its person is asked (%s): nothing is written', async (way) => {
    lines = await openLines(place, { era });
    const { reference } = place.arrival('threatlocker');
    await lines.ask('approve_request', { requests: [reference] });
    expect(await lines[way]()).toBe(0);
    expect(lines.errors()).toBe('');
  });

  test('while the server still plans: nothing is written', async () => {
    lines = await openLines(place, { era });
    const { reference } = place.arrival('threatlocker');
    const asked = new Promise<void>((resolve) => {
      place.sandbox.faults.add({ times: 1, do: { kind: 'meanwhile', run: resolve } });
    });
    lines.ask('approve_request', { requests: [reference] }).catch(() => undefined);
    await asked;
    expect(await lines.vanish()).toBe(0);
    expect(lines.errors()).toBe('');
  });
});

describe('legacy era: a call that is cancelled', () => {
  test('takes its question with it, and a late answer confirms nothing', async () => {
    const place = await openPlace();
    const lines = await openLines(place, { era: 'legacy' });
    const { reference } = place.arrival('threatlocker');
    const asked = await lines.ask('approve_request', { requests: [reference] });
    const notification = { method: 'notifications/cancelled', params: { requestId: lines.lastId() } };
    lines.write(JSON.stringify({ jsonrpc: '2.0', ...notification }));
    asked.answer({ action: 'accept', content: { confirm: asked.text } }).catch(() => undefined);
    // Nobody declined, so the same client may ask anew.
    const again = await lines.ask('approve_request', { requests: [reference] });
    expect(answerIn(await again.answer({ action: 'decline' }))).toMatchObject({ status: 'declined' });
    expect(await lines.end()).toBe(0);
    await place.close();
    expect(place.sandbox.record).toEqual([]);
  });
});

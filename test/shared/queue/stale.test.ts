import type { ApprovalRequest } from '@countersign/shared/approval';
import { readSources, requestsIn, type Source } from '@countersign/shared/queue';
import type { Vendor } from '@countersign/shared/sandbox';
import { describe, expect, test } from 'vitest';
import { hostileCorpus } from '../../hostile-corpus.ts';
import { TOKEN_VARIABLE } from '../../support/world.ts';
import { NOON } from '../ledger/plan.ts';
import {
  type AccountsChange,
  brokenLedger,
  DAY,
  FORMAT,
  fullLedger,
  headed,
  MINUTE,
  openReadings,
  packed,
  type Readings,
} from './setup.ts';

const iso = (time: number) => new Date(time).toISOString();

/** What a snapshot leaves out. */
function withoutUnkept(request: ApprovalRequest): ApprovalRequest {
  return { ...request, requester: { ...request.requester, phone: null }, traceNo: null, decided: null, links: [] };
}

function requestsOf(source: Source | undefined): readonly ApprovalRequest[] {
  return source ? requestsIn([source]) : [];
}

describe('a queue that can no longer be read', () => {
  test('is stale: what was read last, when, and why it could not be read now', async () => {
    const readings = await openReadings();
    const before = await readings.read();
    readings.clock.now += 14 * MINUTE;
    readings.breakDown();
    const after = await readings.read();
    expect(after.map(({ account, state }) => `${account} ${state}`)).toEqual(['acme stale', 'acme-abr stale']);
    for (const [index, source] of after.entries()) {
      expect(source).toMatchObject({ at: iso(NOON), error: { kind: 'server', message: expect.stringMatching(/./) } });
      expect(requestsOf(source)).toEqual(requestsOf(before[index]).map(withoutUnkept));
    }
    expect(requestsIn(after)).toHaveLength(27);
  });

  test('keeps its notes', async () => {
    const readings = await openReadings({ threatLocker: { escalatedStatuses: 'refused' } });
    await readings.read();
    readings.breakDown();
    expect(await readings.acme()).toMatchObject({
      state: 'stale',
      notes: [/13/, /17/].map((code) => expect.stringMatching(code)),
    });
  });

  test('with nothing ever read it is failed, and has no requests', async () => {
    const readings = await openReadings();
    readings.breakDown();
    for (const source of await readings.read()) {
      expect(source.state).toBe('failed');
      expect(source).not.toHaveProperty('requests');
    }
  });

  test('an empty queue that was read is stale too, and not ready', async () => {
    const readings = await openReadings({ population: 'empty' });
    await readings.read();
    readings.breakDown();
    expect(await readings.acme()).toMatchObject({ state: 'stale', requests: [] });
  });

  test('what others wrote comes back letter by letter, and so do codes that we have no word for', async () => {
    const readings = await openReadings({ population: 'empty' });
    for (const { text } of hostileCorpus) readings.sandbox.arrive({ vendor: 'threatlocker', reason: text });
    const odd = readings.sandbox.arrive({ vendor: 'threatlocker' });
    readings.sandbox.change('threatlocker', odd, (request) => Object.assign(request, { osType: 99 }));
    const ready = await readings.acme();
    expect(requestsOf(ready).map(({ computer }) => computer.os)).toContain('other(99)');
    readings.breakDown();
    const stale = await readings.acme();
    expect(stale.state).toBe('stale');
    expect(requestsOf(stale)).toEqual(requestsOf(ready).map(withoutUnkept));
  });

  test('each reading that succeeds takes the place of the one before', async () => {
    const readings = await openReadings({ population: 'empty' });
    await readings.read();
    const id = readings.sandbox.arrive({ vendor: 'threatlocker' });
    readings.clock.now += 1;
    expect(await readings.acme()).toMatchObject({ state: 'ready' });
    readings.breakDown();
    expect(await readings.acme()).toMatchObject({ at: iso(NOON + 1), requests: [{ reference: `acme/${id}` }] });
    readings.sandbox.faults.clear();
    expect(await readings.acme()).toMatchObject({ state: 'ready' });
  });

  test('one that broke off half-way keeps nothing: the whole one before it stays', async () => {
    const readings = await openReadings({ population: { threatLocker: 250, adminByRequest: 0 } });
    const whole = requestsOf(await readings.acme());
    readings.clock.now += MINUTE;
    for (let number = 0; number < 10; number += 1) readings.sandbox.arrive({ vendor: 'threatlocker' });
    readings.sandbox.faults.add({ after: 1, do: { kind: 'truncatedJson' } });
    const stale = await readings.acme();
    expect(stale).toMatchObject({ state: 'stale', at: iso(NOON) });
    expect(requestsOf(stale)).toEqual(whole.map(withoutUnkept));
  });
});

describe('the first picture', () => {
  test('is what was last read, stale and without an error; nobody is asked, and no secret is fetched', async () => {
    const readings = await openReadings();
    await readings.read();
    const { length } = readings.sandbox.calls;
    const entries = readings.entries(
      {},
      {
        get [TOKEN_VARIABLE](): string {
          throw new Error('the secret was fetched');
        },
      },
    );
    const known = await readings.lastKnown(entries);
    expect(known).toMatchObject([
      { account: 'acme', state: 'stale', at: iso(NOON), error: null, notes: [] },
      { account: 'acme-abr', state: 'stale', at: iso(NOON), error: null },
    ]);
    expect(requestsIn(known)).toHaveLength(27);
    expect(readings.sandbox.calls).toHaveLength(length);
  });

  test('has no account of which nothing is known', async () => {
    const readings = await openReadings();
    readings.sandbox.faults.add({ when: { vendor: 'admin-by-request' }, do: { kind: 'status', status: 503 } });
    await readings.read();
    expect((await readings.lastKnown()).map(({ account }) => account)).toEqual(['acme']);
  });
});

describe('an account that points elsewhere never shows what was read before', () => {
  const MOVED: readonly (readonly [string, (readings: Readings) => AccountsChange])[] = [
    [
      'another organization',
      ({ sandbox }) => ({ threatLocker: { organizationId: sandbox.threatLocker.organizations.contoso } }),
    ],
    ['another host', ({ sandbox }) => ({ threatLocker: { endpoint: sandbox.adminByRequest.url } })],
    ['the organization alone, without those below it', () => ({ threatLocker: { includeChildOrganizations: false } })],
    ['a secret from another place', () => ({ threatLocker: { apiToken: { env: 'ANOTHER_TOKEN' } } })],
    ['another id', () => ({ threatLocker: { id: 'other' } })],
  ];

  test.each(MOVED)('%s', async (_name, change) => {
    const readings = await openReadings();
    await readings.read();
    readings.breakDown();
    const moved = readings.entries(change(readings), { ANOTHER_TOKEN: readings.sandbox.threatLocker.token });
    expect((await readings.read(moved)).map(({ state }) => state)).toEqual(['failed', 'stale']);
    expect((await readings.lastKnown(moved)).map(({ account }) => account)).toEqual(['acme-abr']);
    // Back again, it is the same tenant as before.
    expect(await readings.acme()).toMatchObject({ state: 'stale' });
  });

  test('what is the same for the queue leaves it: label, channels, what assistants may', async () => {
    const readings = await openReadings();
    await readings.read();
    readings.breakDown();
    const renamed = readings.entries({ threatLocker: { label: 'Acme', channels: ['terminal'], assistants: 'read' } });
    expect(await readings.acme(renamed)).toMatchObject({ state: 'stale' });
  });
});

describe('whom the vendor refuses the queue is not shown an older one', () => {
  const REFUSALS: readonly (readonly [string, Vendor, number, object, Source['state']])[] = [
    ['a token that was revoked', 'threatlocker', 403, { error: 'TOKEN_REVOKED' }, 'signed-out'],
    ['a role that was taken away', 'threatlocker', 403, {}, 'failed'],
    ['a key that is no longer known', 'admin-by-request', 401, {}, 'signed-out'],
  ];

  test.each(REFUSALS)('%s: neither now, nor when it fails later, nor as a first picture', async (...refusal) => {
    const [, vendor, status, body, state] = refusal;
    const readings = await openReadings();
    await readings.read();
    const index = vendor === 'threatlocker' ? 0 : 1;
    const entry = readings.entries().slice(index, index + 1);
    readings.sandbox.faults.add({ when: { vendor }, do: { kind: 'status', status, body } });
    const [refused] = await readings.read(entry);
    expect(refused).toMatchObject({ state });
    expect(refused).not.toHaveProperty('requests');
    readings.sandbox.faults.clear();
    readings.breakDown();
    expect(await readings.read(entry)).toMatchObject([{ state: 'failed' }]);
    expect(await readings.lastKnown(entry)).toEqual([]);
  });

  test('a secret that is missing here shows nothing, but takes nothing from those who have it', async () => {
    const readings = await openReadings();
    await readings.read();
    const without = await readings.acme(readings.entries({}, { [TOKEN_VARIABLE]: undefined }));
    expect(without).toMatchObject({ state: 'signed-out' });
    expect(without).not.toHaveProperty('requests');
    readings.breakDown();
    expect(await readings.acme()).toMatchObject({ state: 'stale' });
  });
});

describe('what is kept', () => {
  test('holds no secret, and no phone number, also where a vendor sends back what it was sent', async () => {
    const readings = await openReadings();
    const { token } = readings.sandbox.threatLocker;
    const { apiKey } = readings.sandbox.adminByRequest;
    readings.sandbox.arrive({ vendor: 'admin-by-request', reason: `mine: ${apiKey}` });
    const echoed = readings.sandbox.arrive({ vendor: 'threatlocker', reason: `mine: ${token}` });
    readings.sandbox.change('threatlocker', echoed, (request) => Object.assign(request, { reasonOnWire: 'plain' }));
    const ready = await readings.read();
    const phones = requestsIn(ready).flatMap(({ requester }) => requester.phone ?? []);
    expect(phones.length).toBeGreaterThan(0);
    readings.breakDown();
    const stale = JSON.stringify(await readings.lastKnown());
    const all = readings.bytes() + readings.kept() + stale;
    expect(stale.match(/mine: /g)).toHaveLength(2);
    for (const secret of [token, apiKey, ...phones]) expect(all.includes(secret), secret).toBe(false);
  });

  test('is not written again for a minute while nothing changed but the time', async () => {
    const readings = await openReadings({ population: 'empty' });
    const at = async () => (await readings.lastKnown()).map((source) => ('at' in source ? source.at : null));
    await readings.read();
    readings.clock.now = NOON + MINUTE - 1;
    await readings.read();
    expect(await at()).toEqual([iso(NOON), iso(NOON)]);
    readings.clock.now = NOON + MINUTE;
    await readings.read();
    expect(await at()).toEqual([iso(NOON + MINUTE), iso(NOON + MINUTE)]);
    readings.clock.now += 1;
    readings.sandbox.arrive({ vendor: 'threatlocker' });
    await readings.read();
    expect(await at()).toEqual([iso(NOON + MINUTE + 1), iso(NOON + MINUTE)]);
  });

  test('an older reading that ends later does not take the place of a newer one', async () => {
    const { sandbox, entries, clock, ledger, lastKnown } = await openReadings({ population: 'empty' });
    clock.now = NOON + MINUTE;
    const readBegunAt = (time: number) => readSources(entries(), () => time, { snapshots: ledger });
    await readBegunAt(NOON + MINUTE);
    sandbox.arrive({ vendor: 'threatlocker' });
    await readBegunAt(NOON);
    expect(await lastKnown()).toMatchObject([{ at: iso(NOON + MINUTE), requests: [] }, { at: iso(NOON + MINUTE) }]);
  });

  test('what was read while the clock was ahead is not shown, and gives way', async () => {
    const readings = await openReadings();
    readings.clock.now = NOON + 400 * DAY;
    await readings.read();
    readings.clock.now = NOON;
    expect(await readings.lastKnown()).toEqual([]);
    await readings.read();
    expect(await readings.lastKnown()).toMatchObject([{ at: iso(NOON) }, { at: iso(NOON) }]);
  });

  test('is gone after thirty days, also of an account that is no longer there', async () => {
    const readings = await openReadings();
    await readings.read();
    readings.clock.now = NOON + 30 * DAY;
    expect(await readings.lastKnown()).toHaveLength(2);
    readings.clock.now += 1;
    expect(await readings.lastKnown()).toEqual([]);
    await readings.read(readings.entries().slice(1));
    readings.clock.now = NOON;
    expect((await readings.lastKnown()).map(({ account }) => account)).not.toContain('acme');
  });

  test('a queue of thousands is kept whole', async () => {
    const readings = await openReadings({ population: { threatLocker: 2000, adminByRequest: 0 } });
    const ready = requestsOf(await readings.acme());
    readings.breakDown();
    const stale = requestsOf(await readings.acme());
    expect(stale).toHaveLength(2000);
    expect(stale).toEqual(ready.map(withoutUnkept));
  });
});

const KEPT =
  'assignee assigneeId comments computer computer.id computer.isServer computer.name computer.os kind mfaInPortal organization ' +
  'organization.id organization.name policy reason remotePresence requestedAt requestedAtZone requester ' +
  'requester.account requester.email requester.isAdministrator requester.name status subject subject.certificates ' +
  'subject.createdBy subject.name subject.path subject.preapproved subject.process subject.product subject.scan ' +
  'subject.scan.engines subject.scan.threat subject.scan.verdict subject.sha256 subject.size subject.vendor ' +
  'subject.vendorHash subject.version ticket tiers unapprovable vendorId vendorKind';

/** Names of all members, those of members with a dot. */
function membersOf(value: unknown, before = ''): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => [before + key, ...membersOf(member, `${before}${key}.`)]);
}

describe('a snapshot that is damaged or of another shape is none: failed, never empty, never thrown', () => {
  const changed = (content: string, at: number) =>
    `${content.slice(0, at)}${content[at] === 'a' ? 'b' : 'a'}${content.slice(at + 1)}`;
  const DAMAGES: readonly (readonly [string, (content: string, kept: string) => string])[] = [
    ['nothing at all', () => ''],
    ['no base64', () => '<html>'],
    ['unpacked JSON', (_content, kept) => kept],
    ['cut off', (content) => content.slice(0, content.length / 2)],
    ['a letter changed', (content) => changed(content, 200)],
    ['a letter of its digest changed', (content) => changed(content, 20)],
    ['without its digest', (content) => content.split(' ')[2] ?? ''],
    ['nothing that can be unpacked, with its digest', () => headed(Buffer.from('<html>').toString('base64'))],
    ['less than any packing takes, with its digest', () => headed(Buffer.from('ab').toString('base64'))],
    ['nothing, with its digest', () => headed('')],
    ['of an older format', (_content, kept) => packed(kept, FORMAT - 1)],
    ['of a newer format', (_content, kept) => packed(kept, FORMAT + 1)],
  ];

  test('what is kept of a request; another shape needs another FORMAT', async () => {
    const readings = await openReadings();
    await readings.read();
    const [request] = readings.keptRequests();
    expect(
      membersOf(request)
        .filter((name) => !name.startsWith('tiers.'))
        .toSorted()
        .join(' '),
    ).toBe(KEPT);
  });

  test.each(DAMAGES)('%s', async (_name, damage) => {
    const readings = await openReadings();
    await readings.read();
    const kept = readings.kept();
    readings.tamper('requests', (content) => damage(content, kept));
    readings.breakDown();
    const source = await readings.acme();
    expect(source.state).toBe('failed');
    expect(source).not.toHaveProperty('requests');
    expect((await readings.lastKnown()).map(({ account }) => account)).toEqual(['acme-abr']);
  });

  test.each(['', 'yesterday', '2026-11-20T99:00:00.000Z'])('a time that is none: "%s"', async (at) => {
    const readings = await openReadings();
    await readings.read();
    readings.tamper('at', () => at);
    readings.breakDown();
    expect(await readings.acme()).toMatchObject({ state: 'failed' });
  });

  test('and the next reading takes its place', async () => {
    const readings = await openReadings();
    await readings.read();
    readings.tamper('requests', () => 'damaged');
    readings.clock.now += 1;
    await readings.read();
    readings.breakDown();
    expect(await readings.acme()).toMatchObject({ state: 'stale', at: iso(NOON + 1) });
  });

  test('a request belongs to the account that asks, whatever was written into its snapshot', async () => {
    const readings = await openReadings();
    await readings.read();
    const requests = readings.keptRequests().slice(0, 1);
    readings.tamper('requests', () => packed(`${JSON.stringify({ requests })}\n`));
    readings.breakDown();
    expect(readings.kept()).not.toContain('acme');
    expect(requestsOf(await readings.acme())).toMatchObject([{ account: 'acme', provider: 'threatlocker' }]);
  });
});

describe('a ledger that fails costs the snapshot, never the reading', () => {
  test.each([
    ['no room on the disk', fullLedger],
    ['a table that is gone', brokenLedger],
    ['no ledger', () => null],
  ])('%s', async (_name, open) => {
    const population = { threatLocker: 50, adminByRequest: 50 };
    const { sandbox, entries, clock, breakDown } = await openReadings({ population });
    const snapshots = open();
    const read = () => readSources(entries(), () => clock.now, { snapshots });
    expect((await read()).map(({ state }) => state)).toEqual(['ready', 'ready']);
    breakDown();
    expect((await read()).map(({ state }) => state)).toEqual(['failed', 'failed']);
    sandbox.faults.clear();
    sandbox.faults.add({ do: { kind: 'status', status: 401 } });
    expect((await read()).map(({ state }) => state)).toEqual(['signed-out', 'signed-out']);
  });
});

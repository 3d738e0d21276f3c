import type { ApprovalRequest } from '@countersign/shared/approval';
import { expect, test } from 'vitest';
import { example, LIST, pendingOnly, seedPortal } from './seed-portal.ts';
import { providerAt } from './setup.ts';

type Members = Readonly<Record<string, unknown>>;
const [sample] = example<readonly (Members & { threatLockerActionDto: Members })[]>('list.response');

async function read(members: Members, action: Members = {}): Promise<ApprovalRequest> {
  const row = { ...sample, ...members, threatLockerActionDto: { ...sample?.threatLockerActionDto, ...action } };
  const { origin } = await seedPortal({ [LIST]: pendingOnly([row]) });
  const [request] = (await providerAt(origin).list()).requests;
  if (!request) throw new Error('not listed');
  return request;
}

test.each([
  ['execute', 'application'],
  ['install', 'application'],
  ['Elevate', 'elevation'],
  ['read', 'storage'],
  ['write', 'storage'],
  ['network', 'network'],
  ['baseline', 'unknown'],
  ['', 'unknown'],
  [null, 'unknown'],
  [5, 'unknown'],
])('the action %j makes a request of the kind %s', async (actionType, kind) => {
  expect((await read({}, { actionType })).kind).toBe(kind);
});

test.each([
  [1, 'windows'],
  [2, 'macos'],
  [3, 'linux'],
  [5, 'windows'],
  [7, 'linux'],
  [0, 'other(0)'],
  [9, 'other(9)'],
  ['1', null],
  [null, null],
])('osType %j is %s', async (osType, os) => {
  expect((await read({}, { osType })).computer.os).toBe(os);
});

test.each([
  ['2026-11-20T08:15:30Z', '2026-11-20T08:15:30.000Z'],
  ['2026-11-20T08:15:30', '2026-11-20T08:15:30.000Z'],
  ['2026-11-20T08:15:30.1234567', '2026-11-20T08:15:30.123Z'],
  ['2026-11-20T09:15:30+01:00', '2026-11-20T08:15:30.000Z'],
  ['0001-01-01T00:00:00', null],
  ['yesterday', null],
  [1763626530000, null],
  [null, null],
])('the time %j is read as UTC: %s', async (dateTime, instant) => {
  expect((await read({ dateTime })).requestedAt).toBe(instant);
});

test.each([
  [true, true, null],
  [false, false, null],
  [null, null, null],
  ['true', null, null],
  [1, null, null],
  [true, true, 0],
  [true, true, 1],
  [true, true, 2],
  [true, true, true],
  [true, true, false],
  [true, true, 'x'],
])('validCert %j is valid %j, with digestmismatch %j', async (validCert, valid, digestmismatch) => {
  const { certificates } = (await read({}, { certs: [{ sha: 'ab', subject: 'CN=x', validCert, digestmismatch }] }))
    .subject;
  const mismatch = typeof digestmismatch === 'string' || digestmismatch === null ? null : Boolean(digestmismatch);
  expect(certificates).toEqual([{ sha: 'ab', subject: 'CN=x', valid, digestMismatch: mismatch }]);
});

test('no list of certificates is not an empty one, and an entry that can not be read is not none', async () => {
  const unknown = { sha: null, subject: null, valid: null, digestMismatch: null };
  expect((await read({}, { certs: [] })).subject.certificates).toEqual([]);
  for (const certs of [null, undefined, '', {}, 5]) {
    expect((await read({}, { certs })).subject.certificates).toBeNull();
  }
  expect((await read({}, { certs: ['x', null, {}] })).subject.certificates).toEqual([unknown, unknown, unknown]);
});

test('what is read besides: tiers, the second factor, the assignee, remote presence, ticket, comments', async () => {
  const request = await read(
    {
      pendingTierLevel: 2,
      approvedByTierLevel: 1,
      showMfaChallenge: true,
      isAssigned: true,
      assigneeUserId: '7d9f3c52-50f0-4d1e-8d7e-2b8b0f6a1c11',
      ticketId: '48213',
      comments: 'Dana will call back.',
      requestorEmailAddress: 'lena@contoso.example',
    },
    { remotePresence: true },
  );
  expect(request).toMatchObject({
    tiers: { pending: 2, approved: 1 },
    mfaInPortal: true,
    assignee: '7d9f3c52-50f0-4d1e-8d7e-2b8b0f6a1c11',
    ticket: '48213',
    comments: 'Dana will call back.',
    remotePresence: true,
    requester: { email: 'lena@contoso.example' },
  });
  expect((await read({ assigneeUsername: 'robin', isAssigned: true })).assignee).toBe('robin');
  expect((await read({ pendingTierLevel: null })).tiers).toBeNull();
});

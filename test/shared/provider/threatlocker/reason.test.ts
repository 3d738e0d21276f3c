import { expect, test } from 'vitest';
import { BY_ID, example, LIST, pendingOnly, SEED, seedPortal } from './seed-portal.ts';
import { providerAt } from './setup.ts';

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

async function reasonOf(requestorReason: unknown): Promise<string | null> {
  const [sample] = example<readonly object[]>('list.response');
  const row = { ...sample, requestorReason };
  const { origin } = await seedPortal({ [LIST]: pendingOnly([row]), [BY_ID]: row });
  const acme = providerAt(origin);
  const { requests } = await acme.list();
  const { request } = await acme.get(SEED.request);
  expect(request.reason).toBe(requests[0]?.reason);
  return request.reason;
}

test.each([
  'I need it for the label printer.',
  'Ich brauche es für die Etiketten – dringend ✅',
  '画面を並べたい',
  '👩‍💻🚀',
  'two\r\nlines\tand a tab',
  'x',
  'a/b+c==',
])('a reason in base64 is decoded: %j', async (reason) => {
  expect(await reasonOf(base64(reason))).toBe(reason);
});

test.each([
  'Test',
  // These are sound base64 of readable text, or of control characters.
  'file',
  'asap',
  'edit',
  'Acme',
  'ASAP',
  'BANK',
  'help',
  'need',
  'Need it now!',
  'Notes123',
  'aaaa',
  'ABCD',
  'abcdefgh',
  'VPN4',
  'install1',
  'deadbeef',
])('plain text that looks like base64 is left as it is: %j', async (reason) => {
  expect(await reasonOf(reason)).toBe(reason);
});

test.each([
  ['a letter short', base64('I need it.').slice(0, -1)],
  ['not UTF-8', Buffer.from([0xff, 0xfe, 0x41]).toString('base64')],
  ['half a character', Buffer.from('✅').subarray(0, 2).toString('base64')],
  ['bits left over', 'QUJDRB=='],
  ['the alphabet of URLs', 'SSBuZWVkIGl0_w=='],
  ['a line break within', `${base64('I need it for work')}\n${base64('x')}`],
])('base64 that is broken is shown as it came: %s', async (_what, reason) => {
  expect(await reasonOf(reason)).toBe(reason);
});

test.each([null, '', '   ', 5, {}, ['x'], true])('%j is no reason', async (reason) => {
  expect(await reasonOf(reason)).toBeNull();
});

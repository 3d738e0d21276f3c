import { findingsOf, type TriageContext } from '@countersign/shared/triage';
import { expect, test } from 'vitest';
import { contextOf, requestOf } from './request.ts';

const foundOf = (given: Parameters<typeof requestOf>[0]['request'], more: Partial<TriageContext>) =>
  findingsOf(requestOf({ request: given }), { ...contextOf({}), ...more });
const idsOf = (...given: Parameters<typeof foundOf>) => foundOf(...given).map(({ id }) => id);
const signedBy = (subject: string, valid = true) =>
  ({ os: 'windows', path: 'C:\\Tools\\a.exe', signer: { subject, valid } }) as const;

test('a signer is new where enough was approved from here, and nothing of theirs', () => {
  const familiarity = (ofSigner: number, ofAll: number) => ({ approvedFrom: { ofSigner, ofAll } });
  expect(idsOf(signedBy('CN=New'), familiarity(0, 10))).toContain('new-signer');
  expect(idsOf(signedBy('CN=New'), familiarity(1, 10))).not.toContain('new-signer');
  expect(idsOf(signedBy('CN=New'), familiarity(0, 9))).not.toContain('new-signer');
  expect(idsOf(signedBy('CN=New', false), familiarity(0, 10))).not.toContain('new-signer');
  expect(idsOf(signedBy('CN=New'), {})).not.toContain('new-signer');
});

test.each([
  [true, 'The same file was approved before.'],
  [false, 'A file that is told by its path and publisher alone, so that its content may differ, was approved before.'],
])('a decision on the same file is told by what tells the file (by a hash: %s)', (isSameContent, message) => {
  const earlier = [{ isSameContent, verdict: 'approved', at: '2026-11-01T09:00:00.000Z', by: 'Kim' }] as const;
  const found = foundOf(signedBy('CN=New'), { earlier });
  expect(found.find(({ id }) => id === 'decided-before')?.message).toBe(message);
});

test('the last of several counts, and how many there were is said', () => {
  const [at, by] = [null, null];
  const earlier = [
    { isSameContent: true, verdict: 'denied', at, by },
    { isSameContent: true, verdict: 'approved', at, by },
  ] as const;
  const found = foundOf(signedBy('CN=New'), { earlier });
  expect(found.find(({ id }) => id === 'decided-before')?.message).toBe(
    'The same file was denied before, and decided 2 times in all.',
  );
});

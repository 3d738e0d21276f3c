import { findingsOf } from '@countersign/shared/triage';
import { expect, test } from 'vitest';
import { contextOf, requestOf } from './request.ts';

const idsOf = (given: Parameters<typeof requestOf>[0]['request'], more: object) =>
  findingsOf(requestOf({ request: given }), { ...contextOf({}), ...more }).map(({ id }) => id);
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

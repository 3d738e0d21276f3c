import { parseSettings } from '@countersign/shared/account';
import type { ApprovalRequest } from '@countersign/shared/approval';
import { createQueueTriage, type QueueTriage } from '@countersign/shared/queue';
import { expect, test } from 'vitest';
import { waiting } from './request.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const settingsWith = (more: object = {}) =>
  parseSettings(
    JSON.stringify({
      accounts: [{ id: 'acme', provider: 'admin-by-request', dataCenter: 'dc1', apiKey: { env: 'KEY' }, ...more }],
    }),
    'accounts.json',
  );
const settings = settingsWith();
const hash = (index: number) => index.toString(16).padStart(64, '0');
const queue = (count: number, change: (index: number) => Parameters<typeof waiting>[1] = () => ({})) =>
  Array.from({ length: count }, (_none, index) =>
    waiting(`acme/${index}`, {
      subject: { sha256: hash(index) },
      requester: { account: `ACME\\user-${index}` },
      ...change(index),
    }),
  );
const ids = (triage: QueueTriage, requests: readonly ApprovalRequest[], given = settings, now = NOW) =>
  findingsIn(triage, requests, given, now).map(([reference, found]) => [reference, ...found.map(({ id }) => id)]);

function findingsIn(triage: QueueTriage, requests: readonly ApprovalRequest[], given: typeof settings, now: number) {
  const found = triage.findings(requests, { now, settings: given });
  return requests.map(({ reference }) => [reference, found(reference) ?? []] as const);
}

test('a refresh looks at what changed alone, and finds what a first look would', () => {
  const triage = createQueueTriage();
  ids(triage, queue(500));
  expect(triage.looked).toBe(500);
  ids(triage, queue(500));
  expect(triage.looked).toBe(0);
  const changed = queue(500, (index) => (index < 10 ? { reason: null } : {}));
  expect(ids(triage, changed)).toEqual(ids(createQueueTriage(), changed));
  expect(triage.looked).toBe(10);
});

test('a change of any fact, however deep, is looked at', () => {
  const triage = createQueueTriage();
  const certificate = { subject: 'CN=Acme', sha: null, valid: true, digestMismatch: false };
  const withCertificate = (valid: boolean) => [
    waiting('acme/1', { subject: { certificates: [{ ...certificate, valid }] } }),
  ];
  expect(ids(triage, withCertificate(true)).flat()).not.toContain('certificate-invalid');
  expect(ids(triage, withCertificate(false)).flat()).toContain('certificate-invalid');
});

test('what comes or goes elsewhere in the queue counts: the same file, and how often somebody asks', () => {
  const triage = createQueueTriage();
  const [first, second, ...rest] = queue(6);
  if (!first || !second) throw new Error('no queue');
  ids(triage, [first, ...rest]);
  const same = { ...second, subject: { ...second.subject, sha256: first.subject.sha256 } };
  expect(ids(triage, [first, same, ...rest])[0]).toContain('same-file-elsewhere');
  const often = queue(6, () => ({ requester: { account: 'ACME\\often' } }));
  expect(ids(triage, often)[0]).toContain('asks-often');
  expect(ids(triage, often.slice(0, 4))[0]).not.toContain('asks-often');
});

test('what no longer waits is forgotten', () => {
  const triage = createQueueTriage();
  ids(triage, queue(10));
  ids(triage, queue(9));
  ids(triage, queue(10));
  expect(triage.looked).toBe(1);
});

test('another day and other settings count', () => {
  const triage = createQueueTriage();
  const asked = queue(1, () => ({ requester: { account: null, name: 'Kim', email: 'kim@acme.example' } }));
  expect(ids(triage, asked).flat()).not.toContain('self-approval');
  const own = settingsWith({ approverEmail: 'kim@acme.example' });
  expect(ids(triage, asked, own).flat()).toContain('self-approval');
  expect(ids(triage, asked).flat()).not.toContain('old-request');
  expect(ids(triage, asked, settings, NOW + 8 * 86_400_000).flat()).toContain('old-request');
});

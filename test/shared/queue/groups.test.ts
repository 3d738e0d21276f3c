import type { Finding, RequestReference, Severity } from '@countersign/shared/approval';
import { beginGroups, GROUPINGS, type Grouping, groupRequests } from '@countersign/shared/queue';
import { expect, test } from 'vitest';
import { waiting } from './request.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const HASH = 'a'.repeat(64);
const signed = (valid: boolean | null) => [{ subject: 'CN=Acme', sha: null, valid, digestMismatch: false }];
const findings = (severities: Readonly<Record<string, readonly Severity[]>>) => (reference: RequestReference) =>
  severities[reference]?.map(
    (severity): Finding => ({ id: 'unsigned', severity, fact: '', message: '', source: '' }),
  ) ?? null;
const groups = (requests: Parameters<typeof groupRequests>[0], by: Grouping, found = findings({})) =>
  groupRequests(requests, by, { now: NOW, findings: found });
const members = (...args: Parameters<typeof groups>) => groups(...args).map(({ requests }) => requests);

test('a file is told by SHA-256, else by the hash of one vendor, else by path and valid signer, and it is said by which', () => {
  const none = { sha256: null, vendorHash: null, certificates: null };
  const all = [
    waiting('acme/1', { subject: { sha256: HASH } }),
    waiting('other/2', { subject: { sha256: HASH, path: 'D:\\elsewhere.exe' } }),
    waiting('acme/3', { subject: { ...none, vendorHash: 'ff' } }),
    waiting('acme/4', { subject: { ...none, vendorHash: 'ff' } }),
    waiting('acme/5', { subject: { ...none, vendorHash: 'ff' }, provider: 'admin-by-request' }),
    waiting('acme/6', { subject: { ...none, certificates: signed(true) } }),
    waiting('acme/7', { subject: { ...none, path: 'c:\\PROGRAM FILES\\tool\\tool.exe', certificates: signed(true) } }),
  ];
  expect(groups(all, 'file')).toMatchObject([
    { toldBy: 'sha256', label: 'tool.exe', requests: ['acme/1', 'other/2'] },
    { toldBy: 'vendor-hash', requests: ['acme/3', 'acme/4'] },
    { toldBy: 'vendor-hash', requests: ['acme/5'] },
    { toldBy: 'path-and-signer', requests: ['acme/6', 'acme/7'] },
  ]);
});

test('files that nothing tells apart are never taken for one', () => {
  const none = { sha256: null, vendorHash: null };
  const all = [
    waiting('acme/1', { subject: { ...none, certificates: [] } }),
    waiting('acme/2', { subject: { ...none, certificates: [] } }),
    waiting('acme/3', { subject: { ...none, certificates: signed(null) } }),
    waiting('acme/4', { subject: { ...none, certificates: signed(false) } }),
  ];
  expect(members(all, 'file')).toEqual([['acme/1'], ['acme/2'], ['acme/3'], ['acme/4']]);
  expect(groups(all, 'file').map(({ toldBy }) => toldBy)).toEqual([undefined, undefined, undefined, undefined]);
});

test("names count within an account alone, the vendor's ids everywhere", () => {
  const computer = (id: string | null) => ({ id, name: 'LAPTOP-1' });
  const all = [
    waiting('acme/1', { computer: computer(null) }),
    waiting('other/2', { computer: computer(null) }),
    waiting('acme/3', { computer: computer('7F') }),
    waiting('other/4', { computer: computer('7f') }),
  ];
  expect(members(all, 'computer')).toEqual([['acme/1'], ['other/2'], ['acme/3', 'other/4']]);
  const people = [
    waiting('acme/1', { requester: { account: 'ACME\\kim', name: 'Kim' } }),
    waiting('acme/2', { requester: { account: 'acme\\Kim', name: null } }),
    waiting('other/3', { requester: { account: 'ACME\\kim', name: 'Kim' } }),
  ];
  expect(members(people, 'requester')).toEqual([['acme/1', 'acme/2'], ['other/3']]);
  const settings = [waiting('acme/1', { policy: 'Sales' }), waiting('other/2', { policy: 'Sales' })];
  expect(members(settings, 'settings')).toEqual([['acme/1'], ['other/2']]);
});

test('keys stay, whatever things are called', () => {
  const before = waiting('acme/1', { organization: { id: 'o-1', name: 'Old name' } });
  const after = waiting('acme/1', { organization: { id: 'o-1', name: 'New name' } });
  const [one] = groups([before], 'organization');
  const [other] = groups([after], 'organization');
  expect(one?.key).toBe(other?.key);
  expect([one?.label, other?.label]).toEqual(['Old name', 'New name']);
});

test('by severity the gravest come first, and what was not looked at before all', () => {
  const all = ['acme/1', 'acme/2', 'acme/3', 'acme/4', 'acme/5'].map((reference) => waiting(reference));
  const found = findings({
    'acme/1': ['info'],
    'acme/2': [],
    'acme/3': ['caution', 'stop'],
    'acme/4': ['caution', 'info'],
  });
  expect(groups(all, 'severity', found).map(({ key, requests }) => [key, ...requests])).toEqual([
    ['severity:unknown', 'acme/5'],
    ['severity:stop', 'acme/3'],
    ['severity:caution', 'acme/4'],
    ['severity:info', 'acme/1'],
    ['severity:none', 'acme/2'],
  ]);
});

test('by age the oldest come first, and what has no time last', () => {
  const at = (reference: string, hours: number | null) =>
    waiting(reference, { requestedAt: hours === null ? null : new Date(NOW - hours * 3_600_000).toISOString() });
  const all = [at('acme/1', null), at('acme/2', 0.5), at('acme/3', 200), at('acme/4', 2), at('acme/5', 30)];
  expect(members(all, 'age')).toEqual([['acme/3'], ['acme/5'], ['acme/4'], ['acme/2'], ['acme/1']]);
});

test('an organization that is not told is unknown, but an account of Admin By Request stands for its own', () => {
  const organization = { id: null, name: null };
  const all = [
    waiting('acme/1', { organization }),
    waiting('abr/2', { organization, provider: 'admin-by-request' }),
    waiting('other-abr/3', { organization, provider: 'admin-by-request' }),
  ];
  expect(groups(all, 'organization').map(({ label, requests }) => [label, requests])).toEqual([
    ['unknown', ['acme/1']],
    ['abr', ['abr/2']],
    ['other-abr', ['other-abr/3']],
  ]);
});

test('groups that are made one by one are the same, with the requests themselves', () => {
  const all = [
    waiting('acme/1', { kind: 'elevation' }),
    waiting('other/2'),
    waiting('acme/3', { requestedAt: null, organization: { id: null, name: null } }),
  ];
  const context = { now: NOW, findings: findings({ 'other/2': ['stop'] }) };
  for (const by of GROUPINGS) {
    const begun = beginGroups(by, context);
    for (const request of all) begun.add(request);
    const made = begun.groups();
    expect(made.flatMap(({ requests }) => requests).every((request) => all.includes(request))).toBe(true);
    expect(made.map((group) => ({ ...group, requests: group.requests.map(({ reference }) => reference) }))).toEqual(
      groupRequests(all, by, context),
    );
  }
});

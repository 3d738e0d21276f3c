import { notable, ordinary, type TriageCase } from './case.ts';

const ABR = 'Admin By Request, API documentation';
const THREATLOCKER = 'ThreatLocker, Portal API';
const FILE = {
  os: 'windows',
  path: 'C:\\Program Files\\Contoso\\Ledger\\Ledger.exe',
  signer: { subject: 'CN=Contoso Ltd', valid: true },
} as const;
const DAY = 24 * 60;

/** What the vendor says of a request, and who asks and decides. */
export const STATE: readonly TriageCase[] = [
  notable('quarantined', ABR, { ...FILE, kind: 'run-as-admin', status: 'quarantined' }, ['quarantined']),
  notable(
    'quarantined and malicious',
    ABR,
    { ...FILE, kind: 'run-as-admin', status: 'quarantined', scan: 'malicious' },
    ['quarantined', 'scan-malicious'],
  ),
  notable('malicious', THREATLOCKER, { ...FILE, scan: 'malicious' }, ['scan-malicious']),
  notable(
    'malicious though validly signed',
    'ATT&CK T1553.002',
    { ...FILE, scan: 'malicious', signer: { subject: 'CN=Microsoft Corporation', valid: true } },
    ['scan-malicious'],
  ),
  notable('suspicious', THREATLOCKER, { ...FILE, scan: 'suspicious' }, ['scan-suspicious'], ['scan-malicious']),
  notable('not scanned', ABR, { ...FILE, scan: 'not-scanned' }, ['not-scanned']),
  notable('a scan result that nobody can read', null, { ...FILE, scan: 'unknown' }, ['not-scanned']),
  notable('an invalid certificate', THREATLOCKER, { ...FILE, signer: { subject: 'CN=Contoso Ltd', valid: false } }, [
    'certificate-invalid',
  ]),
  notable(
    'a digest that doesn’t match',
    THREATLOCKER,
    { ...FILE, signer: { subject: 'CN=Contoso Ltd', digestMismatch: true } },
    ['certificate-invalid'],
  ),
  notable(
    'a decision on one’s own request, by address',
    'NIST SP 800-53 AC-5',
    { ...FILE, requester: { account: 'NORTHWIND\\kim', name: 'Kim Approver', email: 'kim@acme.example' } },
    ['self-approval'],
  ),
  notable(
    'a decision on one’s own request, address in capitals',
    'NIST SP 800-53 AC-5',
    { ...FILE, requester: { email: 'KIM@ACME.EXAMPLE' } },
    ['self-approval'],
  ),
  notable(
    'a decision on one’s own request, last name first',
    'NIST SP 800-53 AC-5',
    { ...FILE, requester: { account: 'CONTOSO\\kimap', name: 'Approver, Kim' } },
    ['self-approval'],
  ),
  notable(
    'a decision on one’s own request, with two spaces',
    'NIST SP 800-53 AC-5',
    { ...FILE, requester: { account: 'CONTOSO\\kimap', name: 'Kim  Approver ' } },
    ['self-approval'],
  ),
  ordinary(
    'a request of somebody else',
    { ...FILE, requester: { account: 'CONTOSO\\dana.olsen', name: 'Dana Olsen', email: 'dana@contoso.example' } },
    [],
    ['self-approval'],
  ),
  ordinary(
    'another Kim',
    { ...FILE, requester: { account: 'FABRIKAM\\kim', name: 'Kim Berg', email: 'kim@fabrikam.example' } },
    [],
    ['self-approval'],
  ),
  ordinary(
    'an admin session',
    {
      os: 'windows',
      kind: 'admin-session',
      path: null,
      name: null,
      reason: 'Replace the docking station’s driver, ticket 8120',
    },
    ['admin-session'],
    ['unsigned', 'not-scanned'],
    ABR,
  ),
  ordinary(
    'an admin session on a Mac',
    { os: 'macos', kind: 'admin-session', path: null, name: null, reason: 'Set up Xcode for the app team' },
    ['admin-session'],
    ['unsigned', 'not-scanned'],
    ABR,
  ),
  ordinary(
    'a session on a server',
    {
      os: 'windows',
      kind: 'server-session',
      path: null,
      name: null,
      isServer: true,
      reason: 'Monthly patches of SQL-02, change 2201',
    },
    ['admin-session', 'server'],
    ['not-scanned'],
    ABR,
  ),
  ordinary(
    'a session without a reason',
    { os: 'windows', kind: 'admin-session', path: null, name: null, reason: null },
    ['admin-session', 'reason-missing'],
    [],
    ABR,
  ),
  ordinary('a program on a server', { ...FILE, isServer: true }, ['server']),
  ordinary('somebody is connected from afar', { ...FILE, remotePresence: true }, ['remote-presence'], [], THREATLOCKER),
  ordinary(
    'somebody else has taken it on',
    { ...FILE, assignee: 'robin.rival@northwind.example' },
    ['assigned-to-other'],
    [],
    THREATLOCKER,
  ),
  ordinary(
    'another tier has to approve',
    { ...FILE, tiers: { pending: 2, approved: 1 } },
    ['another-tier'],
    [],
    THREATLOCKER,
  ),
  ordinary('the portal asks for a second factor', { ...FILE, mfaInPortal: true }, ['mfa-in-portal'], [], THREATLOCKER),
  ordinary('three weeks old', { ...FILE, requestedMinutesAgo: 21 * DAY }, ['old-request']),
  ordinary('an hour old', { ...FILE, requestedMinutesAgo: 60 }, [], ['old-request', 'expires-soon']),
  ordinary('escalated', { ...FILE, status: 'escalated' }, [], ['quarantined'], THREATLOCKER),
  ordinary(
    'no hash, no path, no certificate',
    { os: 'windows', path: null, name: 'ledger.exe', sha256: false },
    ['facts-missing'],
    [],
    THREATLOCKER,
  ),
  ordinary('no hash', { ...FILE, sha256: false }, ['facts-missing'], [], THREATLOCKER),
  ordinary('a kind that we have no word for', { ...FILE, kind: 'unknown' }, ['facts-missing'], [], THREATLOCKER),
  ordinary(
    'reading a stick',
    { os: 'windows', kind: 'storage', path: 'F:\\', reason: 'Photos of the building site from the surveyor' },
    [],
    ['unsigned', 'not-scanned'],
    THREATLOCKER,
  ),
  ordinary(
    'writing to a stick',
    { os: 'windows', kind: 'storage', path: 'F:\\', reason: 'X-ray images for the specialist' },
    [],
    ['unsigned', 'not-scanned'],
    THREATLOCKER,
  ),
  ordinary(
    'a web page',
    { os: 'windows', kind: 'network', path: 'transfer.example', reason: 'Supplier sends catalogues there' },
    [],
    ['unsigned', 'not-scanned', 'user-writable-path'],
    THREATLOCKER,
  ),
  ordinary(
    'a network drive from a Mac',
    { os: 'macos', kind: 'network', path: '203.0.113.40', reason: 'Archive of the agency' },
    [],
    ['unsigned', 'not-scanned'],
  ),
].map((triageCase) =>
  triageCase.find.includes('self-approval') || triageCase.leave?.includes('self-approval')
    ? { ...triageCase, approver: { name: 'Kim Approver', email: 'kim@acme.example' } }
    : triageCase,
);

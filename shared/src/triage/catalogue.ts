import type { FindingId, Severity } from '../approval/index.ts';

interface Rule {
  /** Where the settings don't say otherwise. */
  readonly severity: Severity;
  /** Where the rule comes from. */
  readonly source: string;
}

const rule = (severity: Severity, source: string): Rule => ({ severity, source });

const ATTACK = 'MITRE ATT&CK';
const LOLBAS = 'LOLBAS, LOOBins, GTFOBins';
const APPROVALS = 'ThreatLocker, Approval Center API article';
const ABR = 'Admin By Request, API documentation';
const OURS = 'Countersign';

export const CATALOGUE: Readonly<Record<FindingId, Rule>> = {
  'scan-malicious': rule('stop', "the vendor's scan"),
  quarantined: rule('stop', ABR),
  masquerade: rule('stop', `${ATTACK} T1036`),
  'certificate-invalid': rule('stop', `${ATTACK} T1553.002`),
  'attack-tool': rule('stop', `${ATTACK}, software`),
  'addresses-an-ai': rule('stop', 'OWASP LLM01, prompt injection'),
  'self-approval': rule('stop', 'NIST SP 800-53 AC-5, separation of duties'),

  'scan-suspicious': rule('caution', "the vendor's scan"),
  'not-scanned': rule('caution', "the vendor's scan"),
  unsigned: rule('caution', `${ATTACK} T1553.002`),
  'user-writable-path': rule('caution', `${ATTACK} T1204.002`),
  'abused-system-program': rule('caution', LOLBAS),
  'elevated-shell': rule('caution', `${ATTACK} T1059`),
  'admin-session': rule('caution', ABR),
  server: rule('caution', OURS),
  'remote-access-tool': rule('caution', `${ATTACK} T1219; LOLRMM`),
  'network-or-password-tool': rule('caution', `${ATTACK}, software`),
  'script-host': rule('caution', `${ATTACK} T1059`),
  'unusual-parent': rule('caution', `${ATTACK} T1204`),
  'remote-presence': rule('caution', 'ThreatLocker, remotePresence'),
  'reason-missing': rule('caution', OURS),
  'facts-missing': rule('caution', OURS),
  'forces-organization-scope': rule('caution', APPROVALS),
  'unrelated-matches': rule('caution', APPROVALS),
  'asks-often': rule('caution', `${ATTACK} T1621`),
  'assigned-to-other': rule('caution', OURS),
  'another-tier': rule('caution', 'ThreatLocker, pendingTierLevel'),
  'mfa-in-portal': rule('caution', 'ThreatLocker, showMfaChallenge'),
  'protected-access': rule('caution', 'ThreatLocker, research'),

  'reason-vague': rule('info', OURS),
  'same-file-elsewhere': rule('info', OURS),
  'decided-before': rule('info', OURS),
  'old-request': rule('info', OURS),
  'expires-soon': rule('info', 'Admin By Request: a request leaves the list after two weeks'),
  'counts-towards-auto-approval': rule('info', 'Admin By Request, machine learning auto-approval'),
  'new-signer': rule('info', OURS),
};

export type Severity = 'info' | 'caution' | 'stop';

/** Everything that can be found, gravest first. */
export const FINDING_IDS = [
  'scan-malicious',
  'quarantined',
  'masquerade',
  'certificate-invalid',
  'attack-tool',
  'addresses-an-ai',
  'self-approval',
  'scan-suspicious',
  'not-scanned',
  'unsigned',
  'user-writable-path',
  'abused-system-program',
  'elevated-shell',
  'admin-session',
  'server',
  'remote-access-tool',
  'network-or-password-tool',
  'script-host',
  'unusual-parent',
  'remote-presence',
  'reason-missing',
  'facts-missing',
  'forces-organization-scope',
  'unrelated-matches',
  'asks-often',
  'assigned-to-other',
  'another-tier',
  'mfa-in-portal',
  'protected-access',
  'reason-vague',
  'same-file-elsewhere',
  'decided-before',
  'old-request',
  'expires-soon',
  'counts-towards-auto-approval',
  'new-signer',
] as const;
/**
 * What is found only beside other requests, matching applications, research and earlier decisions, which are not read when a
 * decision is planned; so none of these can be a `stop`.
 */
export const SURROUNDING_FINDING_IDS: readonly FindingId[] = [
  'forces-organization-scope',
  'unrelated-matches',
  'asks-often',
  'protected-access',
  'same-file-elsewhere',
  'decided-before',
  'new-signer',
];
export type FindingId = (typeof FINDING_IDS)[number];

/** One observation about a request, with the fact it rests on, so that a person can disagree. */
export interface Finding {
  readonly id: FindingId;
  readonly severity: Severity;
  /** In the words of the vendor or the requester: untrusted. */
  readonly fact: string;
  /** One plain sentence of ours. */
  readonly message: string;
  /** Where the rule comes from. */
  readonly source: string;
}

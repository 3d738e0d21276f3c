import type { AccountId, ProviderName, RequestReference, VendorId } from './reference.ts';

/** `null` anywhere in these types means: the vendor did not say. It never means "none" and never "fine". */
export type Known<T> = T | null;

export const KINDS = [
  'application',
  'elevation',
  'storage',
  'network',
  'run-as-admin',
  'admin-session',
  'server-session',
  'unknown',
] as const;
export type Kind = (typeof KINDS)[number];

/** A code that we have no word for is kept as it came: `other(7)`, or `other()` where there was none. */
export type Status = 'pending' | 'escalated' | 'quarantined' | 'approved' | 'denied' | 'expired' | `other(${string})`;

export interface ScanResult {
  /** `not-scanned`: the vendor reports no result. `unknown`: it reports one that we can't read, or one that contradicts itself. */
  readonly verdict: 'clean' | 'suspicious' | 'malicious' | 'not-scanned' | 'unknown';
  readonly threat: Known<string>;
  readonly engines: readonly { readonly engine: string; readonly verdict: string; readonly threat: Known<string> }[];
}

export interface Certificate {
  readonly subject: Known<string>;
  /** SHA-1 or SHA-256 of the certificate as the vendor sends it. */
  readonly sha: Known<string>;
  readonly valid: Known<boolean>;
  readonly digestMismatch: Known<boolean>;
}

/** What would be allowed. */
export interface Subject {
  readonly name: Known<string>;
  readonly path: Known<string>;
  readonly product: Known<string>;
  readonly vendor: Known<string>;
  readonly version: Known<string>;
  /** Bytes. */
  readonly size: Known<number>;
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: Known<string>;
  /** ThreatLocker's own hash, which is no SHA-256. */
  readonly vendorHash: Known<string>;
  /** Empty: the vendor says that the file carries none. */
  readonly certificates: Known<readonly Certificate[]>;
  readonly scan: ScanResult;
  /** The process that started the file. */
  readonly process: Known<string>;
  /** Processes that wrote the file, nearest first. */
  readonly createdBy: readonly string[];
  readonly preapproved: Known<boolean>;
}

export interface Requester {
  readonly account: Known<string>;
  readonly name: Known<string>;
  /** Typed in by the requester: no proof of who asks. */
  readonly email: Known<string>;
  readonly phone: Known<string>;
  readonly isAdministrator: Known<boolean>;
}

export type OperatingSystem = 'windows' | 'macos' | 'linux' | `other(${string})`;

/** How the vendor has the decision pass through several approvers. */
export interface ApprovalTiers {
  readonly pending: number;
  readonly approved: number;
}

export interface RecordedDecision {
  readonly by: Known<string>;
  readonly email: Known<string>;
  readonly at: Known<string>;
  readonly reason: Known<string>;
}

/** One thing that waits for a decision, as its vendor describes it. Every text in it was written by others. */
export interface ApprovalRequest {
  readonly reference: RequestReference;
  readonly account: AccountId;
  readonly provider: ProviderName;
  readonly vendorId: VendorId;
  readonly kind: Kind;
  /** The vendor's own word or code for the kind. */
  readonly vendorKind: Known<string>;
  readonly status: Status;
  /** Why it can't be approved through the vendor's API; `null` when it can. A denial needs less. */
  readonly unapprovable: string | null;
  /** ISO 8601; without an offset where `requestedAtZone` is `local`. */
  readonly requestedAt: Known<string>;
  readonly requestedAtZone: 'utc' | 'local';
  readonly organization: { readonly id: Known<string>; readonly name: Known<string> };
  readonly computer: {
    readonly id: Known<string>;
    readonly name: Known<string>;
    readonly os: Known<OperatingSystem>;
    readonly isServer: Known<boolean>;
  };
  readonly requester: Requester;
  /** Who has it, by name; by the vendor's id where no name is given. */
  readonly assignee: Known<string>;
  readonly assigneeId: Known<string>;
  readonly subject: Subject;
  readonly reason: Known<string>;
  /** The policy that blocked the file, or the settings group that asked for approval. */
  readonly policy: Known<string>;
  /** The number by which Admin By Request's portal and audit log name it beside its id; ThreatLocker has none. */
  readonly traceNo: Known<string>;
  readonly ticket: Known<string>;
  readonly comments: Known<string>;
  readonly remotePresence: Known<boolean>;
  readonly tiers: Known<ApprovalTiers>;
  /** The vendor's portal would ask the approver for a second factor. */
  readonly mfaInPortal: Known<boolean>;
  readonly decided: Known<RecordedDecision>;
  /** Addresses that the vendor gives. */
  readonly links: readonly { readonly label: string; readonly url: string }[];
}

/** Only these two can be decided; quarantined requests are shown, and decided in the vendor's portal. */
export function isDecidable(request: Pick<ApprovalRequest, 'status'>): boolean {
  return request.status === 'pending' || request.status === 'escalated';
}

/** Whether an approval is possible through the vendor's API; a denial needs less. */
export function isApprovable(request: Pick<ApprovalRequest, 'status' | 'unapprovable'>): boolean {
  return isDecidable(request) && request.unapprovable === null;
}

/** Decided, expired: somebody or something else came first. */
export function isHandled(status: Status): boolean {
  return status === 'approved' || status === 'denied' || status === 'expired';
}

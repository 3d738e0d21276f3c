import type { JsonObject } from '../json.ts';
import type { Permission } from './permissions.ts';

export const ZERO_GUID = '00000000-0000-0000-0000-000000000000';

/** 1 Windows, 2 macOS, 3 Linux, 5 Windows XP (KB, seed 1); 7 Red Hat (EL6). */
export type OsType = 1 | 2 | 3 | 5 | 7;

/** Approval statuses the vendor's portal knows (KB; 13 and 17 are named in seed 1's sample). */
export const Status = {
  pending: 1,
  approved: 4,
  notLearned: 6,
  rejected: 10,
  addedToApplication: 12,
  escalatedToMsp: 13,
  selfApproved: 16,
  escalatedByCustomer: 17,
} as const;

export interface Organization {
  readonly organizationId: string;
  readonly name: string;
  readonly parentId: string | null;
}

export interface ComputerGroup {
  readonly computerGroupId: string;
  readonly name: string;
  readonly organizationId: string;
  readonly osType: OsType;
  readonly isGlobal: boolean;
}

/** A token's owner. Roles are given per organization and are not inherited (KB, portal API user roles). */
export interface ApiUser {
  readonly userId: string;
  readonly name: string;
  readonly token: string;
  readonly organizationId: string;
  readonly roles: ReadonlyMap<string, ReadonlySet<Permission>>;
}

export interface Certificate {
  readonly sha: string;
  readonly subject: string;
  readonly validCert: boolean;
}

/** What an application permits. A file belongs to it by hash, or by a valid certificate's subject. */
interface ApplicationRules {
  readonly hashes: string[];
  readonly sha256s: string[];
  readonly certificateSubjects: string[];
}

export interface Application {
  readonly applicationId: string;
  readonly name: string;
  /** The master organization's for a built-in. */
  readonly organizationId: string;
  readonly osType: OsType;
  readonly rules: ApplicationRules;
  /** Offered by ApplicationGetForMaintenanceMode. */
  readonly maintenance: boolean;
  readonly isMaintained: boolean;
  readonly researchApplicationId: string | null;
}

export interface RequestedFile {
  fullPath: string;
  processName: string;
  /** ThreatLocker's own hash, not a SHA-256. */
  hash: string;
  sha256: string;
  size: number;
  certs: Certificate[];
  /** The chain of processes that created the file (the portal's "created by"). */
  installedBy: string[];
  policyName: string;
  deviceType: string;
  serialNumber: string;
  encryptionStatus: number;
  manufacturer: string;
  destinationIP: string | null;
  domainName: string;
  remotePresence: boolean;
  monitorOnly: boolean;
}

interface Assignee {
  readonly userId: string;
  readonly username: string;
  readonly firstName: string;
  readonly lastName: string;
}

/** What a decision left behind. */
export type Aftermath =
  | {
      readonly kind: 'permitted';
      readonly policyId: string;
      /** `deny` where the body's ringfenceActionId said 2 (spec: policyActionId 2 is Deny). */
      readonly policyAction: 'permit' | 'deny';
      readonly applicationId: string;
      readonly applicationName: string;
      readonly application: 'matching' | 'existing' | 'new';
      readonly scope: 'computer' | 'group' | 'organization';
      readonly computerGroupId: string | null;
      readonly rules: readonly JsonObject[];
      readonly ruleId: number;
      readonly elevationStatus: number;
      readonly elevationExpiration: number;
      readonly policyExpirationDate: string | null;
      readonly elevationExpirationDate: string | null;
      readonly adminNotes: { readonly ticket: string; readonly requestorEmail: string; readonly comments: string };
      readonly notified: { readonly subject: string; readonly reason: string } | null;
    }
  | { readonly kind: 'storage-permitted'; readonly policyId: string }
  | {
      readonly kind: 'rejected';
      readonly rejectReason: string;
      readonly notified: { readonly subject: string; readonly reason: string } | null;
    };

/** One approval request as the vendor holds it. Times are ISO 8601 text as they go over the wire. */
export interface StoredThreatLockerRequest {
  readonly approvalRequestId: string;
  organizationId: string;
  computerId: string;
  computerGroupId: string;
  hostname: string;
  osType: OsType;
  statusId: number;
  dateTime: string;
  /** `execute` `install` `elevate` `read` `write` `network` */
  actionType: string;
  username: string;
  requestor: string;
  requestorEmailAddress: string;
  /** Plain text; see `reasonOnWire`. */
  reason: string;
  /** The list and GetById carry Base64 (seen live); older rows may carry plain text. */
  reasonOnWire: 'base64' | 'plain';
  file: RequestedFile;
  /** What PermitApplication must bring back character for character. */
  json: string;
  comments: string;
  ticketId: string;
  approvedBy: string;
  actionDate: string | null;
  assignee: Assignee | null;
  assignedDate: string | null;
  /** How many tiers must approve, and how many did. */
  tiersNeeded: number;
  approvals: string[];
  showMfaChallenge: boolean;
  /** As read in the permit DTO; what the numbers mean is not documented. */
  ringfenceActionId: number;
  threatSeverityLevel: string | null;
  engineRatings: { readonly name: string; readonly rating: string }[];
  /** Where GetPermitApplicationById names the parents: the DTO's own list, the action log's, or nowhere. */
  parentsIn: 'dto' | 'action-log' | 'nowhere';
  aftermath: Aftermath | null;
  /** Laid over the request's DTO wherever it is sent: unknown or ill-typed members, for tests. */
  wire: JsonObject;
}

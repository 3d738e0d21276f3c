export {
  type ApproverKey,
  type Countersignature,
  type CountersignedVerdict,
  countersign,
  countersignUnattended,
  createSigningKey,
  flawIn,
  flawInUnattended,
  parseApproverKey,
  type SigningKey,
  type UnattendedCountersignature,
} from './countersignature.ts';
export type {
  ApplicationChoice,
  ApproveOptions,
  Attribution,
  Decision,
  DecisionStatus,
  DenyOptions,
  Elevation,
  MaintenanceMode,
  Rule,
  Scope,
  Verdict,
} from './decision.ts';
export { FINDING_IDS, type Finding, type FindingId, type Severity, SURROUNDING_FINDING_IDS } from './finding.ts';
export { changedFacts, type GuardedFacts, guardedFacts } from './guarded-facts.ts';
export { canonicalJson, isJsonArray, isJsonObject, type JsonObject, type JsonValue, sha256Hex } from './json.ts';
export {
  type DecisionId,
  type Effect,
  type Plan,
  type PlanDigest,
  type PlanTarget,
  planDigest,
  type VendorWrite,
} from './plan.ts';
export { isWider, REACH_LEVELS, type Reach, type ReachLevel, widest } from './reach.ts';
export {
  type AccountId,
  PROVIDER_NAMES,
  type ProviderName,
  parseAccountId,
  parseReference,
  parseVendorId,
  type RequestReference,
  referenceTo,
  type VendorId,
} from './reference.ts';
export {
  type ApprovalRequest,
  type ApprovalTiers,
  type Certificate,
  isApprovable,
  isDecidable,
  isHandled,
  KINDS,
  type Kind,
  type Known,
  type OperatingSystem,
  type RecordedDecision,
  type Requester,
  type ScanResult,
  type Status,
  type Subject,
} from './request.ts';
export { pathAndSigner, validSigner } from './same-file.ts';

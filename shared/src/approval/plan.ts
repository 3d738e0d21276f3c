import type { Verdict } from './decision.ts';
import type { GuardedFacts } from './guarded-facts.ts';
import { canonicalJson, type JsonObject, sha256Hex } from './json.ts';
import type { Reach } from './reach.ts';
import type { ProviderName, RequestReference } from './reference.ts';

declare const brand: unique symbol;

/** 22 characters of base64url, the first no hyphen: 128 random bits. */
export type DecisionId = string & { readonly [brand]: 'DecisionId' };

/** SHA-256 of the plan's canonical JSON, 64 lower-case hexadecimal digits. */
export type PlanDigest = string & { readonly [brand]: 'PlanDigest' };

/** One call that changes something at a vendor, exactly as it will be sent; only the account's secret is added on the way. */
export interface VendorWrite {
  readonly verdict: Verdict;
  readonly method: 'PUT' | 'POST' | 'DELETE';
  /** From the account's host on, with its query. */
  readonly path: string;
  /** ThreatLocker's ManagedOrganizationId: the request's own organization. */
  readonly organizationId: string | null;
  /** The body's exact text. */
  readonly body: string | null;
}

/** What a write would do, told from the write itself. */
export interface Effect {
  readonly summary: string;
  readonly details: readonly string[];
  readonly reach: Reach;
}

export interface PlanTarget {
  readonly request: RequestReference;
  /** Which tenant the account pointed at when this was planned. */
  readonly fingerprint: string;
  readonly facts: GuardedFacts;
  /** The decision with every default filled in. */
  readonly options: JsonObject;
  readonly write: VendorWrite;
}

/** A decision made exact. Nothing is ever sent that is not in here. */
export interface Plan {
  readonly version: 1;
  readonly decision: DecisionId;
  readonly verdict: Verdict;
  readonly provider: ProviderName;
  readonly targets: readonly PlanTarget[];
  /** What a person types to confirm it, where that is how they are asked. */
  readonly confirmText: string;
  /** Digest of the settings that bear on decisions. */
  readonly settings: string;
  /** Instants, ISO 8601 UTC. */
  readonly plannedAt: string;
  readonly expiresAt: string;
}

export function planDigest(plan: Plan): PlanDigest {
  return sha256Hex(canonicalJson(plan)) as PlanDigest;
}

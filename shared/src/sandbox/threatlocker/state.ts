import type { Identities } from '../random.ts';
import type { ApiUser, Application, ComputerGroup, StoredThreatLockerRequest } from './model.ts';
import type { Tenancy } from './tenancy.ts';

/** Where the references are silent or contradict each other, a test may choose. The first value is the default. */
export interface ThreatLockerQuirks {
  /** Whether GetByParameters knows statuses 13 and 17. */
  readonly escalatedStatuses?: 'served' | 'refused';
  /** How a list without rows looks; `alternate` goes through all three (the first two were seen live). */
  readonly emptyList?: 'alternate' | 'empty-body' | 'null' | 'array';
  /** In the KB of 2026-06, not in the published spec. */
  readonly listForAddToApplication?: 'served' | 'not-found';
  /** Named by seed 1 alone. */
  readonly childrenIdsAndName?: 'served' | 'not-found';
  /** Whether `showMfaChallenge` keeps the API from approving. */
  readonly mfaChallenge?: 'ignored' | 'blocks';
  /** What becomes of comments in the record that takes ownership. */
  readonly ownershipComments?: 'dropped' | 'kept';
}

export interface ThreatLockerState {
  readonly ids: Identities;
  readonly now: () => number;
  readonly quirks: ThreatLockerQuirks;
  /** The letter in the vendor's host name; the permit body's userInstance. */
  readonly instance: string;
  readonly masterOrganizationId: string;
  readonly tree: Tenancy;
  readonly users: readonly ApiUser[];
  readonly groups: readonly ComputerGroup[];
  /** Grows when a permit creates an application. */
  readonly applications: Application[];
  readonly requests: Map<string, StoredThreatLockerRequest>;
  /** Lists without rows served so far. */
  emptyListsServed: number;
}

/** `2026-01-02T03:04:05Z`: what seed 1 shows. */
export function wireTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

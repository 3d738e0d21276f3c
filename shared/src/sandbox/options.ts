import type { StoredAdminByRequestRequest } from './admin-by-request/model.ts';
import type { AdminByRequestDraft } from './admin-by-request/population/make-request.ts';
import type { LateRequest } from './admin-by-request/population/state.ts';
import type { AdminByRequestQuirks } from './admin-by-request/state.ts';
import type { Faults } from './faults.ts';
import type { RecordedCall, RecordedWrite, Vendor } from './record.ts';
import type { RivalVerdict } from './simulation.ts';
import type { StoredThreatLockerRequest } from './threatlocker/model.ts';
import type { ThreatLockerDraft } from './threatlocker/population/make-request.ts';
import type { OrganizationKey, TokenName } from './threatlocker/population/organizations.ts';
import type { ThreatLockerQuirks } from './threatlocker/state.ts';

export interface SandboxOptions {
  /** Ids, tokens and everything chosen at random follow from it; 1 by default. */
  readonly seed?: number;
  /** Milliseconds since 1970; Date.now by default. Times of the population lie relative to it. */
  readonly now?: () => number;
  readonly host?: '127.0.0.1';
  /** 0, the default, takes any free port. */
  readonly threatLockerPort?: number;
  readonly adminByRequestPort?: number;
  /** A new request every so many milliseconds, the vendors by turns; off by default. */
  readonly arrivalsEveryMs?: number;
  /** Another approver who decides something that waits every so many milliseconds; off by default. */
  readonly rival?: { readonly everyMs: number };
  /** `standard` by default. Numbers make so many plain pending requests instead, for load tests. */
  readonly population?: 'standard' | 'empty' | { readonly threatLocker: number; readonly adminByRequest: number };
  readonly threatLocker?: ThreatLockerQuirks;
  readonly adminByRequest?: AdminByRequestQuirks;
}

/** What each vendor holds, by vendor. */
export interface StoredRequests {
  readonly threatlocker: StoredThreatLockerRequest;
  readonly 'admin-by-request': StoredAdminByRequestRequest;
}

/** What a new request is made from, by vendor. */
export interface Drafts {
  readonly threatlocker: ThreatLockerDraft;
  readonly 'admin-by-request': AdminByRequestDraft;
}

/** A new request; whatever is left out is made up. */
export type Arrival =
  | ({ readonly vendor: 'threatlocker' } & ThreatLockerDraft)
  | ({ readonly vendor: 'admin-by-request' } & AdminByRequestDraft);

/** A request of the standard population, known by name. */
export interface NamedRequest {
  readonly name: string;
  readonly vendor: Vendor;
  readonly id: string;
  /** What it is there for. */
  readonly why: string;
}

export interface Sandbox {
  readonly threatLocker: {
    /** Such as http://127.0.0.1:1234; the API lies below /portalapi. */
    readonly url: string;
    /** May do everything but approve for global groups, in its own organization and all below it. */
    readonly token: string;
    /** The token's own organization: the managed service provider. */
    readonly organizationId: string;
    readonly organizations: Readonly<Record<OrganizationKey, string>>;
    /** API users of every privilege; `customer` belongs to the organization contoso, all others to northwind. */
    readonly tokens: Readonly<Record<TokenName, string>>;
    /** Names of the API users: what approvedBy says after a decision. */
    readonly users: Readonly<Record<TokenName, string>>;
    /** What userInstance must say in a permit; also in portalApiUrl. */
    readonly instance: string;
  };
  readonly adminByRequest: {
    readonly url: string;
    readonly apiKey: string;
    /** A portal user; any other address is dropped silently. */
    readonly approverEmail: string;
  };
  /** Every attempt to write, with its effect, in order. */
  readonly record: readonly RecordedWrite[];
  /** Every call, reads too, in order of arrival. */
  readonly calls: readonly RecordedCall[];
  readonly faults: Faults;
  /** The standard population; empty with any other. */
  readonly requests: readonly NamedRequest[];
  /** The id of a request of the standard population; throws where there is none of that name. */
  id(name: string): string;
  /** Adds a request, a made-up one by default. Answers its id. */
  arrive(what?: Arrival): string;
  /** Numbers an Admin By Request request now that is seen only when `show` is called, after others with higher ids. */
  arriveUnseen(draft?: AdminByRequestDraft): LateRequest;
  /** Another approver, "Robin Rival", decides in the vendor's portal; nothing happens to what is decided already. */
  rivalDecides(vendor: Vendor, id: string, verdict: RivalVerdict): void;
  /** Changes what the vendor holds. */
  change<V extends Vendor>(vendor: V, id: string, mutate: (request: StoredRequests[V]) => void): void;
  /** A copy of what the vendor holds; undefined where it holds nothing. */
  raw<V extends Vendor>(vendor: V, id: string): StoredRequests[V] | undefined;
  /** Takes the request away, as if it had never been. */
  remove(vendor: Vendor, id: string): void;
  /** Ends timers, connections and listeners. */
  close(): Promise<void>;
}

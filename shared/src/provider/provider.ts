import type {
  ApprovalRequest,
  ApproveOptions,
  Attribution,
  Decision,
  DecisionId,
  Effect,
  GuardedFacts,
  JsonObject,
  PlanTarget,
  ProviderName,
  Reach,
  RequestReference,
  VendorId,
  VendorWrite,
} from '../approval/index.ts';
import type { VendorError, VendorErrorKind } from '../http/index.ts';
import type { SameFile } from './same-file.ts';

/** A queue read whole. */
export interface Listing {
  readonly requests: readonly ApprovalRequest[];
  /** What the vendor would not tell, in sentences; empty when nothing is missing. */
  readonly notes: readonly string[];
}

export interface RequestReading {
  readonly request: ApprovalRequest;
  /** The vendor's own record. */
  readonly raw: JsonObject;
}

/** An application that a policy can permit. */
export interface Application {
  readonly id: string;
  readonly name: string;
  readonly owner: { readonly id: string | null; readonly name: string | null };
  /** Kept by the vendor; permitting it permits everything in it, for a whole organization. */
  readonly builtIn: boolean;
  readonly reach: Reach;
}

export interface ComputerGroup {
  readonly id: string;
  readonly name: string;
  readonly owner: { readonly id: string | null; readonly name: string | null };
  readonly isGlobal: boolean;
}

export interface Research {
  readonly about: string;
  /** The vendor's ratings as it gives them; their scales are not documented. */
  readonly ratings: readonly { readonly name: string; readonly value: number }[];
  readonly facts: readonly { readonly name: string; readonly text: string }[];
  readonly categories: readonly string[];
  readonly countries: readonly string[];
  readonly access: readonly { readonly name: string; readonly isProtected: boolean | null }[];
}

export interface ResearchReport {
  readonly scan: ApprovalRequest['subject']['scan'];
  readonly research: readonly Research[];
  /** Applications that the file belongs to already; `null` where that was not asked. */
  readonly matching: readonly Application[] | null;
  /** Why some of the research could not be read, while the rest stands. */
  readonly unread: VendorError | null;
  readonly links: ApprovalRequest['links'];
  readonly notes: readonly string[];
}

export interface PermitOptions {
  readonly matching: readonly Application[];
  readonly existing: readonly Application[];
  readonly maintenance: readonly { readonly id: string; readonly name: string }[];
  readonly groups: readonly ComputerGroup[];
  readonly scopes: readonly { readonly scope: 'computer' | 'organization'; readonly reach: Reach }[];
  readonly rules: readonly {
    readonly by: 'hash' | 'properties' | 'maintenance';
    readonly note: string;
    readonly isPossible: boolean;
  }[];
  /** Whether the request's organization can have anything run with administrator rights; `null`: the vendor did not say. */
  readonly canElevate: boolean | null;
  /** Values that a property rule may use, as read from the request. */
  readonly properties: {
    readonly path: string | null;
    readonly process: string | null;
    readonly certificates: readonly string[];
    readonly createdBy: readonly string[];
  };
  /** `null`: no narrow approval is known that would satisfy the request. */
  readonly suggestion: Suggestion | null;
  readonly notes: readonly string[];
}

/** The narrowest approval that would satisfy a request, and wider ones with what they permit besides. Never confirmed by itself. */
export interface Suggestion {
  readonly narrowest: SuggestedChoice;
  readonly widenings: readonly SuggestedChoice[];
}

export interface SuggestedChoice extends Choice {
  /** The label without its elevation, for a face where a person chooses that by itself. */
  readonly what: string;
}

export interface HistoryEntry {
  /** ISO 8601 where the vendor's text could be read as an instant, else its own text. */
  readonly at: string | null;
  readonly what: string;
  readonly by: string | null;
  readonly computer: string | null;
  readonly file: string | null;
  readonly outcome: string | null;
}

/** What a vendor's log has on a file, a computer or a user. */
export interface History {
  /** Newest first. */
  readonly entries: readonly HistoryEntry[];
  /** Sentences: where was not looked, and what could not be read. No entries means nothing without them. */
  readonly notes: readonly string[];
}

/** A request for the same file that was decided before, as the vendor's record has it. Its texts were written by others. */
export interface EarlierDecision {
  /** Admin By Request drops requests from its list after two weeks, so that this one may no longer be readable. */
  readonly request: RequestReference;
  readonly verdict: 'approved' | 'denied';
  /** The requester approved it, as ThreatLocker lets some users do; no approver looked at it. */
  readonly selfApproved: boolean;
  /** Instants, ISO 8601 UTC; `null` where the vendor doesn't tell. */
  readonly at: string | null;
  readonly requestedAt: string | null;
  /** `null`: the vendor names nobody. */
  readonly by: string | null;
  /** The reason of a denial, or the approvers' comments. */
  readonly comment: string | null;
  readonly organization: string | null;
  readonly computer: string | null;
  readonly requester: string | null;
  /** How this one was told to be for the same file. */
  readonly matchedBy: SameFile;
}

export interface EarlierDecisions {
  /** The best by which the file could be told. `none`: by nothing, so that nothing was looked for; a note says why. */
  readonly by: SameFile | 'none';
  /** Newest first; a note says when there are more. */
  readonly decisions: readonly EarlierDecision[];
  /** Sentences: how far was looked, and what the vendor would not tell or could not be read. No decisions means nothing without them. */
  readonly notes: readonly string[];
}

export interface Choice {
  readonly label: string;
  readonly options: ApproveOptions;
  readonly reach: Reach;
}

/** A decision held against what the vendor says now. */
export type Preparation =
  | { readonly outcome: 'ready'; readonly request: ApprovalRequest; readonly target: PlanTarget }
  | {
      readonly outcome: 'needs-choice';
      readonly request: ApprovalRequest;
      readonly message: string;
      readonly choices: readonly Choice[];
    }
  | {
      readonly outcome: 'refused';
      readonly request: ApprovalRequest;
      readonly by: 'guardrail' | 'client';
      readonly message: string;
    }
  | { readonly outcome: 'already-handled'; readonly request: ApprovalRequest; readonly message: string };

/** One thing that `doctor` looked at. */
export interface Check {
  readonly name: string;
  readonly state: 'works' | 'fails' | 'unknown';
  readonly message: string;
  /** Why it fails, where a call did. */
  readonly error?: VendorErrorKind;
}

/** What a receiver of a pull knows of a request. */
export interface Told {
  readonly status: string;
  readonly organization: string | null;
}

/** What earlier pulls of an account have come to. */
export interface PulledSoFar {
  /** Of the last part that was kept; `null`: nothing was read yet. */
  readonly cursor: string | null;
  /** Milliseconds since 1970: what was requested before needn't be read. `null`: all that the vendor still has. */
  readonly since: number | null;
  toldOf(ids: readonly VendorId[]): Promise<ReadonlyMap<VendorId, Told>>;
  /** What was told as waiting. */
  open(): Promise<ReadonlyMap<VendorId, Told>>;
}

/** A request that is read when somebody looks at it, because of thousands in a part most need not stay in memory. */
export interface PulledRequest {
  readonly id: VendorId;
  readonly read: () => ApprovalRequest;
}

/** A part of a pull, to be kept whole. What is in it may have been told before. */
export interface PullPart {
  readonly requests: readonly PulledRequest[];
  /** The vendor was asked for them by id, and has them no longer. */
  readonly gone: readonly VendorId[];
  /** Where a later pull goes on once this part is kept; left out: where it was. In the provider's own words. */
  readonly cursor?: string;
  /** Sentences: what the vendor would not tell, and what was done about it. */
  readonly notes: readonly string[];
}

/** What a provider can do beyond listing, approving and denying. */
export interface Capabilities {
  readonly takeOwnership: boolean;
  readonly permitOptions: boolean;
  readonly ticket: boolean;
  /** Whether its record can name the decision itself, and not only the person who is said to have decided. */
  readonly mark: boolean;
}

/**
 * One account at its vendor. Reads may be repeated by the layer below; `send` never is.
 * Every method throws VendorError, and nothing else, when the vendor can't be read.
 */
export interface Provider {
  readonly name: ProviderName;
  readonly capabilities: Capabilities;
  /** Which tenant the account points at now; a short digest. */
  fingerprint(): Promise<string>;
  /** Everything that waits, or an error: never a part. */
  list(signal?: AbortSignal): Promise<Listing>;
  get(id: VendorId, signal?: AbortSignal): Promise<RequestReading>;
  /**
   * What came and changed since, oldest first where the vendor tells. Each part is to be kept before the next one is asked
   * for; what follows rests on it.
   */
  pull(soFar: PulledSoFar, signal?: AbortSignal): AsyncIterable<PullPart>;
  matchingApplications(id: VendorId, signal?: AbortSignal): Promise<readonly Application[]>;
  research(id: VendorId, applicationId?: string, signal?: AbortSignal): Promise<ResearchReport>;
  permitOptions(id: VendorId, search?: string, signal?: AbortSignal): Promise<PermitOptions>;
  /** What happened before, by the vendor's log. */
  history(id: VendorId, of: 'file' | 'computer' | 'user', days: number, signal?: AbortSignal): Promise<History>;
  /** What anybody decided before on the same file, by the vendor's record. The request may be another account's. */
  earlierDecisions(request: ApprovalRequest, signal?: AbortSignal): Promise<EarlierDecisions>;
  /** Reads the request and makes the decision exact, with every default filled in; writes nothing. */
  prepare(id: VendorId, decision: Decision, decisionId: DecisionId, signal?: AbortSignal): Promise<Preparation>;
  /** Reads again what a planned decision rests on. */
  recheck(target: PlanTarget): Promise<{ readonly request: ApprovalRequest; readonly facts: GuardedFacts }>;
  /**
   * Sends the write as it is, once. Only `decide` calls this, with a countersigned plan.
   * @param beforeItLeaves called directly before the call; what it throws keeps the write back
   */
  send(write: VendorWrite, beforeItLeaves?: () => void): Promise<void>;
  /** Who decided, as far as the vendor's record shows. */
  attribute(request: ApprovalRequest, decisionId: DecisionId): Attribution;
  /** Whether the write is one that this provider makes for the target's request, and nothing else. */
  makes(target: PlanTarget): boolean;
  /** What the write would do, told from the write alone. */
  describe(target: PlanTarget): Effect;
  /** Calls of today against the vendor's daily limit, where there is one. */
  readonly quota?: () => { readonly used: number; readonly limit: number };
  diagnose(signal?: AbortSignal): Promise<readonly Check[]>;
}

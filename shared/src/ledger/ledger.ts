import type { AnswerChannel, Channel } from '../account/index.ts';
import type {
  ApprovalRequest,
  Attribution,
  Countersignature,
  DecisionId,
  DecisionStatus,
  Plan,
  PlanDigest,
  RequestReference,
  UnattendedCountersignature,
} from '../approval/index.ts';
import type { JournalFlaw, JournalHead, JournalRow } from './journal.ts';
import type { Offload } from './offload.ts';

/** How far a decision has come; the words before execution, then those of its outcome. */
export type DecisionPhase = 'planned' | 'confirmed' | 'executing' | 'reconciled' | DecisionStatus;

/** Who wants a plan: a client keeps one id for as long as its process talks to ours. */
export interface Proposer {
  readonly client: string;
  readonly name: string;
}

/** By which way an answer came, and from whom as far as that way can tell. */
export interface Answered {
  readonly channel: AnswerChannel;
  readonly who: string;
  /** The ticket in which they decided, where a job carried that back. */
  readonly ticket?: string;
  /** The signed answer itself, where it came as one. */
  readonly countersignature?: Countersignature | UnattendedCountersignature;
}

export interface TargetOutcome {
  readonly request: RequestReference;
  readonly status: DecisionStatus;
  /** The approver that the vendor names. */
  readonly decidedBy?: string;
  readonly attribution?: Attribution;
  /** Who refused, where somebody did. */
  readonly by?: 'guardrail' | 'vendor' | 'client';
  readonly message: string;
  /** The write may have reached the vendor, who may carry it out yet; so it is looked at again. */
  readonly mayStillApply?: true;
  /** Carried out, and yet the request waits: for an approver of the vendor's next tier. */
  readonly stillWaits?: true;
}

export interface DecisionRecord {
  readonly plan: Plan;
  readonly digest: PlanDigest;
  readonly proposer: Proposer;
  /** Through which a person is asked, or was elsewhere; another may answer all the same. */
  readonly channel: AnswerChannel;
  readonly phase: DecisionPhase;
  /** Why it came to nothing, where it did. */
  readonly closedBecause: string | null;
  readonly answered: Answered | null;
  /** A signed answer that nobody has taken yet. */
  readonly left: Countersignature | null;
  readonly outcomes: readonly TargetOutcome[];
  /** Whether this very process is to take its answer: it proposed it, and took none before. */
  readonly isOurs: boolean;
}

export type OpenResult = { readonly opened: true } | NotOpened;

export interface NotOpened {
  readonly opened: false;
  readonly because: string;
  /** A job has just planned a decision on the same request, for which nobody is asked; so it ends by itself. */
  readonly isCarried?: true;
}

export interface DecisionFilter {
  readonly request?: RequestReference | undefined;
  /** Planned at or after, milliseconds since 1970. */
  readonly since?: number | undefined;
  /** Accounts that may be seen; left out: all. */
  readonly accounts?: readonly string[] | undefined;
  readonly limit: number;
  /** Those planned before this one. */
  readonly before?: DecisionId | undefined;
}

/** What an earlier decision has in common with a request. */
export type SameFile = 'sha256' | 'path-and-signer';

export interface EarlierOwnDecision {
  readonly decision: DecisionId;
  readonly request: RequestReference;
  readonly verdict: Plan['verdict'];
  readonly sameFile: SameFile;
  /** When its outcome was recorded, ISO 8601 UTC. */
  readonly at: string;
  readonly answered: Answered | null;
  readonly outcome: TargetOutcome;
}

/** How many validly signed files were approved from here. */
export interface Familiarity {
  readonly ofSigner: number;
  readonly ofAll: number;
}

/** A queue as it was read whole. */
export interface Snapshot {
  /** ISO 8601 UTC. */
  readonly at: string;
  /** In its writer's own form; the ledger doesn't look into it. */
  readonly content: string;
}

/**
 * What decisions have to outlive. Each operation is one transaction: it happens whole or not at all, and of two that
 * exclude each other one fails. Every one throws LedgerError, and nothing else, when the store fails.
 */
export interface Ledger extends Offload {
  /**
   * Records a plan before anybody is asked. At most one open plan per request and five per client; a client's plan that waits
   * for a terminal gives way to its next one on the same request.
   */
  open(plan: Plan, digest: PlanDigest, proposer: Proposer, channel: AnswerChannel): Promise<OpenResult>;
  /** `null`: there is none, or it does not stand as the journal says. */
  read(decision: DecisionId): Promise<DecisionRecord | null>;
  /** Newest first. */
  list(filter: DecisionFilter): Promise<readonly DecisionRecord[]>;
  /** Decisions that the journal has as confirmed for a ticket, newest first, also those that `read` no longer believes. */
  confirmedFor(ticket: string): Promise<readonly DecisionId[]>;
  /** Plans that wait for an answer through this channel, oldest first. */
  waiting(channel: Channel): Promise<readonly DecisionRecord[]>;
  /**
   * What was carried out from here on the same file, newest first: by SHA-256 where it is known, else by path and signer.
   * @param accounts those that may be seen; left out: all
   */
  earlier(
    request: ApprovalRequest,
    limit: number,
    accounts?: readonly string[],
  ): Promise<readonly EarlierOwnDecision[]>;
  /** Whether anything by this signer was approved from here. @param accounts those that may be seen; left out: all */
  familiarity(signer: string, accounts?: readonly string[]): Promise<Familiarity>;
  /**
   * Takes the one answer that a plan gets: `false` when it was answered or closed before.
   * @param because why it confirms nothing, where it doesn't
   */
  answer(
    decision: DecisionId,
    answer: 'confirmed' | 'declined' | 'refused',
    answered: Answered,
    because?: string,
  ): Promise<boolean>;
  /** Ends a plan that nobody has answered: `false` when it was answered or closed before. */
  closePlan(decision: DecisionId, phase: 'refused' | 'expired', because: string): Promise<boolean>;
  /** Closes what a client has proposed and nobody has answered. */
  withdraw(client: string, because: string): Promise<void>;
  /** Puts the intent on record directly before a write leaves: `false` unless the decision is confirmed and this target not begun. */
  begin(decision: DecisionId, request: RequestReference): Promise<boolean>;
  /** Records a target's outcome; with the last one the decision ends. */
  finish(decision: DecisionId, outcome: TargetOutcome): Promise<void>;
  /** Runs `work` while no other decision on the same request of the same tenant runs. */
  exclusively<T>(fingerprint: string, request: RequestReference, work: () => Promise<T>): Promise<T>;
  /**
   * Takes over what processes that are gone left behind: what was planned or confirmed but not begun ends; what was begun and
   * has no outcome is answered, with what ended as unknown in any process, to be reconciled and never sent again.
   */
  takeOver(): Promise<readonly Unfinished[]>;
  /** Records what became of such a write, where that is news. */
  reconcile(decision: DecisionId, outcome: TargetOutcome): Promise<void>;

  /** Leaves a signed answer for the process that waits for it: `false` when the plan has one, or is no longer open. */
  leave(countersignature: Countersignature): Promise<boolean>;
  /** Says that a person can be asked here who signs with this key. True for ten seconds. */
  listen(key: string): Promise<void>;
  /** Says that it is no longer so. */
  stopListening(): Promise<void>;
  /** Ids of the keys of those who listen. */
  listening(): Promise<readonly string[]>;
  /** Calls `changed` within a moment of every change, by this process or another. @returns what ends it */
  watch(changed: () => void): () => void;

  /** The journal's last line: kept elsewhere, it proves later that nothing was cut off. */
  head(): Promise<JournalHead>;
  /** Lines after `after`, oldest first. */
  rows(after: number, limit: number): Promise<readonly JournalRow[]>;
  /** What the journal says of one decision, oldest first. */
  lines(decision: DecisionId): Promise<readonly JournalRow[]>;
  /** Every flaw in the journal, read in parts so that others have their turn, against a head that was kept elsewhere if there is one. */
  verify(known?: JournalHead): Promise<readonly JournalFlaw[]>;

  /** Marks subjects as announced, and answers with those that were not in the last quarter of a year. @param scope a tenant, for its requests */
  announce<Subject extends string>(scope: string, subjects: readonly Subject[]): Promise<readonly Subject[]>;
  /**
   * Keeps a queue that was read whole, in place of an older one. One that differs in nothing but a time less than a minute
   * later is not written. @param source what was read: account and tenant
   */
  keepSnapshot(source: string, snapshot: Snapshot): Promise<void>;
  /** Not after 30 days. @param after only one that was read later than this instant, ISO 8601 UTC */
  snapshot(source: string, after?: string): Promise<Snapshot | null>;
  dropSnapshot(source: string): Promise<void>;
  /**
   * Takes the turn to poll a queue, or prolongs it: `false` while another process has it. It ends after `forMs`, with
   * `endTurn`, or with the process.
   */
  takeTurn(source: string, forMs: number): Promise<boolean>;
  endTurn(source: string): Promise<void>;
}

/** A write that was begun, and whose outcome is not settled. */
export interface Unfinished {
  /** Milliseconds since 1970. */
  readonly begunAt: number;
  /** Whether an outcome is on record, which may change yet. */
  readonly isRecorded: boolean;
  readonly plan: Plan;
  readonly request: RequestReference;
}

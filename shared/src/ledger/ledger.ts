import type { Attribution, DecisionId, DecisionStatus, Plan, PlanDigest, RequestReference } from '../approval/index.ts';
import type { JournalFlaw, JournalHead, JournalRow } from './journal.ts';

/** How far a decision has come; the words before execution, then those of its outcome. */
export type DecisionPhase = 'planned' | 'confirmed' | 'executing' | 'reconciled' | DecisionStatus;

export type Channel = 'extension' | 'elicitation' | 'terminal';

/** Who wants a plan: a client keeps one id for as long as its process talks to ours. */
export interface Proposer {
  readonly client: string;
  readonly name: string;
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
}

export interface DecisionRecord {
  readonly plan: Plan;
  readonly digest: PlanDigest;
  readonly proposer: Proposer;
  /** What a person types to confirm. */
  readonly confirmText: string;
  readonly phase: DecisionPhase;
  readonly channel: Channel | null;
  readonly outcomes: readonly TargetOutcome[];
}

export type OpenResult = { readonly opened: true } | { readonly opened: false; readonly because: string };

/**
 * What decisions have to outlive. Each operation is one transaction: it happens whole or not at all, and of two that
 * exclude each other one fails.
 */
export interface Ledger {
  /** Records a plan before anybody is asked. At most one open plan per request and five per client. */
  open(plan: Plan, digest: PlanDigest, confirmText: string, proposer: Proposer): Promise<OpenResult>;
  read(decision: DecisionId): Promise<DecisionRecord | null>;
  /** Takes the one answer that a plan gets: `false` when it was answered or closed before. */
  answer(
    decision: DecisionId,
    answer: 'confirmed' | 'declined' | 'refused' | 'expired',
    channel: Channel,
  ): Promise<boolean>;
  /** Puts the intent on record directly before a write leaves: `false` unless the decision is confirmed and this target not begun. */
  begin(decision: DecisionId, request: RequestReference): Promise<boolean>;
  /** Records a target's outcome; with the last one the decision ends. */
  finish(decision: DecisionId, outcome: TargetOutcome): Promise<void>;
  /** Runs `work` while no other decision on the same request of the same tenant runs. */
  exclusively<T>(fingerprint: string, request: RequestReference, work: () => Promise<T>): Promise<T>;
  /**
   * Takes over what processes that are gone left behind: what was confirmed but not begun expires; what was begun and has no
   * outcome is answered, with what ended as unknown in any process, to be reconciled and never sent again.
   */
  takeOver(): Promise<readonly Unfinished[]>;
  /** Records what became of such a write, once. */
  reconcile(decision: DecisionId, outcome: TargetOutcome): Promise<void>;
  /** The journal's last line: kept elsewhere, it proves later that nothing was cut off. */
  head(): Promise<JournalHead>;
  /** Lines after `after`, oldest first. */
  rows(after: number, limit: number): Promise<readonly JournalRow[]>;
  /** Every flaw in the journal, against a head that was kept elsewhere if there is one. */
  verify(known?: JournalHead): Promise<readonly JournalFlaw[]>;
}

/** A write that was begun, and whose outcome nobody recorded. */
export interface Unfinished {
  readonly plan: Plan;
  readonly request: RequestReference;
}

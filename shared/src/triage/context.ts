import type { Settings } from '../account/index.ts';

/** What is known beside a request. Left out: it was not asked for, so nothing is said of it. */
export interface TriageContext {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly guardrails: Settings['guardrails'];
  /** Those who decide here: the accounts file's approver and the account's. */
  readonly approver?: { readonly name?: string | undefined; readonly emails: readonly string[] };
  /** For whole queues, in which many texts stand again and again: which of them address an AI. Nothing else rests on it. */
  readonly addressing?: Map<string, boolean>;
  /** Facts that this reading of the vendor can't hold, because they stand elsewhere; `scan` in ThreatLocker's lists. */
  readonly notAsked?: readonly 'scan'[];
  /** How many other requests ask for the same file. */
  readonly sameFileElsewhere?: number;
  /** How many requests of this requester wait. */
  readonly waitingOfRequester?: number;
  readonly earlier?: readonly EarlierSummary[];
  /** Applications that the file belongs to already. */
  readonly matching?: readonly { readonly name: string; readonly builtIn: boolean }[];
  /** Kinds of access that the vendor's research marks as protected. */
  readonly protectedAccess?: readonly string[];
  /** How many validly signed files were approved from here: by this one's signer, and in all. */
  readonly approvedFrom?: { readonly ofSigner: number; readonly ofAll: number };
}

/** One earlier decision on the same file. */
export interface EarlierSummary {
  /** Told by a hash; otherwise by path and signer or publisher, so that the bytes may differ. */
  readonly isSameContent: boolean;
  readonly verdict: 'approved' | 'denied';
  /** ISO 8601. */
  readonly at: string | null;
  readonly by: string | null;
}

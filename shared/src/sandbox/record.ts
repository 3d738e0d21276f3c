export type Vendor = 'threatlocker' | 'admin-by-request';

/** One call as it came over the wire. */
export interface RecordedCall {
  readonly vendor: Vendor;
  /** Milliseconds, by the sandbox's clock. */
  readonly at: number;
  readonly method: string;
  /** Path and query exactly as sent, so that their encoding can be asserted. */
  readonly url: string;
  /** Without the query, still percent-encoded. */
  readonly path: string;
  /** Decoded; of a repeated parameter the last one. */
  readonly query: Readonly<Record<string, string>>;
  /** Names in lower case. Holds credentials: the sandbox's own, worth nothing elsewhere. */
  readonly headers: Readonly<Record<string, string>>;
  /** The exact text. */
  readonly body: string;
}

/**
 * What a call would do, judged by verb and path alone: ThreatLocker's AuthorizeForPermitById and
 * PermitStorageApproval are `approve`; Admin By Request's PUT is `approve` whatever its body says.
 * `unknown`: a verb that writes, on a path that the vendor doesn't have.
 */
export type Verdict = 'approve' | 'deny' | 'ignore' | 'take-ownership' | 'issue-pin' | 'delete-computer' | 'unknown';

/** `applied`: the vendor's data changed. `nothing`: answered (or cut off) without a change. `refused`: an error answer. */
export type Effect = 'applied' | 'nothing' | 'refused';

export interface WriteIntent {
  readonly verdict: Verdict;
  readonly requestIds: readonly string[];
}

/** One attempt to write, in the order in which the effects took place. */
export interface RecordedWrite extends RecordedCall, WriteIntent {
  /** The first of `requestIds`: what most writes are about. */
  readonly requestId: string | undefined;
  readonly effect: Effect;
  /** HTTP status of the answer; null where a fault ended the connection without one. */
  readonly status: number | null;
  /** Why it was refused or changed nothing, in words for a test's author. */
  readonly why: string | undefined;
}

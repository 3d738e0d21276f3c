import type { VendorId } from '../approval/index.ts';

/** How far an account was pulled. */
export interface Pull {
  /** Which tenant it was. */
  readonly fingerprint: string;
  /** Only requests made from then on are told, milliseconds since 1970; `null`: all that the vendor still had. */
  readonly since: number | null;
  /** Where its reading goes on, in its provider's own words; the ledger doesn't look into it. `null`: at the beginning. */
  readonly cursor: string | null;
  /** Grows with every change, so that of two processes that pull at once one notices. */
  readonly revision: number;
}

/** What was last told of a request. */
export interface ToldRequest {
  readonly id: VendorId;
  readonly status: string;
  /** Whether it still waits for something, so that it is asked for when the vendor lists it no longer. */
  readonly isOpen: boolean;
  /** The id of its organization, where the vendor has several. */
  readonly organization: string | null;
}

/** A part of a reading: what it tells, and where the reading goes on after it. */
export interface PulledPart {
  readonly revision: number;
  readonly told: readonly ToldRequest[];
  /** Ids of requests that still stand as they were told, so that they aren't forgotten. */
  readonly seen: readonly VendorId[];
  /** Ids of requests that the vendor has no longer. */
  readonly gone: readonly VendorId[];
  /** Finished lines without a line break; the outbox keeps them until they are taken. */
  readonly lines: readonly string[];
  /** Left out: where it was. */
  readonly cursor?: string | undefined;
  /** The account's lines up to this number have been taken meanwhile. */
  readonly taken?: number | undefined;
}

export interface KeptPart {
  readonly revision: number;
  /** The number of its first line, where it has lines. */
  readonly first: number;
}

/** Lines that nobody has taken yet, numbered one after the other; between parts numbers are left out. */
export interface OutboxLines {
  readonly account: string;
  /** Number of the first of them. */
  readonly first: number;
  readonly lines: readonly string[];
}

/**
 * What a receiver elsewhere is told of the accounts' requests. A line, the place where the reading goes on and what was told
 * so far change together, so that a process may end anywhere: what was read is in the outbox, or is read again.
 */
export interface Offload {
  /** `null` for an account that was never pulled. */
  pull(account: string): Promise<Pull | null>;
  /** Begins anew, for a new account or one that points to another tenant: forgets what was told, keeps what nobody has taken. */
  beginPull(account: string, fingerprint: string, since: number | null): Promise<Pull>;
  /** Those of the ids of which something was told, by id. */
  toldOf(account: string, ids: readonly VendorId[]): Promise<ReadonlyMap<VendorId, ToldRequest>>;
  /** Every request that was told as open. */
  openOf(account: string): Promise<readonly ToldRequest[]>;
  /** Keeps a part. @returns `null`, with nothing kept, when another process has changed the account */
  keepPulled(account: string, part: PulledPart): Promise<KeptPart | null>;
  /** The next lines of these accounts that nobody has taken, in order. @param after only those with a higher number */
  outbox(accounts: readonly string[], after: number): Promise<OutboxLines | null>;
  /**
   * Removes the accounts' lines up to the one with this number, which removes nothing the second time.
   * @returns `false`, with nothing removed, for a number that none of them has, and that can't have been taken before
   */
  taken(accounts: readonly string[], upTo: number): Promise<boolean>;
}

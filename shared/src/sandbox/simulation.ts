import type { Effect, RecordedCall, Vendor, WriteIntent } from './record.ts';
import type { Reply } from './reply.ts';

export interface Outcome {
  readonly reply: Reply;
  /** For writes; `nothing` if left out. */
  readonly effect?: Effect;
  readonly why?: string;
}

export type RivalVerdict = 'approve' | 'deny';

/** One vendor's server behind a listener. Everything in it is synchronous, so one call is one transaction. */
export interface Simulation<Stored, Draft> {
  readonly vendor: Vendor;
  /** What the call would write, told from verb, path and the ids in it; undefined for a read. */
  intent(call: RecordedCall): WriteIntent | undefined;
  handle(call: RecordedCall): Outcome;
  stored(id: string): Stored | undefined;
  /** Ids of what waits now, oldest first. */
  pending(): readonly string[];
  /** Adds a request and answers its id; what the draft leaves out is made up from the seed. */
  add(draft: Draft): string;
  remove(id: string): void;
  /** Another approver decides in the vendor's own portal. */
  decide(id: string, verdict: RivalVerdict): void;
  /** To be called after the stored request was changed by a test's own hand. */
  touched(id: string): void;
}

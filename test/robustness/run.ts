import type { RivalVerdict, Vendor } from '@countersign/shared/sandbox';
import type { Era } from '../mcp-server/mcp/client.ts';
import type { WayName } from './way.ts';

/** Where a process is killed; numbers count from 1. A call is killed when the vendor has it: before its effect, or after it. */
export type Death =
  | { readonly at: 'commit' | 'call'; readonly number: number; readonly moment: 'before' | 'after' }
  /** Once it has answered; or never, and it lives on beside the next one. */
  | { readonly at: 'end' | 'never' };

/** How bad the connection to the vendors is: how many calls in a hundred come to nothing, or to no answer. */
export interface Weather {
  readonly seed: number;
  readonly reads: number;
  readonly writes: number;
  /** Once a write has left. */
  readonly readsAfterwards: number;
}

export type Given = 'yes' | 'no' | 'wrong text';

/** Another approver, who decides one of the requests in the vendor's own portal. */
export interface Rival {
  readonly target: number;
  readonly verdict: RivalVerdict;
  /** Directly before the vendor handles the call of this number, when the person was asked, or when the process is gone. */
  readonly at: number | 'question' | 'death';
}

/** What happens in one run, whole: the same words make the same run again. */
export interface Run {
  readonly vendor: Vendor;
  readonly verdict: 'approve' | 'deny';
  readonly targets: number;
  readonly era: Era;
  readonly way: WayName;
  readonly given: Given;
  readonly death: Death;
  readonly rival: Rival | null;
  readonly weather: Weather | null;
  /** Whether the next process reconciles first or plans at once, as the client layer over the ledger or as the real command and server. */
  readonly next: { readonly does: 'reconcile' | 'plan'; readonly as: 'library' | 'program' };
}

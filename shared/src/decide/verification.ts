import type {
  ApprovalRequest,
  Attribution,
  DecisionId,
  DecisionStatus,
  PlanTarget,
  VendorId,
  Verdict,
} from '../approval/index.ts';
import type { VendorError } from '../http/index.ts';
import type { TargetOutcome } from '../ledger/index.ts';
import type { Provider } from '../provider/index.ts';
import { cleanLine } from '../text/index.ts';

/** What the vendor made of the write: took it, or failed in a way that may or may not have changed something. */
export type Sent = { readonly accepted: true } | { readonly accepted: false; readonly error: VendorError };

/** A write that was sent, or may have been, and what is needed to find out what became of it. */
export interface Verification {
  readonly provider: Provider;
  readonly id: VendorId;
  readonly target: PlanTarget;
  readonly decision: DecisionId;
  readonly verdict: Verdict;
  /** The request as it was read directly before the write; `null` when that was another process, which is gone. */
  readonly before: ApprovalRequest | null;
  readonly sent: Sent;
  /** The name under which the vendor's record knows this account's own user; `null` where nothing proves one. */
  readonly ownName: () => Promise<string | null>;
  /** So long after the write that it takes no effect any more, if it has taken none. */
  readonly isLate?: boolean;
  readonly wait: (ms: number) => Promise<void>;
  readonly delays: readonly number[];
}

/** @param who whom the vendor's record names, where it isn't who decided */
export function outcome(
  { target }: Verification,
  status: DecisionStatus,
  message: string,
  after: ApprovalRequest,
  attribution?: Attribution,
  who: string | null = after.decided?.by ?? after.decided?.email ?? null,
): TargetOutcome {
  return {
    request: target.request,
    status,
    message,
    ...(who ? { decidedBy: cleanLine(who, 100) } : {}),
    ...(attribution ? { attribution } : {}),
  };
}

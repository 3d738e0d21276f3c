import type { Decision, RequestReference } from '@countersign/shared/approval';
import type { DecisionResult } from '@countersign/shared/decide';

/** How a person of this window decides something themselves. */
export interface Decider {
  /**
   * Makes the decision exact, shows exactly that in a dialog, and carries out what is confirmed there. Says itself how it
   * ended, except for `needs-choice`, where the caller asks for the choice and comes back.
   *
   * @returns `null`: the person closed the dialog, and nothing was sent
   */
  decide(requests: readonly RequestReference[], decision: Decision): Promise<DecisionResult | null>;
}

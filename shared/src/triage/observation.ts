import type { ApprovalRequest, FindingId } from '../approval/index.ts';
import type { TriageContext } from './context.ts';

/** What a rule sees, before the settings say how grave it is. */
export interface Observation {
  readonly id: FindingId;
  /** What it rests on, in the vendor's or requester's own words: untrusted. */
  readonly fact: string;
  /** One plain sentence of ours. */
  readonly message: string;
}

/** Contact details are no fact to show. */
export const THEIR_ADDRESS = "the requester's e-mail address";

/** Never throws, whatever a request holds. */
export type Rules = (request: ApprovalRequest, context: TriageContext) => readonly (Observation | false | null)[];

import type { Secret } from '../account/index.ts';
import { type ApproverKey, flawIn, flawInUnattended, type UnattendedCountersignature } from '../approval/index.ts';
import type { DecisionRecord } from '../ledger/index.ts';
import { CLOCK_WENT_BACK } from './execute.ts';

/** What came back when a person was asked. Only the text itself, or a signature, can confirm. */
export type PersonsAnswer =
  | { readonly kind: 'typed'; readonly text: string }
  | { readonly kind: 'declined' }
  | { readonly kind: 'cancelled' };

export type Judgement =
  | { readonly answer: 'confirmed' }
  | {
      readonly answer: 'declined' | 'refused' | 'expired';
      readonly by: 'client' | 'guardrail';
      readonly message: string;
    };

/** What a person's answer comes to: only the very text, in time, confirms. */
export function judge({ plan }: DecisionRecord, answer: PersonsAnswer, time: number): Judgement {
  const untimely = outsideItsTime(plan, time);
  if (untimely) return untimely;
  if (answer.kind === 'declined') return DECLINED;
  // Nobody said no, so nobody is kept from asking again.
  if (answer.kind === 'cancelled')
    return { answer: 'refused', by: 'client', message: 'The question was closed without an answer.' };
  if (answer.text.trim() === plan.confirmText) return { answer: 'confirmed' };
  const message = 'What was typed is not the text that was asked for, so it counts as no confirmation.';
  return { answer: 'refused', by: 'client', message };
}

/** What a signed answer comes to: only one on this very plan, by a trusted key, in time, counts. */
export function judgeSigned(
  { plan, digest, left }: DecisionRecord,
  keys: readonly ApproverKey[],
  time: number,
): Judgement {
  const untimely = outsideItsTime(plan, time);
  if (untimely) return untimely;
  const flaw = left ? flawIn(left, plan, digest, keys) : 'There is no countersignature.';
  if (flaw !== null) return { answer: 'refused', by: 'guardrail', message: flaw };
  return left?.verdict === 'decline' ? DECLINED : { answer: 'confirmed' };
}

/** What a decision that a job carries back comes to: only one that was made with the account's secret, in time, counts. */
export function judgeUnattended(
  { plan, digest }: DecisionRecord,
  given: UnattendedCountersignature,
  secret: Secret,
  time: number,
): Judgement {
  const untimely = outsideItsTime(plan, time);
  if (untimely) return untimely;
  const flaw = flawInUnattended(given, plan, digest, secret.reveal());
  return flaw === null ? { answer: 'confirmed' } : { answer: 'refused', by: 'guardrail', message: flaw };
}

const DECLINED = {
  answer: 'declined',
  by: 'client',
  message: 'A person rejected the proposal; the request is neither approved nor denied by it.',
} as const;

function outsideItsTime({ expiresAt, plannedAt }: DecisionRecord['plan'], time: number): Judgement | null {
  if (time >= Date.parse(expiresAt))
    return { answer: 'expired', by: 'guardrail', message: 'The answer came too late.' };
  if (time < Date.parse(plannedAt)) return { answer: 'refused', by: 'guardrail', message: CLOCK_WENT_BACK };
  return null;
}

import type { DecisionRecord } from '@countersign/shared/ledger';
import { cleanLine } from '@countersign/shared/text';
import * as z from 'zod';
import { decisionTarget, decisionTargetOf } from './decision.ts';

export const answered = z.object({
  channel: z.string(),
  /** As far as the channel can tell; an assistant's client says it of itself. */
  who: z.string(),
  /** The ticket in which they decided; a job carried that back. */
  ticket: z.string().optional(),
  /** With a person's own key, which a job doesn't have. */
  signed: z.boolean(),
});

/** A decision as the journal has it. Facts of the plan stay out: they hold what requesters say of themselves. */
export const journalEntry = z.object({
  decision: z.string(),
  verdict: z.string(),
  status: z.string(),
  plannedAt: z.string(),
  expiresAt: z.string(),
  /** The name that the client gave itself. */
  proposedBy: z.string(),
  channel: z.string(),
  answered: answered.nullable(),
  targets: z.array(decisionTarget),
  targetsTotal: z.number(),
});
export type JournalEntry = z.infer<typeof journalEntry>;

const NAME_MAX = 60;
const WHO_MAX = 200;

/** @param most targets that are told; the rest is counted */
export function journalEntryOf(record: DecisionRecord, now: number, most: number): JournalEntry {
  const { plan, proposer, channel, outcomes, closedBecause } = record;
  const status = statusOf(record, now);
  const message = closedBecause ?? MESSAGES[status] ?? '';
  const targets = plan.targets.map(
    ({ request }) => outcomes.find((outcome) => outcome.request === request) ?? { request, status, message },
  );
  return {
    decision: plan.decision,
    verdict: plan.verdict,
    status,
    plannedAt: plan.plannedAt,
    expiresAt: plan.expiresAt,
    proposedBy: cleanLine(proposer.name, NAME_MAX),
    channel,
    answered: answeredOf(record.answered),
    targets: targets.slice(0, most).map(decisionTargetOf),
    targetsTotal: targets.length,
  };
}

export function answeredOf(given: DecisionRecord['answered']): z.output<typeof answered> | null {
  if (given === null) return null;
  const { channel, who, ticket, countersignature } = given;
  return {
    channel,
    who: cleanLine(who, WHO_MAX),
    ...(ticket === undefined ? {} : { ticket: cleanLine(ticket, WHO_MAX) }),
    signed: countersignature !== undefined && 'signature' in countersignature,
  };
}

/** The words of an answer to a proposal, and `confirmed` and `executing` while it is carried out. */
function statusOf({ phase, plan }: DecisionRecord, now: number): string {
  if (phase !== 'planned') return phase;
  return now < Date.parse(plan.expiresAt) ? 'awaiting-confirmation' : 'expired';
}

const MESSAGES: Readonly<Record<string, string>> = {
  'awaiting-confirmation': 'It waits for a person.',
  confirmed: 'A person confirmed it; it is about to be carried out.',
  executing: 'It is being carried out.',
  declined: 'A person declined it. Nothing was sent.',
  expired: 'Nobody answered in time. Nothing was sent.',
};

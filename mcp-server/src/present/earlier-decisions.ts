import type { VendorError } from '@countersign/shared/http';
import type { EarlierOwnDecision, LedgerError } from '@countersign/shared/ledger';
import type { EarlierDecision, EarlierDecisions } from '@countersign/shared/provider';
import { cleanBlock, cleanLine } from '@countersign/shared/text';
import * as z from 'zod';
import { decisionTarget, decisionTargetOf } from './decision.ts';
import { answered, answeredOf } from './journal-entry.ts';

const ownDecision = z.object({
  decision: z.string(),
  verdict: z.string(),
  at: z.string(),
  /** By what the file was told to be the same. */
  sameFile: z.string(),
  ...decisionTarget.shape,
  answered: answered.nullable(),
});
type OwnDecisionView = z.infer<typeof ownDecision>;

const vendorDecision = z.object({
  request: z.string(),
  verdict: z.string(),
  selfApproved: z.boolean(),
  at: z.string().nullable(),
  requestedAt: z.string().nullable(),
  by: z.string().nullable(),
  comment: z.string().nullable(),
  organization: z.string().nullable(),
  computer: z.string().nullable(),
  requester: z.string().nullable(),
  /** By what the file was told to be the same. */
  sameFile: z.string(),
});
type VendorDecisionView = z.infer<typeof vendorDecision>;

/** What was decided before on the same file. `null`: it could not be looked up, and a note says why. */
export const earlierDecisions = z.object({
  /** From here, by the journal. */
  ours: z.array(ownDecision).nullable(),
  /** By anybody, by the vendor's record. */
  vendor: z
    .object({ lookedUpBy: z.string(), decisions: z.array(vendorDecision), notes: z.array(z.string()) })
    .nullable(),
  notes: z.array(z.string()),
});
export type EarlierView = z.infer<typeof earlierDecisions>;

export interface EarlierFound {
  readonly ours: { readonly decisions: readonly EarlierOwnDecision[]; readonly notes: readonly string[] } | LedgerError;
  readonly vendor: EarlierDecisions | VendorError;
}

/** @param most of the vendor's decisions that are told; the rest is counted */
export function earlierDecisionsOf({ ours, vendor }: EarlierFound, most: number): EarlierView {
  return {
    ours: ours instanceof Error ? null : ours.decisions.map(ownDecisionOf),
    vendor: vendor instanceof Error ? null : vendorView(vendor, most),
    notes: [
      ...(ours instanceof Error ? [notLookedUp('from here', ours)] : ours.notes),
      ...(vendor instanceof Error ? [notLookedUp("in the vendor's record", vendor)] : []),
    ],
  };
}

function vendorView({ by, decisions, notes }: EarlierDecisions, most: number): NonNullable<EarlierView['vendor']> {
  const more =
    decisions.length > most ? [`Only the newest ${most} of ${decisions.length} earlier decisions are shown.`] : [];
  return { lookedUpBy: by, decisions: decisions.slice(0, most).map(vendorDecisionOf), notes: [...more, ...notes] };
}

function notLookedUp(where: string, { message }: Error): string {
  return `Earlier decisions ${where} could not be looked up. ${cleanLine(message, 500)}`;
}

function ownDecisionOf({
  decision,
  request,
  verdict,
  sameFile,
  at,
  answered: given,
  outcome,
}: EarlierOwnDecision): OwnDecisionView {
  return { decision, verdict, at, sameFile, ...decisionTargetOf({ ...outcome, request }), answered: answeredOf(given) };
}

function vendorDecisionOf({
  request,
  verdict,
  selfApproved,
  at,
  requestedAt,
  by,
  comment,
  organization,
  computer,
  requester,
  matchedBy,
}: EarlierDecision): VendorDecisionView {
  const line = (text: string | null) => (text === null ? null : cleanLine(text, 120));
  return {
    request,
    verdict,
    selfApproved,
    at,
    requestedAt,
    // Of a requester who approved by themselves the vendor may give the address.
    by: selfApproved ? null : line(by),
    comment: comment === null ? null : cleanBlock(comment, 300),
    organization: line(organization),
    computer: line(computer),
    requester: line(requester),
    sameFile: matchedBy,
  };
}

import type { ApprovalRequest, Known, VendorId } from '../approval/index.ts';
import { cleanBlock, cleanLine } from '../text/index.ts';
import type { EarlierDecision, EarlierDecisions } from './provider.ts';
import { type SameFile, sameFile, tellingOf } from './same-file.ts';

/** Decisions that are handed on; a file may have been decided on thousands of computers. */
const MOST = 50;

/** A request that the vendor calls decided, with what its record says of the decision. */
export interface DecidedRequest {
  readonly request: ApprovalRequest;
  /** Instants, ISO 8601 UTC. */
  readonly requestedAt: Known<string>;
  readonly decidedAt: Known<string>;
  readonly comment: Known<string>;
  readonly selfApproved: boolean;
}

/** The decided requests for the same file as this one's, the request itself left out. The later of two readings counts. */
export function earlierAmong(
  request: ApprovalRequest,
  decided: readonly DecidedRequest[],
  notes: readonly string[],
): EarlierDecisions {
  const byId = new Map<VendorId, DecidedRequest>(decided.map((one) => [one.request.vendorId, one]));
  byId.delete(request.vendorId);
  const same = [...byId.values()].flatMap((one) => {
    const matchedBy = sameFile(request.subject, one.request.subject);
    return matchedBy === null ? [] : [{ one, matchedBy }];
  });
  const decisions = same
    .flatMap(({ one, matchedBy }) => toDecision(one, matchedBy) ?? [])
    .sort((a, b) => timeOf(b).localeCompare(timeOf(a), 'en'));
  const unknown = same.filter(({ one }) => one.request.status.startsWith('other')).length;
  return {
    by: tellingOf(request.subject) ?? 'none',
    decisions: decisions.slice(0, MOST),
    notes: [
      ...(decisions.length > MOST
        ? [`Only the newest ${MOST} of ${decisions.length} earlier decisions are shown.`]
        : []),
      ...(unknown > 0
        ? [
            `${unknown} more ${unknown === 1 ? 'request' : 'requests'} for this file ${unknown === 1 ? 'has' : 'have'} a status that Countersign does not know, and may have been decided either way.`,
          ]
        : []),
      ...notes,
    ],
  };
}

/** What is answered for a file that can't be told from others: nothing was asked, and the note says so. */
export function nothingToTellBy(note: string): EarlierDecisions {
  return { by: 'none', decisions: [], notes: [note] };
}

/** The day of the oldest decision, for a sentence on how far back was looked. */
export function oldestDay(decided: readonly DecidedRequest[]): string | null {
  const times = decided.flatMap(({ decidedAt, requestedAt }) => decidedAt ?? requestedAt ?? []).sort();
  return times[0]?.slice(0, 10) ?? null;
}

function toDecision(decided: DecidedRequest, matchedBy: SameFile): EarlierDecision | null {
  const { request, requestedAt, decidedAt, comment, selfApproved } = decided;
  const verdict = verdictOf(request);
  if (verdict === null) return null;
  const { organization, computer, requester } = request;
  return {
    request: request.reference,
    verdict,
    selfApproved,
    at: decidedAt,
    requestedAt,
    by: line(request.decided?.by ?? request.decided?.email ?? null),
    comment: comment === null ? null : cleanBlock(comment, 1_000) || null,
    organization: line(organization.name),
    computer: line(computer.name),
    requester: line(requester.account ?? requester.name),
    matchedBy,
  };
}

function verdictOf({ status, decided }: ApprovalRequest): EarlierDecision['verdict'] | null {
  if (status === 'approved' || status === 'denied') return status;
  // An approval that ran out before it was used is an approval all the same, if the record says whose.
  return status === 'expired' && decided !== null ? 'approved' : null;
}

function line(text: Known<string>): Known<string> {
  return text === null ? null : cleanLine(text, 200) || null;
}

function timeOf({ at, requestedAt }: EarlierDecision): string {
  return at ?? requestedAt ?? '';
}

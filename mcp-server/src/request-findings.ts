import type { Settings } from '@countersign/shared/account';
import type { ApprovalRequest, Finding } from '@countersign/shared/approval';
import type { Application, ResearchReport } from '@countersign/shared/provider';
import { contextFor, sameFileElsewhere } from '@countersign/shared/queue';
import { type EarlierSummary, findingsOf } from '@countersign/shared/triage';
import type { EarlierReading } from './earlier-decisions.ts';

/** What was read beside a request; what could not be read is left out, and then nothing is said of it. */
export interface Surroundings {
  readonly settings: Settings;
  readonly now: number;
  /** Everything else that waits, as far as it could be read. */
  readonly queue: readonly ApprovalRequest[];
  readonly earlier: EarlierReading;
  readonly matching?: readonly Application[] | undefined;
  readonly research?: ResearchReport | undefined;
}

/** Findings on one request that somebody looks at whole. */
export function requestFindings(request: ApprovalRequest, surroundings: Surroundings): readonly Finding[] {
  const { settings, now, queue, earlier, matching, research } = surroundings;
  const read = research ? { ...request, subject: { ...request.subject, scan: research.scan } } : request;
  const context = contextFor(read, { now, settings });
  const access = research?.research.flatMap((about) => about.access) ?? [];
  const who = request.requester.account ?? request.requester.name;
  const sameRequester = queue.filter(
    ({ requester, account }) => account === request.account && (requester.account ?? requester.name) === who,
  );
  return findingsOf(read, {
    ...context,
    ...(research ? { notAsked: [] } : {}),
    sameFileElsewhere: sameFileElsewhere(request, queue).length,
    waitingOfRequester: who === null ? 1 : sameRequester.length,
    earlier: earlierIn(earlier),
    ...(matching ? { matching } : {}),
    ...(research
      ? { protectedAccess: access.filter(({ isProtected }) => isProtected === true).map(({ name }) => name) }
      : {}),
  });
}

/** The vendor's record names everybody's decisions; ours stand in where it could not be read. */
function earlierIn({ ours, vendor }: EarlierReading): readonly EarlierSummary[] {
  if (!(vendor instanceof Error) && vendor.decisions.length > 0) return vendor.decisions;
  if (ours instanceof Error) return [];
  return ours.decisions.flatMap(({ verdict, at, answered }): readonly EarlierSummary[] =>
    verdict === 'take-ownership'
      ? []
      : [{ verdict: verdict === 'approve' ? 'approved' : 'denied', at, by: answered?.who ?? null }],
  );
}

import type { Settings } from '../account/index.ts';
import type { ApprovalRequest, Finding } from '../approval/index.ts';
import type { Application, EarlierDecision, ResearchReport } from '../provider/index.ts';
import { type EarlierSummary, findingsOf } from '../triage/index.ts';
import type { EarlierReading } from './earlier-decisions.ts';
import { sameFileElsewhere } from './source.ts';
import { contextFor } from './triage.ts';

/** What was read beside a request; what could not be read is left out, and then nothing reassuring is concluded from it. */
export interface Surroundings {
  readonly settings: Settings;
  readonly now: number;
  /** Everything else that waits, as far as it could be read. */
  readonly queue: readonly ApprovalRequest[];
  readonly earlier: EarlierReading;
  readonly research: ResearchReport | null;
  /** Where they were read by themselves; left out: those that came with the research. */
  readonly matching?: readonly Application[] | null;
}

/** The request with what scanners said, which ThreatLocker tells with its research alone. */
export function withScan(request: ApprovalRequest, research: ResearchReport | null): ApprovalRequest {
  return research === null ? request : { ...request, subject: { ...request.subject, scan: research.scan } };
}

/** Findings on one request that somebody looks at whole. */
export function requestFindings(request: ApprovalRequest, surroundings: Surroundings): readonly Finding[] {
  const { settings, now, queue, earlier, research } = surroundings;
  const matching = surroundings.matching ?? research?.matching;
  const access = research?.research.flatMap((about) => about.access) ?? [];
  const familiarity = earlier.ours instanceof Error ? null : earlier.ours.familiarity;
  const who = request.requester.account ?? request.requester.name;
  const sameRequester = queue.filter(
    ({ requester, account }) => account === request.account && (requester.account ?? requester.name) === who,
  );
  return findingsOf(withScan(request, research), {
    ...contextFor(request, { now, settings }),
    notAsked: [],
    sameFileElsewhere: sameFileElsewhere(request, queue).length,
    waitingOfRequester: who === null ? 1 : sameRequester.length,
    earlier: earlierIn(earlier),
    ...(familiarity === null ? {} : { approvedFrom: familiarity }),
    ...(matching ? { matching } : {}),
    protectedAccess: access.filter(({ isProtected }) => isProtected === true).map(({ name }) => name),
  });
}

/** The vendor's record names everybody's decisions; ours stand in where it could not be read. */
function earlierIn({ ours, vendor }: EarlierReading): readonly EarlierSummary[] {
  if (!(vendor instanceof Error) && vendor.decisions.length > 0) {
    // A requester who approved their own request is named by an address.
    return vendor.decisions.map(({ verdict, at, selfApproved, by, matchedBy }) => ({
      isSameContent: isSameContent(matchedBy),
      verdict,
      at,
      by: selfApproved ? 'the requester' : by,
    }));
  }
  if (ours instanceof Error) return [];
  return ours.decisions.flatMap(({ verdict, at, answered, sameFile }): readonly EarlierSummary[] =>
    verdict === 'take-ownership'
      ? []
      : [
          {
            isSameContent: isSameContent(sameFile),
            verdict: verdict === 'approve' ? 'approved' : 'denied',
            at,
            by: answered?.who ?? null,
          },
        ],
  );
}

function isSameContent(by: EarlierDecision['matchedBy']): boolean {
  return by === 'sha256' || by === 'vendor-hash';
}

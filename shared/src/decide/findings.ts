import type { Settings } from '../account/index.ts';
import type { ApprovalRequest, Finding, GuardedFacts, RequestReference, Verdict } from '../approval/index.ts';
import { contextFor } from '../queue/index.ts';
import { findingsOf } from '../triage/index.ts';

/** What was found of one target of a plan. */
export interface TargetFindings {
  readonly request: RequestReference;
  readonly findings: readonly Finding[];
}

/** Findings on what a plan rests on, with the scan as the plan holds it. */
export function targetFindings(
  request: ApprovalRequest,
  { scan }: GuardedFacts,
  settings: Settings,
  now: number,
): TargetFindings {
  const read = { ...request, subject: { ...request.subject, scan } };
  return {
    request: request.reference,
    findings: findingsOf(read, { ...contextFor(read, { now, settings }), notAsked: [] }),
  };
}

/** Findings of the gravest kind, where they count: nothing ever restricts a denial. */
export function stopsIn(verdict: Verdict, found: readonly TargetFindings[]): readonly Finding[] {
  if (verdict !== 'approve') return [];
  return found.flatMap(({ findings }) => findings.filter(({ severity }) => severity === 'stop'));
}

/** Why an approval is refused wherever it would be confirmed; `null` when it isn't. */
export function refusedEverywhere(verdict: Verdict, found: readonly TargetFindings[]): string | null {
  const stop = stopsIn(verdict, found).find(({ id }) => id === 'scan-malicious' || id === 'quarantined');
  if (!stop) return null;
  const denial = stop.id === 'scan-malicious' ? ' It can be denied.' : '';
  return `${stop.message} It is not approved from here.${denial}`;
}

import type { GuardedFacts, Plan, RequestReference, ScanResult } from '../approval/index.ts';
import { quoted } from '../text/index.ts';
import { findingText } from '../triage/index.ts';
import type { PlannedDecision } from './plan-decision.ts';

const TITLES = { approve: 'APPROVE', deny: 'DENY', 'take-ownership': 'TAKE OWNERSHIP' } as const;

/** What is asked, who wants it, and where. @param proposedBy `null`: whoever is asked wants it themselves */
export function planHeading({ plan, effects, accounts }: PlannedDecision, proposedBy: string | null): string {
  const count = effects.length > 1 ? ` ${effects.length} requests` : '';
  const labels = accounts.map(({ account }) => `${account.label}${account.sandbox ? ' (SANDBOX)' : ''}`);
  const by = proposedBy === null ? '' : `, proposed by ${quoted(proposedBy, 60)}`;
  return `${TITLES[plan.verdict]}${count}${by}, account ${labels.join(', ')}.`;
}

/** What was found of one of its requests, gravest first, in our words. */
export function planFindings({ findings }: PlannedDecision, request: RequestReference): readonly string[] {
  const found = findings.find((target) => target.request === request)?.findings ?? [];
  return found.map((own) => `${own.severity.toUpperCase()}: ${findingText(own)}`);
}

/** What a decision rests on, as it was read, in words for the person who answers; what others wrote stands in quotes. */
export interface PlanFacts {
  readonly requester: string;
  /** `null`: none was given. */
  readonly reason: string | null;
  readonly file: string;
  /** The first signer, and whether that is known to be valid; `nobody`: it is unsigned; `null`: not known. */
  readonly signedBy: string | null;
  readonly scan: ScanResult['verdict'];
}

export function planFactsOf({ targets }: Plan, request: RequestReference): PlanFacts | null {
  const facts = targets.find((target) => target.request === request)?.facts;
  if (!facts) return null;
  return {
    requester: facts.requester === null ? 'an unknown requester' : quoted(facts.requester, 100),
    reason: facts.reason === null ? null : quoted(facts.reason, 300),
    file: facts.path === null ? 'not known' : quoted(facts.path, 300),
    signedBy: signedBy(facts),
    scan: facts.scan.verdict,
  };
}

function signedBy({ certificates }: GuardedFacts): string | null {
  if (certificates === null) return null;
  const [first] = certificates;
  if (!first) return 'nobody';
  const isGood = first.valid === true && first.digestMismatch !== true;
  return `${first.subject === null ? 'an unnamed signer' : quoted(first.subject, 100)}, ${isGood ? 'valid' : 'NOT known to be valid'}`;
}

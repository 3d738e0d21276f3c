import { type ApprovalRequest, FINDING_IDS, type Finding, type FindingId, type Severity } from '../approval/index.ts';
import { bounded } from './bounded.ts';
import { CATALOGUE } from './catalogue.ts';
import type { TriageContext } from './context.ts';
import type { Observation } from './observation.ts';
import { context as fromContext } from './rules/context.ts';
import { name } from './rules/name.ts';
import { person } from './rules/person.ts';
import { place } from './rules/place.ts';
import { scan } from './rules/scan.ts';
import { signature } from './rules/signature.ts';
import { state } from './rules/state.ts';
import { tool } from './rules/tool.ts';
import { words } from './rules/words.ts';

const RULES = [scan, signature, name, tool, place, words, person, state, fromContext] as const;
const SEVERITIES: readonly Severity[] = ['stop', 'caution', 'info'];

const RANK = new Map(FINDING_IDS.map((id, index) => [id, index]));

/** What a person should notice before deciding, gravest first; then in the order of the catalogue. */
export function findingsOf(whole: ApprovalRequest, context: TriageContext): readonly Finding[] {
  const request = bounded(whole);
  const found = new Map<FindingId, Finding>();
  for (const rules of RULES) {
    for (const observation of rules(request, context)) {
      if (observation && !found.has(observation.id)) found.set(observation.id, findingFrom(observation, context));
    }
  }
  return [...found.values()].sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || (RANK.get(a.id) ?? 0) - (RANK.get(b.id) ?? 0),
  );
}

function findingFrom({ id, fact, message }: Observation, { guardrails }: TriageContext): Finding {
  const { severity, source } = CATALOGUE[id];
  return { id, severity: guardrails.severity[id] ?? severity, fact, message, source };
}

/** The gravest of them; `null` when there is none. */
export function gravest(findings: readonly Pick<Finding, 'severity'>[]): Severity | null {
  return SEVERITIES.find((severity) => findings.some((finding) => finding.severity === severity)) ?? null;
}

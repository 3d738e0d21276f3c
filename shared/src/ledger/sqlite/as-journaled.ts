import type { DatabaseSync } from 'node:sqlite';
import { canonicalJson, planDigest } from '../../approval/index.ts';
import type { DecisionRecord, TargetOutcome } from '../ledger.ts';
import { overallStatus } from '../overall.ts';
import { type DecisionLine, linesOf } from './journal-table.ts';

/** What the rows beside the journal say of a decision. */
export interface Standing
  extends Pick<DecisionRecord, 'plan' | 'digest' | 'proposer' | 'channel' | 'phase' | 'closedBecause' | 'answered'> {
  /** By target, in their order. */
  readonly targets: readonly { readonly request: string; readonly outcome: TargetOutcome | null }[];
}

/** Whether that is what the decision's lines add up to: nothing is done or told that the journal does not say. */
export function isAsJournaled(db: DatabaseSync, decision: string, standing: Standing): boolean {
  const { plan, digest, proposer, channel, phase } = standing;
  const [first, ...later] = linesOf(db, decision);
  return (
    planDigest(plan) === digest &&
    first?.phase === 'planned' &&
    first.data === canonicalJson({ plan, digest, proposer, channel }) &&
    plan.decision === decision &&
    isAnswerSaid(standing, later) &&
    areOutcomesSaid(standing, later) &&
    phase === phaseSaid(standing, later)
  );
}

function isAnswerSaid({ answered, closedBecause }: Standing, later: readonly DecisionLine[]): boolean {
  const stands = canonicalJson({ ...answered, because: closedBecause ?? undefined });
  return stands === (answerLine(later)?.data ?? '{}');
}

/** How the plan was answered or closed; about a whole decision nothing else is said. */
function answerLine(later: readonly DecisionLine[]): DecisionLine | undefined {
  return later.findLast(({ request }) => request === '');
}

function areOutcomesSaid({ plan, targets }: Standing, later: readonly DecisionLine[]): boolean {
  return (
    targets.length === plan.targets.length &&
    targets.every(({ request, outcome }, position) => {
      const said = later.findLast((line) => line.request === request && line.phase !== 'executing');
      const stands = outcome === null ? undefined : canonicalJson(outcome);
      return request === plan.targets[position]?.request && stands === said?.data;
    })
  );
}

function phaseSaid({ targets }: Standing, later: readonly DecisionLine[]): string {
  const outcomes = targets.flatMap(({ outcome }) => outcome ?? []);
  if (outcomes.length === targets.length) return overallStatus(outcomes);
  if (later.some(({ phase }) => phase === 'executing')) return 'executing';
  return answerLine(later)?.phase ?? 'planned';
}

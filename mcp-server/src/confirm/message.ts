import type { RequestReference } from '@countersign/shared/approval';
import {
  type PlanFacts,
  type PlannedDecision,
  planFactsOf,
  planFindings,
  planHeading,
} from '@countersign/shared/decide';
import { escapeMarkdown } from '@countersign/shared/text';

const IN_FULL = 10;

/**
 * The question as a person reads it: what will happen, to whom, from the planned writes themselves. VS Code renders it as
 * Markdown, so all of it is escaped.
 */
export function questionText(planned: PlannedDecision, proposedBy: string): string {
  const { plan, effects } = planned;
  const shown = effects.slice(0, IN_FULL);
  const rest = effects.slice(IN_FULL);
  const lines = [
    planHeading(planned, proposedBy),
    ...shown.flatMap(({ request, effect }) => [
      '',
      effect.summary,
      ...effect.details,
      `Reach: ${effect.reach.sentence}`,
      ...factLines(planned, request),
      ...planFindings(planned, request),
    ]),
    ...(rest.length > 0 ? ['', 'And also:', ...rest.map(({ effect }) => effect.summary)] : []),
    '',
    `This question ends at ${plan.expiresAt}.`,
  ];
  // Two spaces, because Markdown would run the lines together.
  return lines.map((line) => escapeMarkdown(oneLine(line))).join('  \n');
}

/** What the decision rests on: who asks, why, and what speaks for or against the file. */
function factLines({ plan }: PlannedDecision, request: RequestReference): readonly string[] {
  const facts = planFactsOf(plan, request);
  if (!facts) return [];
  const reason = facts.reason === null ? 'no reason given' : `their reason: ${facts.reason}`;
  return [
    `Asked for by ${facts.requester}, ${reason}`,
    `File: ${facts.file}. ${signature(facts)} Scan: ${facts.scan}.`,
    `Request: ${request}`,
  ];
}

function signature({ signedBy }: PlanFacts): string {
  if (signedBy === null) return 'Signature not known.';
  return signedBy === 'nobody' ? 'Unsigned.' : `Signed by ${signedBy}.`;
}

/** A line of ours stays one line, whatever a quoted text holds. */
function oneLine(line: string): string {
  return line.replace(/\s*\n\s*/g, ' ');
}

import {
  type PlanFacts,
  type PlannedDecision,
  planFactsOf,
  planFindings,
  planHeading,
} from '@countersign/shared/decide';
import type { Proposer } from '@countersign/shared/ledger';
import { cleanLine } from '@countersign/shared/text';
import { hanging, wrapped } from '../layout.ts';
import { type Output, painted } from '../output.ts';
import { oneEffectLines } from './decision.ts';
import { untilText } from './until.ts';

const LINE_MAX = 1_000;

/**
 * An open plan as a person has to see it before they answer: who wants what, what it would do, and what it rests on.
 *
 * @param proposer `null`: whoever is asked
 */
export function questionLines(
  output: Output,
  planned: PlannedDecision,
  proposer: Proposer | null,
  now: number,
): readonly string[] {
  const heading = cleanLine(planHeading(planned, proposer?.name ?? null), LINE_MAX);
  return [
    ...hanging(output, heading, '', '  ').map((line) => painted(output, 'bold', line)),
    ...planned.effects.flatMap((effect) => [
      '',
      ...oneEffectLines(output, effect),
      ...factLines(output, planned, effect.request),
    ]),
    '',
    ...wrapped(output, `It can be answered until ${untilText(planned.plan.expiresAt, now)}.`),
  ];
}

function factLines(
  output: Output,
  planned: PlannedDecision,
  request: PlannedDecision['effects'][number]['request'],
): readonly string[] {
  const facts = planFactsOf(planned.plan, request);
  if (facts === null) return [];
  const rows = [
    ['Asked for by', facts.requester],
    ['Their reason', facts.reason ?? 'none was given'],
    ['File', facts.file],
    ['Signed by', facts.signedBy === 'nobody' ? 'nobody: it is unsigned' : (facts.signedBy ?? 'not known')],
    ['Scan', scanText(output, facts)],
  ] as const;
  const column = '  '.length + Math.max(...rows.map(([label]) => label.length)) + '  '.length;
  return [
    ...rows.flatMap(([label, text]) => hanging(output, text, `  ${label}`.padEnd(column), ' '.repeat(column))),
    ...planFindings(planned, request).flatMap((text) =>
      hanging(output, text, '  ', '    ').map((line) =>
        text.startsWith('STOP') ? painted(output, 'red', line) : line,
      ),
    ),
  ];
}

function scanText(output: Output, { scan }: PlanFacts): string {
  return scan === 'malicious' || scan === 'suspicious' ? painted(output, 'red', scan) : scan;
}

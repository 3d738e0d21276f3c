import { quoted } from '@countersign/shared/text';
import { shortened, widthOf, wrapped } from '../layout.ts';
import type { OpenPlan } from '../open-plans.ts';
import { type Output, painted } from '../output.ts';
import { type Column, table } from '../table.ts';
import { untilText } from './until.ts';
import { count, VERBS } from './words.ts';

const COLUMNS: readonly Column[] = [
  { title: '#', min: 1, max: 3 },
  { title: 'WHAT', min: 7, max: 14 },
  { title: 'FILE', min: 12, max: 60 },
  { title: 'ACCOUNT', min: 8, max: 40 },
];
const INDENT = '   ';
/** Columns that stay empty on the right. */
const EDGE = 2;

/** A few lines for each: what, for whom, who wants it, until when; and the id to name it by. */
export function openPlanLines(output: Output, plans: readonly OpenPlan[], now: number): readonly string[] {
  if (plans.length === 0) return ['No decision waits for a person.'];
  const room = widthOf(output) - INDENT.length - EDGE;
  const rows = plans.map((plan, index) => ({
    cells: [String(index + 1), VERBS[plan.verdict], fileText(plan), accountText(plan)],
    below: [
      INDENT + shortened(`proposed by ${quoted(plan.proposer)}${ALSO_ASKED[plan.channel]}`, room),
      INDENT + shortened(`until ${untilText(plan.expiresAt, now)}`, room),
      INDENT + painted(output, 'cyan', plan.decision),
    ],
  }));
  return [
    ...wrapped(output, `${count(plans.length, 'decision waits', 'decisions wait')} for a person, oldest first.`),
    '',
    table(output, COLUMNS, rows),
  ];
}

/** Whoever answers first closes the question for the others. */
const ALSO_ASKED: Readonly<Record<OpenPlan['channel'], string>> = {
  extension: ', asked in VS Code too',
  elicitation: ', asked in its own form too',
  terminal: '',
  unattended: ', decided in a ticket system',
};

function fileText({ file, requests: [first = '', ...others] }: OpenPlan): string {
  return (file ?? first) + (others.length > 0 ? ` and ${others.length} more` : '');
}

function accountText({ accounts }: OpenPlan): string {
  return accounts.map(({ id, sandbox }) => `${id}${sandbox ? ' (SANDBOX)' : ''}`).join(', ');
}

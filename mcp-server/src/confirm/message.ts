import type { GuardedFacts, RequestReference } from '@countersign/shared/approval';
import type { PlannedDecision } from '@countersign/shared/decide';
import { escapeMarkdown, quoted } from '@countersign/shared/text';

const IN_FULL = 10;
const TITLES = { approve: 'APPROVE', deny: 'DENY', 'take-ownership': 'TAKE OWNERSHIP' } as const;

/**
 * The question as a person reads it: what will happen, to whom, from the planned writes themselves. VS Code renders it as
 * Markdown, so all of it is escaped.
 */
export function questionText(planned: PlannedDecision, proposedBy: string): string {
  const { plan, effects } = planned;
  const shown = effects.slice(0, IN_FULL);
  const rest = effects.slice(IN_FULL);
  const accounts = planned.accounts.map(({ account }) => `${account.label}${account.sandbox ? ' (SANDBOX)' : ''}`);
  const lines = [
    `${TITLES[plan.verdict]}${effects.length > 1 ? ` ${effects.length} requests` : ''}, proposed by ${quoted(proposedBy, 60)}, account ${accounts.join(', ')}.`,
    ...shown.flatMap(({ request, effect }) => [
      '',
      effect.summary,
      ...effect.details,
      `Reach: ${effect.reach.sentence}`,
      ...factLines(planned, request),
    ]),
    ...(rest.length > 0 ? ['', 'And also:', ...rest.map(({ effect }) => effect.summary)] : []),
    '',
    `This question ends at ${plan.expiresAt}.`,
  ];
  // Two spaces, because Markdown would run the lines together.
  return lines.map((line) => escapeMarkdown(oneLine(line))).join('  \n');
}

/** What the decision rests on, as it was read: who asks, why, and what speaks for or against the file. */
function factLines({ plan }: PlannedDecision, request: RequestReference): readonly string[] {
  const facts = plan.targets.find((target) => target.request === request)?.facts;
  if (!facts) return [];
  const reason = facts.reason === null ? 'no reason given' : `their reason: ${quoted(facts.reason, 300)}`;
  return [
    `Asked for by ${facts.requester === null ? 'an unknown requester' : quoted(facts.requester, 100)}, ${reason}`,
    `File: ${facts.path === null ? 'not known' : quoted(facts.path, 300)}. ${signature(facts)} Scan: ${facts.scan.verdict}.`,
    `Request: ${request}`,
  ];
}

function signature({ certificates }: GuardedFacts): string {
  if (certificates === null) return 'Signature not known.';
  const [first] = certificates;
  if (!first) return 'Unsigned.';
  const isGood = first.valid === true && first.digestMismatch !== true;
  return `Signed by ${first.subject === null ? 'an unnamed signer' : quoted(first.subject, 100)}, ${isGood ? 'valid' : 'NOT known to be valid'}.`;
}

/** A line of ours stays one line, whatever a quoted text holds. */
function oneLine(line: string): string {
  return line.replace(/\s*\n\s*/g, ' ');
}

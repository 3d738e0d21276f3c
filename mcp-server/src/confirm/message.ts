import type { PlannedDecision } from '@countersign/shared/decide';
import { escapeMarkdown } from '@countersign/shared/text';

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
    `${TITLES[plan.verdict]}${effects.length > 1 ? ` ${effects.length} requests` : ''}, asked for by ${proposedBy}, account ${accounts.join(', ')}.`,
    ...shown.flatMap(({ request, effect }) => [
      '',
      effect.summary,
      ...effect.details,
      `Reach: ${effect.reach.sentence}`,
      `Request: ${request}`,
    ]),
    ...(rest.length > 0 ? ['', 'And also:', ...rest.map(({ effect }) => effect.summary)] : []),
    '',
    `This question ends at ${plan.expiresAt}.`,
  ];
  return lines.map((line) => escapeMarkdown(line)).join('\n');
}

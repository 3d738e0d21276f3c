import type { Finding, Severity } from '@countersign/shared/approval';
import { cleanLine, escapeMarkdown } from '@countersign/shared/text';

const FACT_MAX = 100;
const NAMES: Readonly<Record<Severity, readonly [one: string, many: string]>> = {
  stop: ['stop', 'stops'],
  caution: ['caution', 'cautions'],
  info: ['note', 'notes'],
};
const SEVERITIES: readonly Severity[] = ['stop', 'caution', 'info'];

/** How many of each, gravest first: "1 stop, 2 cautions". */
export function findingsSummary(findings: readonly Pick<Finding, 'severity'>[]): string {
  const counts = SEVERITIES.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${NAMES[severity][count === 1 ? 0 : 1]}`];
  });
  return counts.length === 0 ? 'nothing found' : counts.join(', ');
}

/**
 * For a hover: a line for each finding, with the fact that it rests on. Markdown of ours alone; what others wrote is escaped,
 * so that none of it renders.
 */
export function findingsMarkdown(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'Nothing was found.';
  return findings
    .map(({ severity, message, fact }) => {
      const shown = escapeMarkdown(cleanLine(fact, FACT_MAX));
      return `- **${severity}** ${escapeMarkdown(message)} Rests on: ${shown}`;
    })
    .join('\n');
}

import type { Finding } from '@countersign/shared/approval';
import { cleanLine, quoted } from '@countersign/shared/text';
import * as z from 'zod';

const FACT_MAX = 200;
const FACT_SHOWN = 100;

export const finding = z.object({
  id: z.string(),
  severity: z.enum(['stop', 'caution', 'info']),
  /** In the words of others. */
  fact: z.string(),
  message: z.string(),
});
export type FindingView = z.infer<typeof finding>;

export function findingOf({ id, severity, fact, message }: Finding): FindingView {
  return { id, severity, fact: cleanLine(fact, FACT_MAX), message };
}

/** The sentence, and the fact it rests on, so that a reader can disagree. */
export function findingText({ message, fact }: Pick<FindingView, 'message' | 'fact'>): string {
  return `${message} Rests on: ${quoted(fact, FACT_SHOWN)}`;
}

/** In one line, for lists: "STOP masquerade; caution unsigned, user-writable-path". */
export function findingsLine(findings: readonly Pick<FindingView, 'id' | 'severity'>[]): string {
  return (['stop', 'caution', 'info'] as const)
    .flatMap((severity) => {
      const ids = findings.filter((own) => own.severity === severity).map(({ id }) => id);
      return ids.length === 0 ? [] : [`${severity === 'stop' ? 'STOP' : severity} ${ids.join(', ')}`];
    })
    .join('; ');
}

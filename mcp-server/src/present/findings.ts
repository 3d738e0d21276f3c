import type { Finding } from '@countersign/shared/approval';
import { cleanLine } from '@countersign/shared/text';
import * as z from 'zod';

const FACT_MAX = 200;

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

/** In one line, for lists: "STOP masquerade; caution unsigned, user-writable-path". */
export function findingsLine(findings: readonly Pick<FindingView, 'id' | 'severity'>[]): string {
  return (['stop', 'caution', 'info'] as const)
    .flatMap((severity) => {
      const ids = findings.filter((own) => own.severity === severity).map(({ id }) => id);
      return ids.length === 0 ? [] : [`${severity === 'stop' ? 'STOP' : severity} ${ids.join(', ')}`];
    })
    .join('; ');
}

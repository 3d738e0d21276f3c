import type { Finding, Severity } from '@countersign/shared/approval';
import { gravest } from '@countersign/shared/triage';

/** The gravest of what was found. What was not looked at is something else than what nothing was found in. */
export type Gravest = Severity | 'none' | 'not-looked-at';

export function gravestOf(findings: readonly Pick<Finding, 'severity'>[] | null): Gravest {
  return findings === null ? 'not-looked-at' : (gravest(findings) ?? 'none');
}

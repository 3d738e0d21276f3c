import type { Decision } from '@countersign/shared/approval';
import type { Vendor } from '@countersign/shared/sandbox';
import type { Run } from './run.ts';
import type { Arriving } from './stage.ts';

/** What is decided, apart from what happens meanwhile. */
export type Scenario = Pick<Run, 'vendor' | 'verdict' | 'targets' | 'way'>;

export const VENDORS = ['threatlocker', 'admin-by-request'] as const satisfies readonly Vendor[];
export const VERDICTS = ['approve', 'deny'] as const;
const ONE_FILE = {
  threatlocker: { file: { hash: '1a'.repeat(32), sha256: '2b'.repeat(32) } },
  'admin-by-request': { application: { sha256: '2B'.repeat(32) } },
} as const;

/** An assistant's batch is of one file. */
export function arrivalsFor({ vendor, targets }: Pick<Run, 'vendor' | 'targets'>): readonly Arriving[] {
  return Array.from({ length: targets }, () => ({ vendor, draft: ONE_FILE[vendor] }));
}

const REASON = 'Not needed.';

/** As the client layer takes it; with an application of its own where the vendor has them, because one may match by now. */
export function decisionFor({ vendor, verdict }: Pick<Run, 'vendor' | 'verdict'>): Decision {
  if (verdict === 'deny') return { verdict, options: { reason: REASON } };
  return { verdict, options: vendor === 'threatlocker' ? { application: { use: 'new', name: 'Its own' } } : {} };
}

/** The call of the tool that proposes it. */
export function callFor(run: Pick<Run, 'vendor' | 'verdict'>, requests: readonly string[]) {
  const decision = decisionFor(run);
  return {
    tool: run.verdict === 'approve' ? 'approve_request' : 'deny_request',
    args: { requests, ...('options' in decision ? decision.options : {}) },
  };
}

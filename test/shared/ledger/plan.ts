import { randomBytes } from 'node:crypto';
import {
  type DecisionId,
  type Plan,
  type PlanDigest,
  planDigest,
  type RequestReference,
} from '@countersign/shared/approval';

export const NOON = Date.UTC(2026, 10, 21, 12);
export const MINUTE = 60_000;

/** A person's answer at a terminal. */
export const TERMINAL = { channel: 'terminal', who: 'a person of a test' } as const;

export const reference = (text: string) => text as RequestReference;

/** A plan as it would be made at noon, with its digest. */
export function planFor(requests: readonly string[], reason = 'a reason'): { plan: Plan; digest: PlanDigest } {
  const plan: Plan = {
    version: 1,
    decision: randomBytes(16).toString('base64url') as DecisionId,
    verdict: 'approve',
    provider: 'threatlocker',
    targets: requests.map((request) => ({
      request: reference(request),
      fingerprint: 'fingerprint-1',
      facts: {
        status: 'pending',
        organization: null,
        computer: null,
        requester: null,
        actionType: null,
        os: null,
        path: null,
        process: null,
        createdBy: [],
        sha256: null,
        vendorHash: null,
        certificates: null,
        reason,
        scan: { verdict: 'unknown', threat: null, engines: [] },
        vendorJson: null,
        assignee: null,
        application: null,
        group: null,
      },
      options: {},
      write: { verdict: 'approve', method: 'POST', path: '/p', organizationId: null, body: '{}' },
    })),
    confirmText: 'approve it',
    settings: 'settings-1',
    plannedAt: new Date(NOON).toISOString(),
    expiresAt: new Date(NOON + 10 * MINUTE).toISOString(),
  };
  return { plan, digest: planDigest(plan) };
}

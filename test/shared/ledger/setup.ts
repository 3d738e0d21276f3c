import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as sqlite from 'node:sqlite';
import {
  type DecisionId,
  type Plan,
  type PlanDigest,
  planDigest,
  type RequestReference,
} from '@countersign/shared/approval';
import { type OpenLedger, openLedger, type StoreOptions, type TargetOutcome } from '@countersign/shared/ledger';
import { onTestFinished } from 'vitest';

export const NOON = Date.UTC(2026, 10, 21, 12);
export const MINUTE = 60_000;

export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'countersign-ledger-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A ledger in a folder, closed with the test. */
export function openIn(folder: string, options: Partial<StoreOptions> = {}): OpenLedger {
  const ledger = openLedger({
    folder,
    sqlite,
    busyTimeoutMs: 5000,
    retryForMs: 5000,
    now: () => NOON,
    warn: (message) => {
      throw new Error(`nobody expected the warning: ${message}`);
    },
    ...options,
  });
  let isOpen = true;
  const close = () => {
    if (isOpen) ledger.close();
    isOpen = false;
  };
  onTestFinished(close);
  return { ...ledger, close };
}

/** A file of the ledger, opened beside it as an attacker would or a tool. */
export function inFile<T>(folder: string, work: (db: sqlite.DatabaseSync) => T): T {
  const db = new sqlite.DatabaseSync(path.join(folder, 'ledger.sqlite'));
  try {
    return work(db);
  } finally {
    db.close();
  }
}

export const reference = (text: string) => text as RequestReference;

let made = 0;

/** A plan as it would be made at noon. */
export function planFor(requests: readonly string[], reason = 'a reason'): Plan {
  made += 1;
  return {
    version: 1,
    decision: `decision-${String(made).padStart(13, '0')}` as DecisionId,
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
        application: null,
        group: null,
      },
      options: {},
      write: { verdict: 'approve', method: 'POST', path: '/p', organizationId: null, body: '{}' },
    })),
    settings: 'settings-1',
    plannedAt: new Date(NOON).toISOString(),
    expiresAt: new Date(NOON + 10 * MINUTE).toISOString(),
  };
}

export interface Opened {
  readonly plan: Plan;
  readonly digest: PlanDigest;
  readonly decision: DecisionId;
}

/** Opens a plan, or says why it may not be opened. */
export async function tryOpen(
  ledger: OpenLedger,
  requests: readonly string[],
  client = 'client-1',
  reason?: string,
): Promise<Opened | string> {
  const plan = planFor(requests, reason);
  const digest = planDigest(plan);
  const result = await ledger.open(plan, digest, 'approve it', { client, name: 'a test' });
  return result.opened ? { plan, digest, decision: plan.decision } : result.because;
}

/** Opens a plan and expects that it may be. */
export async function open(ledger: OpenLedger, requests: readonly string[], client?: string): Promise<Opened> {
  const opened = await tryOpen(ledger, requests, client);
  if (typeof opened === 'string') throw new Error(opened);
  return opened;
}

export function outcome(request: string, status: TargetOutcome['status']): TargetOutcome {
  return { request: reference(request), status, message: `It is ${status}.` };
}

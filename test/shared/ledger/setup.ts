import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as sqlite from 'node:sqlite';
import type { Channel } from '@countersign/shared/account';
import {
  type DecisionId,
  type GuardedFacts,
  type Plan,
  type PlanDigest,
  planDigest,
} from '@countersign/shared/approval';
import type { OpenLedger, StoreOptions, TargetOutcome } from '@countersign/shared/ledger';
import { onTestFinished } from 'vitest';
import { openLedgerIn } from '../../support/ledger.ts';
import { NOON, planFor, reference } from './plan.ts';

export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'countersign-ledger-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A ledger in a folder, closed with the test. */
export function openIn(folder: string, options: Partial<StoreOptions> = {}): OpenLedger {
  const ledger = openLedgerIn(folder, { now: () => NOON, ...options });
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
  const { plan, digest } = planFor(requests, reason);
  const result = await ledger.open(plan, digest, { client, name: 'a test' }, 'terminal');
  return result.opened ? { plan, digest, decision: plan.decision } : result.because;
}

export interface Asked {
  readonly client?: string;
  readonly channel?: Channel;
  readonly facts?: Partial<GuardedFacts>;
  readonly verdict?: Plan['verdict'];
}

/** Opens a plan that differs from others in these; `null` when it may not be opened. */
export async function openAs(
  ledger: OpenLedger,
  requests: readonly string[],
  { client = 'client-1', channel = 'terminal', facts = {}, verdict = 'approve' }: Asked,
): Promise<Opened | null> {
  const { plan: plain } = planFor(requests);
  const targets = plain.targets.map((target) => ({ ...target, facts: { ...target.facts, ...facts } }));
  const plan = { ...plain, verdict, targets };
  const digest = planDigest(plan);
  const { opened } = await ledger.open(plan, digest, { client, name: 'a test' }, channel);
  return opened ? { plan, digest, decision: plan.decision } : null;
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

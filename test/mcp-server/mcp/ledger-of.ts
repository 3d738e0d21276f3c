import path from 'node:path';
import * as sqlite from 'node:sqlite';
import type { DecisionId, RequestReference } from '@countersign/shared/approval';
import { type DecisionRecord, type OpenLedger, openLedger } from '@countersign/shared/ledger';
import { onTestFinished } from 'vitest';
import type { Place } from './place.ts';

/** The ledger of a place's server processes, as another process of the same user sees it; closed with the test. */
export interface PlaceLedger {
  readonly ledger: OpenLedger;
  read(decision: string): Promise<DecisionRecord | null>;
  /** What was ever planned for a request. */
  planned(request: string): Promise<readonly DecisionRecord[]>;
}

export function ledgerOf(place: Place): PlaceLedger {
  const ledger = openLedger({
    folder: path.join(place.folder, 'state'),
    sqlite,
    busyTimeoutMs: 5000,
    retryForMs: 5000,
    now: Date.now,
    warn: (message) => {
      throw new Error(`nobody expected the warning: ${message}`);
    },
  });
  onTestFinished(() => ledger.close());
  return {
    ledger,
    read: (decision) => ledger.read(decision as DecisionId),
    planned: (request) => ledger.list({ request: request as RequestReference, limit: 100 }),
  };
}

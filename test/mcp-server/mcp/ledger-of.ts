import path from 'node:path';
import type { DecisionId, RequestReference } from '@countersign/shared/approval';
import type { DecisionPhase, DecisionRecord, OpenLedger } from '@countersign/shared/ledger';
import { onTestFinished } from 'vitest';
import { openLedgerIn } from '../../support/ledger.ts';
import type { Place } from './place.ts';

/** The ledger of a place's server processes, as another process of the same user sees it; closed with the test. */
export interface PlaceLedger {
  readonly ledger: OpenLedger;
  read(decision: string): Promise<DecisionRecord | null>;
  /** What was ever planned for a request. */
  planned(request: string): Promise<readonly DecisionRecord[]>;
  /** What `look` finds, as soon as it finds something; it looks again at every change of the ledger. */
  until<T>(look: () => Promise<T | null | undefined>): Promise<T>;
  /** Waits until a decision stands so. */
  standing(decision: string, phase: DecisionPhase): Promise<DecisionRecord>;
}

export function ledgerOf(place: Place): PlaceLedger {
  const ledger = openLedgerIn(path.join(place.folder, 'state'));
  onTestFinished(() => ledger.close());
  const read = (decision: string) => ledger.read(decision as DecisionId);
  const until: PlaceLedger['until'] = (look) =>
    new Promise((resolve, reject) => {
      const check = () =>
        look().then((found) => {
          if (found === null || found === undefined) return;
          stop();
          resolve(found);
        }, reject);
      const stop = ledger.watch(check);
      check();
    });
  return {
    ledger,
    read,
    until,
    standing: (decision, phase) =>
      until(async () => {
        const record = await read(decision);
        return record?.phase === phase ? record : null;
      }),
    planned: (request) => ledger.list({ request: request as RequestReference, limit: 100 }),
  };
}

import * as sqlite from 'node:sqlite';
import { type OpenLedger, openLedger, type StoreOptions } from '@countersign/shared/ledger';

/** The ledger of a folder, as another process of the same user has it. */
export function openLedgerIn(folder: string, options: Partial<StoreOptions> = {}): OpenLedger {
  return openLedger({
    folder,
    sqlite,
    busyTimeoutMs: 5000,
    retryForMs: 5000,
    now: Date.now,
    warn: (message) => {
      throw new Error(`nobody expected the warning: ${message}`);
    },
    ...options,
  });
}

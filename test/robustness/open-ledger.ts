import * as sqlite from 'node:sqlite';
import { type OpenLedger, openLedger } from '@countersign/shared/ledger';

/** The ledger of a folder, as another process has it. */
export function openLedgerIn(folder: string): OpenLedger {
  return openLedger({
    folder,
    sqlite,
    busyTimeoutMs: 5000,
    retryForMs: 5000,
    now: Date.now,
    warn: (message) => {
      throw new Error(`nobody expected the warning: ${message}`);
    },
  });
}

import type { OpenLedger } from '@countersign/shared/ledger';
import { hasLedger, openUserLedger } from '../open-user-ledger.ts';

export const NO_LEDGER = 'There is no ledger here: nothing was decided yet, or it was moved or removed.';

/** Runs `work` on the ledger if there is one; `null` if there is none. @throws LedgerError, SettingsError */
export async function withLedger<T>(work: (ledger: OpenLedger) => Promise<T>): Promise<T | null> {
  if (!hasLedger()) return null;
  const ledger = openUserLedger();
  try {
    return await work(ledger);
  } finally {
    ledger.close();
  }
}

/**
 * Closes what a client proposed that is gone: it waits for nobody. What such a client had begun is left to whoever reconciles
 * next.
 */
export async function closeAbandoned(ledger: OpenLedger): Promise<void> {
  await ledger.takeOver();
}

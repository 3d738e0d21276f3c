import type { Account } from '../account/index.ts';
import { type Ledger, LedgerError } from '../ledger/index.ts';
import { snapshotSource } from './snapshot.ts';

/** As long as a long queue takes whose vendor answers slowly. Were it too short, two would read, and nothing else happen. */
const READING_MS = 2 * 60_000;

/** Keeps other processes from polling an account meanwhile. A ledger that fails costs that, never the reading. */
export interface Turns {
  /** `false`: another process has it. */
  take(): Promise<boolean>;
  /** Ends it, or has everybody leave the vendor alone for as long as it asked. */
  end(leaveAloneMs: number): Promise<void>;
}

export function turnsOf(account: Account, ledger: Ledger): Turns {
  const source = snapshotSource(account);
  return {
    take: () => ledger.takeTurn(source, READING_MS).catch(otherwise(true)),
    end: async (leaveAloneMs) => {
      const ended = leaveAloneMs > 0 ? ledger.takeTurn(source, leaveAloneMs) : ledger.endTurn(source);
      await ended.catch(otherwise(false));
    },
  };
}

function otherwise<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof LedgerError) return value;
    throw error;
  };
}

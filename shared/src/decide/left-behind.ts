import { parseReference } from '../approval/index.ts';
import type { Ledger, TargetOutcome, Unfinished } from '../ledger/index.ts';
import type { ExecutionDependencies } from './execute.ts';
import { LATE_MS, reconcileWrite } from './reconcile.ts';

/** Writes that were begun and whose outcome isn't settled. Each is read at its vendor, and nothing is sent again. */
export interface LeftBehind {
  /** Reads all of them, as patiently as after a write of our own. @throws LedgerError, SettingsError */
  settle(): Promise<readonly TargetOutcome[]>;
  /** Reads those once that nobody has looked at yet. @throws LedgerError, SettingsError */
  lookAtNew(): Promise<void>;
  /**
   * Reads what stands in the way of a decision on these requests, and begins to read the others. Once all of them are waited
   * for, so that they are found out even where no process stays; from then on a vendor that is out of reach delays nobody else.
   * @throws LedgerError, SettingsError
   */
  clearTheWay(requests: readonly string[]): Promise<void>;
  /** Looks again when what may still take effect has had its time, for as long as this process lives. */
  lookLaterIf(outcomes: readonly TargetOutcome[]): void;
}

const ONCE = [0] as const;

export function createLeftBehind(
  openLedger: () => Ledger,
  execution: (ledger: Ledger) => ExecutionDependencies,
): LeftBehind {
  let hasReadAll = false;
  let later: NodeJS.Timeout | null = null;
  let isLookingBeside = false;

  async function read(
    which: (write: Unfinished) => boolean,
    delays?: readonly number[],
  ): Promise<readonly TargetOutcome[]> {
    const ledger = openLedger();
    const dependencies = { ...execution(ledger), ...(delays ? { verifyDelays: delays } : {}) };
    const writes = (await ledger.takeOver()).filter(which);
    return await Promise.all(writes.map((write) => reconcileWrite(write, dependencies)));
  }

  async function readAll(delays?: readonly number[]): Promise<readonly TargetOutcome[]> {
    const outcomes = await read(() => true, delays);
    hasReadAll = true;
    return outcomes;
  }

  function lookLater(): void {
    if (later !== null) return;
    later = setTimeout(() => {
      later = null;
      // What keeps it from looking now may pass.
      readAll(ONCE).then(lookLaterIf, lookLater);
    }, LATE_MS).unref();
  }

  function lookLaterIf(outcomes: readonly TargetOutcome[]): void {
    if (outcomes.some(isOpenEnded)) lookLater();
  }

  /** Nobody waits for it, so it is under way once at a time. */
  function lookBeside(which: (write: Unfinished) => boolean): void {
    if (isLookingBeside) return;
    isLookingBeside = true;
    const end = () => {
      isLookingBeside = false;
    };
    read(which, ONCE).then(lookLaterIf, lookLater).finally(end);
  }

  return {
    settle: async () => {
      const outcomes = await readAll();
      // A computer that has just woken has no network yet.
      lookLaterIf(outcomes);
      return outcomes;
    },
    lookAtNew: async () => void (await read(({ isRecorded }) => !isRecorded, ONCE)),
    clearTheWay: async (requests) => {
      if (!hasReadAll) {
        await readAll(ONCE);
        return;
      }
      const ids = new Set(requests.map(idIn));
      lookBeside(({ request }) => !ids.has(idIn(request)));
      await read(({ request }) => ids.has(idIn(request)), ONCE);
    },
    lookLaterIf,
  };
}

/** The vendor's id, which is the same where two accounts lead to one tenant. */
function idIn(reference: string): string | undefined {
  return parseReference(reference)?.vendorId;
}

function isOpenEnded({ status, mayStillApply }: TargetOutcome): boolean {
  return status === 'unknown' || mayStillApply === true;
}

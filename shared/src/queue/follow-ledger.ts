import type { RequestReference } from '../approval/index.ts';
import { type Ledger, LedgerError } from '../ledger/index.ts';
import type { Clock, Disposable } from './clock.ts';

/** Others write often, and what they write is looked at once. */
const GATHER_MS = 200;
const LINES = 500;
/** After these the vendor's queue may be another. */
const CHANGES_QUEUES: readonly string[] = ['applied', 'unknown', 'already-handled', 'reconciled'];

interface FollowOptions {
  readonly clock: Clock;
  readonly changed: () => Promise<void>;
  /** A request was decided, here or by another process. */
  readonly decided: (request: RequestReference) => void;
  readonly failed: (error: unknown) => void;
}

/** Tells what other processes do, from the ledger that they share with this one. */
export function followLedger({
  clock,
  changed,
  decided,
  failed,
}: FollowOptions): Disposable & { follow(ledger: Ledger): void } {
  let followed: Ledger | null = null;
  let end: (() => void) | null = null;
  let gathering: Disposable | null = null;
  /** The journal's last line that was looked at; `null`: not known, so that nothing can be told of those before. */
  let seen: number | null = null;
  let looking = Promise.resolve();

  /** One after the other, so that no line is told twice. */
  function look(ledger: Ledger): Promise<void> {
    looking = looking
      .then(() => readOn(ledger))
      .catch((error: unknown) => {
        seen = null;
        if (!(error instanceof LedgerError) && followed === ledger) failed(error);
      });
    return looking;
  }

  async function readOn(ledger: Ledger): Promise<void> {
    if (followed !== ledger) return;
    const { seq } = await ledger.head();
    while (seen !== null && seen < seq) {
      const rows = await ledger.rows(seen, LINES);
      for (const { phase, request } of rows) {
        if (request !== '' && CHANGES_QUEUES.includes(phase)) decided(request as RequestReference);
      }
      seen = rows.at(-1)?.seq ?? null;
    }
    seen ??= seq;
  }

  return {
    follow: (ledger) => {
      if (ledger === followed) return;
      end?.();
      followed = ledger;
      seen = null;
      void look(ledger);
      end = ledger.watch(() => {
        gathering ??= clock.after(GATHER_MS, async () => {
          gathering = null;
          await look(ledger);
          await changed();
        });
      });
    },
    dispose: () => {
      followed = null;
      gathering?.dispose();
      end?.();
    },
  };
}

import { setTimeout as wait } from 'node:timers/promises';
import type { DecisionId } from '../approval/index.ts';
import { type DecisionRecord, type Ledger, LedgerError, whyExpired } from '../ledger/index.ts';
import { asSettingsError } from './execute.ts';
import { type DecisionResult, NO_SUCH_DECISION, refusedHere, standingOf } from './result.ts';

export interface Following {
  readonly ledger: Ledger;
  readonly now: () => number;
  /** Takes a signed answer that somebody left for this process. @returns `null` when another one came first */
  readonly takeLeft: (ledger: Ledger, record: DecisionRecord) => Promise<DecisionResult | null>;
  /** Finds out what became of writes whose process is gone. @throws LedgerError, SettingsError */
  readonly lookAtNew: () => Promise<void>;
}

/** How often somebody looks whether a process that carries a decision out is still there, and whether a plan has run out. */
const LOOK_EVERY_MS = 2000;

/** Follows a decision to its end, whoever ends it. */
export async function follow(
  decision: DecisionId,
  { ledger, now, takeLeft, lookAtNew }: Following,
): Promise<DecisionResult> {
  for (;;) {
    const changed = nextChange(ledger);
    try {
      const record = await ledger.read(decision);
      if (!record) return refusedHere(null, NO_SUCH_DECISION, 'client');
      const ended = standingOf(record);
      if (ended) return ended;
      if (record.phase === 'planned') {
        if (record.left && record.isOurs) {
          const taken = await takeLeft(ledger, record);
          if (taken) return taken;
          continue;
        }
        if (now() >= Date.parse(record.plan.expiresAt)) {
          await ledger.closePlan(decision, 'expired', whyExpired(record.left !== null));
          continue;
        }
      }
      // Nobody tells when the process that proposed it or carries it out is gone.
      if ((await changed.happened) === 'nothing') await lookAtNew().catch(asSettingsError);
    } catch (error) {
      // It may pass; whoever doesn't want to wait for that has a signal of their own.
      asLedgerError(error);
      await wait(LOOK_EVERY_MS, undefined, { ref: false });
    } finally {
      changed.end();
    }
  }
}

/** Resolves at the ledger's next change, or after a while without any. To be asked before what may change is read. */
function nextChange(ledger: Ledger): { readonly happened: Promise<'something' | 'nothing'>; end(): void } {
  const { promise, resolve } = Promise.withResolvers<'something' | 'nothing'>();
  const stop = ledger.watch(() => resolve('something'));
  const timer = setTimeout(() => resolve('nothing'), LOOK_EVERY_MS);
  // Waiting alone keeps no process alive.
  timer.unref();
  return {
    happened: promise,
    end: () => {
      stop();
      clearTimeout(timer);
    },
  };
}

export function asLedgerError(error: unknown): LedgerError {
  if (error instanceof LedgerError) return error;
  throw error;
}

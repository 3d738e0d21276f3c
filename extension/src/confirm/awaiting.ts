import { SettingsError } from '@countersign/shared/account';
import type { SigningKey } from '@countersign/shared/approval';
import { type DecisionRecord, type Ledger, LedgerError } from '@countersign/shared/ledger';
import * as l10n from '@vscode/l10n';
import { createEmitter, type Disposable, type Event, type Host } from '../host/index.ts';
import type { Runtime } from '../runtime.ts';
import { isProposedByWindow } from './decider.ts';
import { whyNoKey } from './no-key.ts';
import type { SigningKeys } from './signing-keys.ts';

/** Calls `work` again and again, the first time after `ms`. */
export type Every = (ms: number, work: () => void) => Disposable;

/** What assistants ask of the person of this window. */
export interface Awaiting {
  /** Oldest first. */
  readonly plans: readonly DecisionRecord[];
  /** Why nobody can be asked here, in a sentence; `null` where they can. */
  readonly problem: string | null;
  readonly onDidChange: Event<void>;
  /** Every few seconds, for what depends on the time. */
  readonly onBeat: Event<void>;
  /** Settles when what is under way has been done. */
  settled(): Promise<void>;
}

export interface AwaitingOptions {
  readonly host: Host;
  readonly runtime: Runtime;
  readonly keys: SigningKeys;
  readonly every: Every;
}

/** Half of the time for which it counts that somebody said they listen. */
const BEAT_MS = 5000;
/** Beats after which a missing keyring or ledger is looked for again. */
const LOOK_AGAIN = 12;

/**
 * Says that this window can ask its person, and follows what is proposed to them. Without accounts there is nothing to ask, and
 * nothing is opened.
 */
export function createAwaiting({ host, runtime, keys, every }: AwaitingOptions): Awaiting {
  const changed = createEmitter<void>();
  const beaten = createEmitter<void>();
  let plans: readonly DecisionRecord[] = [];
  let problem: string | null = null;
  let listening: Ledger | null = null;
  let stopWatching: (() => void) | null = null;
  let beatsToSkip = 0;
  let hasReconciled = false;
  let hasEnded = false;
  let work = Promise.resolve();
  let isReadQueued = false;

  /** One after the other; what fails in a way that is known ends as the problem that is shown. */
  function next(task: () => Promise<void>): void {
    work = work.then(task).catch((error: unknown) => {
      if (hasEnded) return;
      if (!(error instanceof LedgerError)) host.log.error(`What waits for you could not be looked up: ${error}`);
      // What can't be read is not nothing.
      show(
        [],
        error instanceof LedgerError
          ? error.message
          : l10n.t('What waits for you could not be looked up. The log says why.'),
      );
    });
  }

  function show(found: readonly DecisionRecord[], why: string | null): void {
    const isSame =
      why === problem &&
      found.length === plans.length &&
      found.every(({ plan }, at) => plan.decision === plans[at]?.plan.decision);
    if (isSame) return;
    plans = found;
    problem = why;
    // Where it isn't known what waits, it is not to be said that nothing does.
    host.setContext('hasAwaiting', plans.length > 0 || problem !== null);
    changed.fire();
  }

  async function beat(): Promise<void> {
    if (beatsToSkip > 0) beatsToSkip -= 1;
    else await listen();
    if (listening) await read(listening);
    beaten.fire();
  }

  async function listen(): Promise<void> {
    const accounts = await accountsIn(runtime);
    if (accounts !== 'some') {
      await stop();
      show([], accounts === 'none' ? null : accounts.message);
      return;
    }
    const why = runtime.whyNoLedger();
    const ledger = runtime.ledger();
    const key = ledger && (await keys.get());
    if (ledger === null || key === null) {
      // A ledger that others keep busy is free a moment later.
      beatsToSkip = why?.kind === 'busy' ? 0 : LOOK_AGAIN;
      await stop();
      show([], why?.message ?? whyNoKey());
      return;
    }
    await listenWith(ledger, key);
  }

  async function listenWith(ledger: Ledger, key: SigningKey): Promise<void> {
    if (hasEnded) return;
    // Before it is said, so that a window which closes meanwhile takes it back.
    listening = ledger;
    await ledger.listen(key.publicKey.id);
    if (hasEnded) return;
    stopWatching ??= ledger.watch(() => {
      // Told of every change, its own among them: one reading tells them all.
      if (isReadQueued) return;
      isReadQueued = true;
      next(async () => {
        isReadQueued = false;
        if (listening) await read(listening);
      });
    });
    if (hasReconciled) return;
    hasReconciled = true;
    // What became of writes that a process left behind when it ended. Asks a vendor only if there are any.
    runtime.decisions.reconcile().catch((error: unknown) => {
      hasReconciled = false;
      host.log.warn(`It was not reconciled, and is tried again: ${error}`);
    });
  }

  async function read(ledger: Ledger): Promise<void> {
    let waiting = await ledger.waiting('extension');
    if (waiting.length > 0) {
      // What a process proposed that is gone waits for nobody.
      await ledger.takeOver();
      waiting = await ledger.waiting('extension');
    }
    if (hasEnded) return;
    show(
      waiting.filter(({ isOurs, proposer }) => !isOurs && !isProposedByWindow(proposer.client)),
      null,
    );
  }

  async function stop(): Promise<void> {
    stopWatching?.();
    stopWatching = null;
    const ledger = listening;
    listening = null;
    await ledger?.stopListening();
  }

  host.setContext('hasAwaiting', false);
  const beating = every(BEAT_MS, () => next(beat));
  next(beat);
  host.subscriptions.add({
    dispose: () => {
      hasEnded = true;
      beating.dispose();
      stop().catch((error: unknown) => host.log.warn(String(error)));
    },
  });
  return {
    get plans() {
      return plans;
    },
    get problem() {
      return problem;
    },
    onDidChange: changed.event,
    onBeat: beaten.event,
    settled: async () => {
      let seen: Promise<void> | null = null;
      while (seen !== work) {
        seen = work;
        await seen;
      }
    },
  };
}

/** What can't be read is told as such: proposals may wait for those accounts. */
async function accountsIn({ book }: Runtime): Promise<'some' | 'none' | SettingsError> {
  try {
    return (await book.now()).entries.length > 0 ? 'some' : 'none';
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.kind === 'nothing-configured' ? 'none' : error;
  }
}

import { loadSettings, nodeIo } from '@countersign/shared/account';
import { createDecisions, type Decisions } from '@countersign/shared/decide';
import { createAccountBook, createProvider } from '@countersign/shared/provider';
import { ledgerOf, type PlaceLedger } from './ledger-of.ts';
import type { Place } from './place.ts';

/** Another process of the same user, such as a person's at a terminal, played by the test. */
export interface OtherProcess extends PlaceLedger {
  readonly decisions: Decisions;
  /** Confirms an open plan at a terminal. @returns how it ended */
  confirm(decision: string): Promise<string>;
}

/** @param now its clock for what it decides */
export function otherProcess(place: Place, now = Date.now): OtherProcess {
  const opened = ledgerOf(place);
  const io = { ...nodeIo(), env: place.env };
  const book = createAccountBook(
    () => loadSettings(io),
    (account) => createProvider(account, { fetch, io, userAgent: 'countersign-test/0' }),
  );
  const decisions = createDecisions({ book, openLedger: () => opened.ledger, now });
  return {
    ...opened,
    decisions,
    confirm: async (decision) => {
      const record = await opened.read(decision);
      if (!record) throw new Error(`there is no decision ${decision}`);
      const { plan, digest } = record;
      const typed = { kind: 'typed', text: plan.confirmText } as const;
      return (await decisions.answer(plan.decision, digest, typed, AT_TERMINAL)).status;
    },
  };
}

export const AT_TERMINAL = { channel: 'terminal', who: 'kim, at a terminal' } as const;

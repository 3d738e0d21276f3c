import type { OpenLedger } from '@countersign/shared/ledger';
import { numbered } from '../present/pulled-line.ts';
import type { Output } from './output.ts';
import type { Receiver } from './receiver.ts';
import { UsageError } from './usage-error.ts';
import { count } from './view/words.ts';

/** Prints what waits in the outbox, in order. */
export interface OutboxReader {
  /** Removes what was acknowledged. @throws UsageError for a number that no line had */
  begin(accounts: readonly string[]): Promise<void>;
  /** Prints what was not printed yet, and removes what was taken unless it is to be acknowledged. @throws ReceiverGone */
  deliver(accounts: readonly string[]): Promise<void>;
  /** Where lines are to be acknowledged: how. */
  sayWhatIsKept(): void;
}

/** @param ack `undefined`: what is taken counts as arrived */
export function createOutboxReader(
  { ledger, receiver, output }: { readonly ledger: OpenLedger; readonly receiver: Receiver; readonly output: Output },
  ack: number | undefined,
): OutboxReader {
  let printed = 0;
  let kept = 0;
  return {
    begin: async (accounts) => {
      if (ack === undefined || ack === 0) return;
      if (await ledger.taken(accounts, ack)) return;
      throw new UsageError(
        `No line had the number ${ack} yet, so nothing was acknowledged. Give the last line's "seq".`,
      );
    },
    deliver: async (accounts) => {
      for (;;) {
        const next = await ledger.outbox(accounts, printed);
        if (next === null) return;
        const { first, lines } = next;
        await receiver.take(lines.map((line, index) => `${numbered(line, first + index)}\n`).join(''));
        printed = first + lines.length - 1;
        if (ack === undefined) await ledger.taken(accounts, printed);
        else kept += lines.length;
      }
    },
    sayWhatIsKept: () => {
      if (kept === 0) return;
      output.err(
        `${count(kept, 'line is', 'lines are')} printed again until you say that ${kept === 1 ? 'it has' : 'they have'} arrived: countersign pull --ack ${printed}`,
      );
    },
  };
}

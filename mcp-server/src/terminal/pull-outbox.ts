import type { OpenLedger, OutboxLines } from '@countersign/shared/ledger';
import { numbered } from '../present/pulled-line.ts';
import type { Output } from './output.ts';
import type { Receiver } from './receiver.ts';
import { UsageError } from './usage-error.ts';
import { count } from './view/words.ts';

/** Prints lines of the outbox, in order. */
export interface OutboxReader {
  /** Removes what was acknowledged, and prints what was left over. @throws UsageError for a number that no line had, ReceiverGone */
  begin(accounts: readonly string[]): Promise<void>;
  /** Prints lines. @returns up to which number they were taken; `null`: they are to be acknowledged. @throws ReceiverGone */
  deliver(lines: OutboxLines): Promise<number | null>;
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

  async function deliver({ first, lines }: OutboxLines): Promise<number | null> {
    await receiver.take(lines.map((line, index) => `${numbered(line, first + index)}\n`).join(''));
    printed = first + lines.length - 1;
    if (ack === undefined) return printed;
    kept += lines.length;
    return null;
  }

  return {
    begin: async (accounts) => {
      if (ack !== undefined && ack > 0 && !(await ledger.taken(accounts, ack))) {
        throw new UsageError(
          `No line had the number ${ack} yet, so nothing was acknowledged. Give the last line's "seq".`,
        );
      }
      for (;;) {
        const left = await ledger.outbox(accounts, printed);
        if (left === null) return;
        const taken = await deliver(left);
        if (taken !== null) await ledger.taken(accounts, taken);
      }
    },
    deliver,
    sayWhatIsKept: () => {
      if (kept === 0) return;
      output.err(
        `${count(kept, 'line is', 'lines are')} printed again until you say that ${kept === 1 ? 'it has' : 'they have'} arrived: countersign pull --ack ${printed}`,
      );
    },
  };
}

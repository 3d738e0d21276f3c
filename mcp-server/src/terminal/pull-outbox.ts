import type { OpenLedger, OutboxLines } from '@countersign/shared/ledger';
import { CSV_HEADER, pulledCsv } from '../present/pulled-csv.ts';
import { numbered } from '../present/pulled-line.ts';
import type { Output } from './output.ts';
import type { Receiver } from './receiver.ts';
import { count } from './view/words.ts';

/** Prints lines of the outbox, in order. */
export interface OutboxReader {
  /**
   * Removes what was acknowledged, and prints what was left over.
   * @param prolong called before each part is printed
   * @throws ReceiverGone
   */
  begin(accounts: readonly string[], prolong: () => Promise<void>): Promise<void>;
  /** Prints lines. @returns up to which number they were taken; `null`: they are to be acknowledged. @throws ReceiverGone */
  deliver(lines: OutboxLines): Promise<number | null>;
  /** Where lines are to be acknowledged: how. */
  sayWhatIsKept(): void;
}

export const PULL_FORMATS = ['jsonl', 'csv'] as const;
export type PullFormat = (typeof PULL_FORMATS)[number];

/** Lines that are printed in one go: a page of a vendor's list, numbered whole, would stand in memory once more. */
const AT_ONCE = 500;

interface OutboxOptions {
  /** Those that were named; empty: none was. */
  readonly account: readonly string[];
  /** Left out: what is taken counts as arrived. */
  readonly ack?: number;
  readonly format: PullFormat;
}

export function createOutboxReader(
  { ledger, receiver, output }: { readonly ledger: OpenLedger; readonly receiver: Receiver; readonly output: Output },
  { account, ack, format }: OutboxOptions,
): OutboxReader {
  let printed = 0;
  let isHeaded = format !== 'csv';
  let kept = 0;

  async function deliver({ first, lines }: OutboxLines): Promise<number | null> {
    for (let from = 0; from < lines.length; from += AT_ONCE) {
      const part = lines.slice(from, from + AT_ONCE).map((line, index) => numbered(line, first + from + index));
      await receiver.take(format === 'csv' ? pulledCsv(part) : `${part.join('\n')}\n`);
    }
    printed = first + lines.length - 1;
    if (ack === undefined) return printed;
    kept += lines.length;
    return null;
  }

  return {
    begin: async (accounts, prolong) => {
      if (ack !== undefined && ack > 0 && !(await ledger.taken(accounts, ack))) {
        // No failure: a job that remembers a lost ledger's number goes on with the numbers of this one.
        output.err(
          `None of these accounts' lines has the number ${ack}, so nothing was acknowledged, and all that waits is printed again. If it is another ledger's, as after a loss, nothing needs to be done; otherwise give the last line's "seq".`,
        );
      }
      let left = await ledger.outbox(accounts, 0);
      if (!isHeaded) await receiver.take(CSV_HEADER);
      isHeaded = true;
      while (left !== null) {
        await prolong();
        const taken = await deliver(left);
        if (taken !== null) await ledger.taken([left.account], taken);
        left = await ledger.outbox(accounts, left.first + left.lines.length - 1);
      }
    },
    deliver,
    sayWhatIsKept: () => {
      if (kept === 0) return;
      const command = ['countersign pull', ...account.map((id) => `--account ${id}`), `--ack ${printed}`].join(' ');
      output.err(
        `${count(kept, 'line is', 'lines are')} printed again until you say that ${kept === 1 ? 'it has' : 'they have'} arrived: ${command}`,
      );
    },
  };
}

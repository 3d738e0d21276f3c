import type { DecisionId } from '@countersign/shared/approval';
import { type DecisionRecord, type Ledger, LedgerError } from '@countersign/shared/ledger';
import type { Runtime } from '../runtime.ts';

const PAGE = 50;

/** What the journal holds, as far as it was read. */
type Decided =
  | { readonly kind: 'read'; readonly records: readonly DecisionRecord[]; readonly isMore: boolean }
  | { readonly kind: 'failed'; readonly because: string };

/** Pages of decisions, newest first. A failed reading is never an empty one. */
export interface DecidedPages {
  /** Reads as many as were shown last. */
  read(): Promise<Decided>;
  /** From now on, one page more. */
  more(): void;
  /** The place of the journal's last line, by which a change is known; `null` where it can't be read. */
  place(): Promise<number | null>;
}

export function createDecidedPages({ ledger, whyNoLedger }: Pick<Runtime, 'ledger' | 'whyNoLedger'>): DecidedPages {
  let wanted = PAGE;

  /** In pages, since each record is checked against the journal and the editor waits meanwhile. */
  async function upTo(book: Ledger, count: number): Promise<readonly DecisionRecord[]> {
    const records: DecisionRecord[] = [];
    let before: DecisionId | undefined;
    while (records.length < count) {
      const limit = Math.min(PAGE, count - records.length);
      const page = await book.list({ limit, before });
      records.push(...page);
      before = page.at(-1)?.plan.decision;
      if (page.length < limit) break;
    }
    return records;
  }

  return {
    read: async () => {
      const problem = whyNoLedger();
      const book = ledger();
      if (problem !== null || book === null) return { kind: 'failed', because: problem?.message ?? '' };
      try {
        const found = await upTo(book, wanted + 1);
        return { kind: 'read', records: found.slice(0, wanted), isMore: found.length > wanted };
      } catch (error) {
        if (!(error instanceof LedgerError)) throw error;
        return { kind: 'failed', because: error.message };
      }
    },
    more: () => {
      wanted += PAGE;
    },
    place: async () => {
      try {
        return (await ledger()?.head())?.seq ?? null;
      } catch (error) {
        if (error instanceof LedgerError) return null;
        throw error;
      }
    },
  };
}

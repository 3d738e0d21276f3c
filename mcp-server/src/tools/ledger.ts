import type { DecisionId } from '@countersign/shared/approval';
import { type DecisionRecord, type Ledger, LedgerError } from '@countersign/shared/ledger';
import { type ToolCall, ToolRefusal } from './tool.ts';

/** What `work` finds in the ledger; `null` where there is none. @throws ToolRefusal when it can't be read */
export async function inLedger<T>({ runtime }: ToolCall, work: (ledger: Ledger) => Promise<T>): Promise<T | null> {
  try {
    const ledger = runtime.ledger();
    return ledger && (await work(ledger));
  } catch (error) {
    throw error instanceof LedgerError ? new ToolRefusal(error.message) : error;
  }
}

/** Finds a decision among those that assistants may see: every account that it touches has to be open to them. */
export async function findDecision(ledger: Ledger, decision: string, call: ToolCall): Promise<DecisionRecord | null> {
  const record = await ledger.read(decision as DecisionId);
  return record?.plan.targets.every(({ request }) => call.accounts.of(request) !== null) ? record : null;
}

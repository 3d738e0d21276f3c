import { SettingsError, VendorError } from '@countersign/shared/errors';
import type { AccountsNow } from '@countersign/shared/provider';
import { cleanBlock } from '@countersign/shared/text';
import { ToolRefusal } from './tools/tool.ts';

/** An account that is closed to assistants doesn't exist for them. */
export function openToAssistants(accounts: AccountsNow): AccountsNow {
  const isOpen = (entry: AccountsNow['entries'][number]) => entry.account.assistants !== 'none';
  const ifOpen = (entry: ReturnType<AccountsNow['get']>) => (entry && isOpen(entry) ? entry : null);
  return {
    ...accounts,
    entries: accounts.entries.filter(isOpen),
    get: (id) => ifOpen(accounts.get(id)),
    of: (reference) => ifOpen(accounts.of(reference)),
  };
}

/** What an assistant is told of an error: its own sentence where it is meant for the caller, else one of ours, and a line in the log. */
export function tellable(error: unknown): { readonly sentence: string; readonly isExpected: boolean } {
  const isExpected = error instanceof ToolRefusal || error instanceof VendorError || error instanceof SettingsError;
  if (isExpected) return { sentence: error.message, isExpected };
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`countersign: ${cleanBlock(trace)}\n`);
  return { sentence: "Something unforeseen failed inside Countersign; the server's log says more.", isExpected };
}

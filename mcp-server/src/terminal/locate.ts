import type { Settings } from '@countersign/shared/account';
import { parseReference, type VendorId } from '@countersign/shared/approval';
import type { AccountBook, AccountEntry } from '@countersign/shared/provider';
import { cleanLine } from '@countersign/shared/text';
import { unknownAccount } from './unknown-account.ts';
import { UsageError } from './usage-error.ts';

export interface Located extends AccountEntry {
  readonly id: VendorId;
  /** All accounts. */
  readonly entries: readonly AccountEntry[];
  readonly settings: Settings;
}

/** Finds the account of a request. @throws UsageError, SettingsError */
export async function locate(book: AccountBook, reference: string): Promise<Located> {
  const parsed = parseReference(reference);
  if (!parsed) {
    throw new UsageError(
      `"${cleanLine(reference, 100)}" is no reference. A reference looks like account/id; "countersign list" shows them.`,
    );
  }
  const { entries, get, settings } = await book.now();
  const entry = get(parsed.account);
  if (!entry) throw unknownAccount(parsed.account, entries);
  return { ...entry, id: parsed.vendorId, entries, settings };
}

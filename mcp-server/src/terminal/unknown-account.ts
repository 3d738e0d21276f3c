import type { AccountEntry } from '@countersign/shared/provider';
import { cleanLine } from '@countersign/shared/text';
import { UsageError } from './usage-error.ts';

export function unknownAccount(named: string, entries: readonly AccountEntry[]): UsageError {
  const known = entries.map(({ account }) => account.id).join(', ');
  return new UsageError(`There is no account "${cleanLine(named, 60)}". Known accounts: ${known}.`);
}

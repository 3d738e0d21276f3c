import { SettingsError } from '@countersign/shared/account';
import { VendorError } from '@countersign/shared/http';
import { LedgerError } from '@countersign/shared/ledger';
import * as l10n from '@vscode/l10n';
import type { Log } from '../host/index.ts';

/** Something that is read by itself, and may fail by itself. */
export type Reading<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'read'; readonly value: T };

export const LOADING = { kind: 'loading' } as const;

/** What a reading came to. No error of it goes further: its sentence stands where its result would. */
export async function reading<T>(work: Promise<T>, log: Log): Promise<Reading<T>> {
  try {
    return { kind: 'read', value: await work };
  } catch (error) {
    return { kind: 'failed', message: sentenceOf(error, log) };
  }
}

/** What a person is told of an error; one that nobody foresaw goes to the log. */
export function sentenceOf(error: unknown, log: Log): string {
  if (error instanceof VendorError || error instanceof LedgerError || error instanceof SettingsError) {
    return error.message;
  }
  log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return l10n.t('Something went wrong that was not foreseen; the log says more.');
}

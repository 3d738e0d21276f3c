import { VendorError } from '@countersign/shared/http';
import type { LedgerError } from '@countersign/shared/ledger';
import { wrapped } from '../layout.ts';
import { type Output, painted } from '../output.ts';

/** A part of a page that was read by itself, and may have failed by itself. */
export type Reading<T> = { readonly value: T } | { readonly error: VendorError | LedgerError };

export async function reading<T>(work: Promise<T>): Promise<Reading<T>> {
  try {
    return { value: await work };
  } catch (error) {
    if (error instanceof VendorError) return { error };
    throw error;
  }
}

/** A part with its heading; where it could not be read, the reason stands in its place. */
export function section<T>(
  output: Output,
  title: string,
  part: Reading<T>,
  lines: (value: T) => readonly string[],
): readonly string[] {
  return [
    '',
    painted(output, 'bold', title),
    ...('error' in part ? wrapped(output, notRead(part.error), '  ') : lines(part.value)),
  ];
}

function notRead(error: VendorError | LedgerError): string {
  return isNotAsked(error) ? error.message : `Could not be read. ${error.message}`;
}

/** The provider has no way to ask this, which is no failure. */
export function isNotAsked(error: VendorError | LedgerError): boolean {
  return error instanceof VendorError && error.kind === 'validation' && error.neverSent;
}

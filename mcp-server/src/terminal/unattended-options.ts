import type { UnattendedOrder } from '@countersign/shared/decide';
import { approveOptionsOf, denyOptionsOf, type RawApproveOptions } from './approve-options.ts';
import { UsageError } from './usage-error.ts';

/** In place of a reference: decisions are read from standard input. */
export const LINES = '-';

export interface RawDenyOptions {
  readonly reason?: string;
  readonly notify?: string;
  readonly ticket?: string;
}

/** @throws UsageError where anything stands beside "-": each line says all of its own */
export function linesAlone(references: readonly string[], options: object): void {
  if (references.length === 1 && Object.keys(options).length === 0) return;
  throw new UsageError(
    '"-" reads decisions from standard input, a line of JSON each; nothing else stands beside it but "--json".',
  );
}

/** An approval as the options carry it back. @throws UsageError */
export function carriedApproval(
  references: readonly string[],
  countersignedBy: string,
  raw: RawApproveOptions,
): UnattendedOrder {
  const wide = WIDENING.find((name) => raw[name] !== undefined);
  if (wide !== undefined) {
    throw new UsageError(
      `"--${wide === 'createdBy' ? 'created-by' : wide}" can make an approval reach further, so it is for a person at a terminal; leave it or "--countersigned-by" out.`,
    );
  }
  const { ticket, ...options } = raw;
  return {
    ...attested(references, countersignedBy, ticket),
    decision: { verdict: 'approve', options: approveOptionsOf(options) },
  };
}

const WIDENING = ['existing', 'by', 'path', 'process', 'certificate', 'createdBy', 'mode', 'scope', 'group'] as const;

/** A denial as the options carry it back. @throws UsageError */
export function carriedDenial(
  references: readonly string[],
  countersignedBy: string,
  { ticket, reason, notify }: RawDenyOptions,
): UnattendedOrder {
  if (reason === undefined) throw new UsageError('A denial that is carried back needs its reason: add "--reason".');
  return {
    ...attested(references, countersignedBy, ticket),
    decision: { verdict: 'deny', options: denyOptionsOf({ reason, ...(notify === undefined ? {} : { notify }) }) },
  };
}

function attested(references: readonly string[], countersignedBy: string, ticket: string | undefined) {
  const [request, ...others] = references;
  if (request === undefined || others.length > 0) {
    throw new UsageError('"--countersigned-by" is for one request; give several as JSON Lines, with "-".');
  }
  if (ticket === undefined) throw new UsageError('"--countersigned-by" needs the ticket: add "--ticket".');
  return { request, countersignedBy, ticket };
}

/**
 * Why the ledger can't be used. `unavailable`: this runtime has no SQLite · `unwritable`: its folder or file can't be
 * written · `full`: no room on the disk · `newer`: written by a newer Countersign · `damaged`: and in use, so that it can't be
 * set aside · `busy`: others kept it busy too long · `failed`: anything else.
 */
export type LedgerErrorKind = 'unavailable' | 'unwritable' | 'full' | 'newer' | 'damaged' | 'busy' | 'failed';

/** The message is a sentence for a person. While it stands, nothing is written to a vendor. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError';
  readonly kind: LedgerErrorKind;

  constructor(kind: LedgerErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

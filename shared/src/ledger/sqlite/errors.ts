import { LedgerError, type LedgerErrorKind } from '../ledger-error.ts';

// SQLite's primary result codes, https://www.sqlite.org/rescode.html
const KINDS: Readonly<Record<number, LedgerErrorKind>> = {
  3: 'unwritable', // PERM
  5: 'busy', // BUSY
  6: 'busy', // LOCKED
  8: 'unwritable', // READONLY
  10: 'failed', // IOERR
  11: 'damaged', // CORRUPT
  13: 'full', // FULL
  14: 'unwritable', // CANTOPEN
  26: 'damaged', // NOTADB
};

/** None says what became of a decision: they are also told after a write, whose outcome they keep from the journal. */
const SENTENCES: Readonly<Record<LedgerErrorKind, (file: string) => string>> = {
  unavailable: () =>
    'This Node has no SQLite (node:sqlite), so decisions are off; reading works. Use Node 22.19 or newer.',
  unwritable: (file) =>
    `${file} can't be written, so decisions are off. Check the owner and permissions of the file and its folder.`,
  full: (file) => `There is no room left on the disk that holds ${file}. Free some.`,
  newer: (file) => `${file} was written by a newer Countersign. Update this one; until then decisions are off.`,
  damaged: (file) =>
    `${file} is damaged. Once no process of Countersign uses it, the next one that starts sets it aside; end servers and editors that do. Until then decisions are off.`,
  busy: (file) => `Other processes kept ${file} busy for too long. If it stays so, end those that hang.`,
  failed: (file) => `${file} could not be read or written. Look at the disk.`,
};

export function ledgerError(kind: LedgerErrorKind, file: string, cause?: unknown): LedgerError {
  return new LedgerError(kind, SENTENCES[kind](file), { cause });
}

/** SQLite's primary result code in what node:sqlite throws. */
function codeOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null;
  return error.errcode & 0xff;
}

export function isBusy(error: unknown): boolean {
  const code = codeOf(error);
  return code === 5 || code === 6 || (error instanceof LedgerError && error.kind === 'busy');
}

export function isDamage(error: unknown): boolean {
  const code = codeOf(error);
  return code !== null && KINDS[code] === 'damaged';
}

/** What SQLite or the file system threw, as a sentence; a programming error stays what it is. */
export function asLedgerError(error: unknown, file: string): unknown {
  if (error instanceof LedgerError) return error;
  const code = codeOf(error);
  if (code !== null) return ledgerError(KINDS[code] ?? 'failed', file, error);
  if (!(error instanceof Error && 'code' in error && 'syscall' in error)) return error;
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') return ledgerError('full', file, error);
  return ledgerError(error.code === 'EIO' ? 'failed' : 'unwritable', file, error);
}

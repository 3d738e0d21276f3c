import { LedgerError, withLock } from '@countersign/shared/ledger';
import * as l10n from '@vscode/l10n';
import { NotSavedError } from './not-saved.ts';

/** A keyring may ask its person to unlock it meanwhile. */
const WAIT_MS = 15_000;

/**
 * Runs `work` while no other window does: what one reads, another would be about to replace, and secrets that one has stored
 * and is about to name would be named nowhere yet. Where this editor's Node has no SQLite, it just runs.
 *
 * @throws NotSavedError
 */
export async function inOneWindow<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const sqlite = process.getBuiltinModule('node:sqlite');
  if (sqlite === undefined) return await work();
  let hasBegun = false;
  const begin = () => {
    hasBegun = true;
    return work();
  };
  try {
    return await withLock(sqlite, folder, 'accounts', begin, WAIT_MS);
  } catch (error) {
    if (hasBegun || !(error instanceof LedgerError)) throw error;
    // A folder that takes no lock takes no accounts either; that is told in its own words.
    if (error.kind !== 'busy') return await work();
    throw new NotSavedError(
      'overtaken',
      l10n.t('Another window of this editor is saving accounts, so nothing was changed. Try again when it is done.'),
      { cause: error },
    );
  }
}

import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import { NotSavedError } from './not-saved.ts';

/** Writes a file that only its owner can read, in a folder of the same kind: all of it or nothing. @throws NotSavedError */
export async function writeWhole(file: string, text: string): Promise<void> {
  const folder = path.dirname(file);
  // Beside it, so that taking its place is one step; of this process, so that another window's is not disturbed.
  const draft = `${file}.${process.pid}.new`;
  try {
    await mkdir(folder, { recursive: true });
    await chmod(folder, 0o700);
    await rm(draft, { force: true });
    await writeFile(draft, text, { mode: 0o600, flag: 'wx', flush: true });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw notWritten(file, error);
  }
}

/** @throws NotSavedError */
export async function removeWhole(file: string): Promise<void> {
  await rm(file, { force: true }).catch((error: unknown) => {
    throw notWritten(file, error);
  });
}

function notWritten(file: string, cause: unknown): NotSavedError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
  const name = cleanLine(file);
  const sentence =
    code === 'ENOSPC' || code === 'EDQUOT'
      ? l10n.t('The disk is full, so {0} could not be written, and nothing was changed. Make room and try again.', name)
      : l10n.t(
          '{0} could not be written ({1}), and nothing was changed. Check the permissions of its folder and try again.',
          name,
          code,
        );
  return new NotSavedError('file', sentence, { cause });
}

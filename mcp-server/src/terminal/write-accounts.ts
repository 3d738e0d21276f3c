import { readFile, writeFile } from 'node:fs/promises';
import { UsageError } from './usage-error.ts';

/** Writes an accounts file that only its owner can read. What is there already is never overwritten. @throws UsageError */
export async function writeAccounts(file: string, content: object): Promise<void> {
  const text = `${JSON.stringify(content, null, 2)}\n`;
  try {
    await writeFile(file, text, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'EEXIST' && (await readFile(file, 'utf8').catch(() => null)) === text) return;
    throw new UsageError(
      code === 'EEXIST'
        ? `${file} exists and holds something else, so it was left alone; give --write another name.`
        : `${file} can't be written (${code}); give --write another place.`,
    );
  }
}

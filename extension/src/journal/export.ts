import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { exportedLine, type JournalHead, journalLines, type Ledger } from '@countersign/shared/ledger';

/**
 * Writes every line of the journal whole, as JSON lines. The file is there when all of it is: half an export looks like a whole
 * one.
 *
 * @returns the head of what was written @throws LedgerError, and NodeJS.ErrnoException where the file can't be written
 */
export async function exportJournal(ledger: Ledger, file: string): Promise<JournalHead> {
  const unfinished = `${file}.${randomUUID()}.part`;
  // The journal holds what requesters say of themselves.
  const handle = await open(unfinished, 'wx', 0o600);
  try {
    let head: JournalHead | null = null;
    for await (const row of journalLines(ledger)) {
      await handle.write(`${exportedLine(row)}\n`);
      head = { seq: row.seq, digest: row.digest };
    }
    await handle.sync();
    await handle.close();
    await rename(unfinished, file);
    return head ?? (await ledger.head());
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(unfinished, { force: true });
    throw error;
  }
}

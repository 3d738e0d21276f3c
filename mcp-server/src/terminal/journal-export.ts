import { randomUUID } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { copyFile, type FileHandle, link, open, rm } from 'node:fs/promises';
import {
  exportedLine,
  headText,
  type JournalHead,
  type JournalRow,
  journalLines,
  type OpenLedger,
  visible,
} from '@countersign/shared/ledger';
import { asCsv } from '../present/csv.ts';
import { type ExitCode, FAILED, SHOWN } from './exit-code.ts';
import { contentOf } from './journal-line.ts';
import { NO_LEDGER, withLedger } from './journal-source.ts';
import type { Output } from './output.ts';
import { UsageError } from './usage-error.ts';
import { count } from './view/words.ts';

export const FORMATS = ['jsonl', 'csv'] as const;

export interface JournalExportOptions {
  readonly format: (typeof FORMATS)[number];
  readonly output?: string;
}

/** Every line whole, to standard output or a new file; the head goes to standard error, to be kept elsewhere. */
export async function exportJournal(options: JournalExportOptions, output: Output): Promise<ExitCode> {
  const code = await withLedger(async (ledger) =>
    options.output === undefined
      ? await written(ledger, options, output, async (text) => output.out(text))
      : await intoFile(options.output, output, (line) => written(ledger, options, output, line)),
  );
  if (code === null) output.err(NO_LEDGER);
  return code ?? SHOWN;
}

type WriteLine = (text: string) => Promise<void>;

async function written(
  ledger: OpenLedger,
  { format }: JournalExportOptions,
  output: Output,
  line: WriteLine,
): Promise<ExitCode> {
  let head: JournalHead | null = null;
  if (format === 'csv') await line(csvLine([...COLUMNS, ...FROM_DATA]));
  for await (const row of journalLines(ledger)) {
    await line(format === 'csv' ? csvLine(cellsOf(row)) : exportedLine(row));
    head = row;
  }
  // Of what was exported, even if the journal has grown meanwhile.
  const kept = head ?? (await ledger.head());
  output.err(`${count(kept.seq, 'line', 'lines')}. Keep this head elsewhere, for "countersign journal verify --head":`);
  output.err(headText(kept));
  return SHOWN;
}

/** The file is there when all of it is: half an export looks like a whole one, however this command ends. */
async function intoFile(file: string, output: Output, work: (line: WriteLine) => Promise<ExitCode>): Promise<ExitCode> {
  if (existsSync(file)) throw exists(file);
  const unfinished = `${file}.${randomUUID()}.part`;
  const handle = await newFile(unfinished, file);
  try {
    const code = await work(async (text) => void (await handle.appendFile(`${text}\n`)));
    await handle.sync();
    await handle.close();
    await place(unfinished, file);
    return code;
  } catch (error) {
    await handle.close().catch(() => undefined);
    if (!(error instanceof Error && 'syscall' in error && 'code' in error)) throw error;
    if (error.code === 'EEXIST') throw exists(file);
    output.err(`${file} could not be written (${error.code}), so there is no export.`);
    return FAILED;
  } finally {
    await rm(unfinished, { force: true });
  }
}

/** Overwrites nothing. @throws NodeJS.ErrnoException, EEXIST where the file is there by now */
async function place(unfinished: string, file: string): Promise<void> {
  try {
    await link(unfinished, file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'EEXIST') throw error;
    // Not every file system has links.
    await copyFile(unfinished, file, constants.COPYFILE_EXCL);
  }
}

async function newFile(file: string, named: string): Promise<FileHandle> {
  try {
    return await open(file, 'wx', 0o600);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    throw new UsageError(`${named} can't be made (${code}); give --output another place.`);
  }
}

function exists(file: string): UsageError {
  return new UsageError(`${file} exists, so it was left alone; give --output another name.`);
}

const COLUMNS = [
  'seq',
  'at',
  'decision',
  'phase',
  'request',
  'data',
  'previous',
  'digest',
] as const satisfies readonly (keyof JournalRow)[];

/** Said in `data`, and shown beside it for a reader who filters: by which way a person is asked or answered, and who did, in which ticket. */
const FROM_DATA = ['channel', 'who', 'ticket'] as const;

function cellsOf(row: JournalRow): readonly string[] {
  const content = contentOf(row);
  return [...COLUMNS.map((column) => String(row[column])), ...FROM_DATA.map((name) => content[name] ?? '')];
}

/** A record, up to the line feed that ends it. */
function csvLine(cells: readonly string[]): string {
  return asCsv([cells.map(visible)]).slice(0, -1);
}

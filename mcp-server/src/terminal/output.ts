import { styleText } from 'node:util';
import { wholeWriter } from './whole-writer.ts';

/** Where a command writes; a line break is added to each text. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
  /** Resolves once all of `out` has been taken: `null`, or why it could not be (`ENOSPC`), which is told once. */
  written(): Promise<string | null>;
  /** Shows a line that says how work gets on, in place of the last one; an empty one takes it away. `null`: nobody would see it. */
  readonly progress: ((line: string) => void) | null;
  /** Whether somebody reads it in a terminal; only then are lines wrapped. */
  readonly isTTY: boolean;
  readonly columns: number;
  readonly color: boolean;
}

export type Style = 'bold' | 'dim' | 'cyan' | 'green' | 'yellow' | 'red';

/** Where there is no terminal that has a width. */
const DEFAULT_COLUMNS = 120;

/** @param term the kind of terminal, as the environment names it */
export function nodeOutput(stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream, term?: string): Output {
  const write = wholeWriter(stdout);
  // There is nowhere left to say why it can't be written.
  stderr.on('error', () => undefined);
  let all: Promise<string | null> = Promise.resolve(null);
  let isTold = false;
  return {
    out: (text) => {
      // Once one has failed, those after it do too, for a reason that says less.
      all = Promise.all([all, write(`${text}\n`)]).then(([before, now]) => before ?? now);
    },
    err: (text) => void stderr.write(`${text}\n`),
    written: async () => {
      const code = await all;
      if (code === null || NOBODY_READS.includes(code) || isTold) return null;
      isTold = true;
      return code;
    },
    progress: stderr.isTTY === true && term !== 'dumb' ? progressOn(stderr) : null,
    isTTY: stdout.isTTY === true,
    get columns() {
      return stdout.columns || DEFAULT_COLUMNS;
    },
    color: stdout.isTTY === true && stdout.hasColors(),
  };
}

function progressOn(stderr: NodeJS.WriteStream): (line: string) => void {
  let stands = false;
  return (line) => {
    if (line === '' && !stands) return;
    stands = line !== '';
    stderr.write(`\r${line}\u001b[K`);
  };
}

export function painted(output: Output, style: Style, text: string): string {
  return output.color ? styleText(style, text, { validateStream: false }) : text;
}

export function write(output: Output, lines: readonly string[]): void {
  for (const line of lines) output.out(line);
}

/** `countersign list | head` closes the pipe when it has read enough, and a terminal may be gone: nobody reads on, which is no failure. */
const NOBODY_READS: readonly string[] = ['EPIPE', 'EIO'];

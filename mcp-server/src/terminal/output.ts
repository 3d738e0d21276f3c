import { styleText } from 'node:util';

/** Where a command writes; a line break is added to each text. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
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
  for (const stream of new Set([stdout, stderr])) stream.on('error', ignoreNoReader);
  return {
    out: (text) => void stdout.write(`${text}\n`),
    err: (text) => void stderr.write(`${text}\n`),
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
function ignoreNoReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
}

import { fstatSync, writeSync } from 'node:fs';

/** Writes a text to its end, behind those before it. @returns why it could not be (`ENOSPC`); then nothing more is written */
export type WriteWhole = (text: string) => Promise<string | null>;

type Stream = NodeJS.WriteStream & { readonly fd?: number };

export function wholeWriter(stream: Stream): WriteWhole {
  // Each write tells of its own; an error that nobody listens to would end the process.
  stream.on('error', () => undefined);
  const { fd } = stream;
  if (fd === undefined || !isFile(stream)) {
    return (text) => new Promise((resolve) => stream.write(text, (error) => resolve(error ? codeOf(error) : null)));
  }
  let failed: string | null = null;
  return async (text) => {
    if (failed !== null) return failed;
    try {
      writeAll(fd, Buffer.from(text));
    } catch (error) {
      failed = codeOf(error);
    }
    return failed;
  };
}

/** Whether standard output or error leads into a file. */
function isFile({ isTTY, fd }: Stream): boolean {
  return isTTY !== true && fd !== undefined && fstatSync(fd).isFile();
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

/**
 * Writes to a file without Node's stream, which takes a part for the whole: of what no longer fits on a disk a part is written
 * without an error, and only the next write fails.
 *
 * @param onPart told how many bytes stand in the file after each step
 */
export function writeAll(fd: number, bytes: Uint8Array, onPart: (written: number) => void = () => undefined): void {
  for (let at = 0; at < bytes.length; ) {
    at += writeSync(fd, bytes, at);
    onPart(at);
  }
}

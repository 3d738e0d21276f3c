import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync } from 'node:fs';
import { writeAll } from './whole-writer.ts';

const LINE_FEED = 10;

/**
 * Takes each text whole and on the disk, or not at all. `null`: not a file.
 * The first one begins on a line of its own, whatever a process that was killed has left at the file's end.
 */
export function fileReceiver(fd: number): { take(text: string): void } | null {
  if (!fstatSync(fd).isFile()) return null;
  let isBegun = false;

  function write(text: string): void {
    const bytes = Buffer.from(text);
    const before = fstatSync(fd).size;
    let written = 0;
    try {
      writeAll(fd, bytes, (part) => {
        written = part;
      });
      fsyncSync(fd);
    } catch (failure) {
      takeBack(fd, before, written);
      throw failure;
    }
  }

  function endLine(): void {
    const { size } = fstatSync(fd);
    // Rather an empty line than a line that is lost, where it can't be read.
    if (size > 0 && lastByte(fd, size) !== LINE_FEED) write('\n');
  }

  return {
    take: (text) => {
      if (!isBegun) endLine();
      isBegun = true;
      write(text);
    },
  };
}

/** So that a repeat isn't glued to the part that was written; unless somebody else has written to the file, too. */
function takeBack(fd: number, before: number, written: number): void {
  try {
    if (fstatSync(fd).size === before + written) ftruncateSync(fd, before);
  } catch {
    // Then the next pull ends the line.
  }
}

/** `null`: it can't be read. A shell opens standard output for writing alone; Linux lets it be opened anew. */
function lastByte(fd: number, size: number): number | null {
  let again: number | undefined;
  try {
    again = openSync(`/dev/fd/${fd}`, 'r');
    const byte = Buffer.alloc(1);
    return readSync(again, byte, 0, 1, size - 1) === 1 ? (byte[0] ?? null) : null;
  } catch {
    return null;
  } finally {
    if (again !== undefined) closeSync(again);
  }
}

import { closeSync, constants, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, readSync } from 'node:fs';
import { writeAll } from './whole-writer.ts';

const LINE_FEED = 10;

/**
 * Takes each text whole and on the disk, or fails; then nothing of it stays in a file that is appended to, as far as the
 * system lets that be known. `null`: not a file.
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

/**
 * Leaves nothing of a text that was written in part; unless somebody else has written to the file, too. What has to stay
 * is ended by the next pull.
 */
function takeBack(fd: number, before: number, written: number): void {
  try {
    if (isAppending(fd) && fstatSync(fd).size === before + written) ftruncateSync(fd, before);
  } catch {
    // Then it stays.
  }
}

/**
 * Otherwise the place that is written next stays behind the part, also for other processes with the same descriptor, and
 * what they write would come after a hole of NULs. Only Linux tells.
 */
function isAppending(fd: number): boolean {
  const flags = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1] ?? '0';
  return (Number.parseInt(flags, 8) & constants.O_APPEND) !== 0;
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

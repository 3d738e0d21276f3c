import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

const MAX_UNPACKED = 256 * 1024 * 1024;

/**
 * Values as lines of JSON, packed off the main thread. Each is written in a turn of its own, so that a process which answers
 * others, or draws, is held no longer than one of them takes. `null`: too large to be unpacked again.
 */
export async function pack(values: Iterable<unknown>): Promise<string | null> {
  const lines: Buffer[] = [];
  let size = 0;
  for (const value of values) {
    const line = Buffer.from(`${JSON.stringify(value)}\n`);
    size += line.length;
    if (size > MAX_UNPACKED) return null;
    lines.push(line);
    await nextTurn();
  }
  // The fastest level: it leaves a sixth, and the best one little less.
  const packed = await promisify(gzip)(Buffer.concat(lines), { level: 1, chunkSize: AT_ONCE });
  return packed.toString('base64');
}

/** Those values, each read in a turn of its own. `null`: they can't be unpacked. */
export async function unpack(packed: string): Promise<AsyncIterable<unknown> | null> {
  const bytes = Buffer.from(packed, 'base64');
  const size = unpackedSize(bytes);
  if (size > MAX_UNPACKED) return null;
  // In one piece: pieces of the usual size cost a turn each, hundreds of them, and are copied together in the end.
  const options = { chunkSize: size + LEAST_CHUNK, maxOutputLength: MAX_UNPACKED };
  const unpacked = await promisify(gunzip)(bytes, options).catch(() => null);
  return unpacked && valuesIn(unpacked);
}

/** More than nearly every queue comes to, packed. */
const AT_ONCE = 1024 * 1024;
/** That zlib takes. */
const LEAST_CHUNK = 64;

/** RFC 1952 puts it at the end. Only a hint here, and nothing of what isn't gzip. */
function unpackedSize(bytes: Buffer): number {
  return bytes.length < 4 ? 0 : bytes.readUInt32LE(bytes.length - 4);
}

const LINE_END = '\n'.charCodeAt(0);

async function* valuesIn(lines: Buffer): AsyncGenerator<unknown> {
  let from = 0;
  while (from < lines.length) {
    const end = lines.indexOf(LINE_END, from);
    yield JSON.parse(lines.toString('utf8', from, end));
    from = end + 1;
    await nextTurn();
  }
}

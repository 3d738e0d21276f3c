/** A line as it came, or why it could not be taken. Counted from 1. */
export type InputLine =
  | { readonly number: number; readonly text: string }
  | { readonly number: number; readonly problem: string };

const LINE_FEED = 0x0a;
/** Bytes of a line, many times what any decision needs. */
const LINE_MAX = 65_536;

/** The lines of an input as they come, however slowly; one that is too long is told once it ends, and is kept nowhere. */
export async function* inputLines(input: AsyncIterable<Uint8Array>): AsyncGenerator<InputLine> {
  let number = 0;
  let parts: Uint8Array[] = [];
  let bytes = 0;
  const take = (part: Uint8Array) => {
    bytes += part.length;
    if (bytes > LINE_MAX) parts = [];
    else parts.push(part);
  };
  const line = (): InputLine => {
    const whole = bytes > LINE_MAX ? null : Buffer.concat(parts);
    parts = [];
    bytes = 0;
    number += 1;
    return whole === null ? { number, problem: `it is longer than ${LINE_MAX} bytes` } : { number, ...decoded(whole) };
  };
  for await (const chunk of input) {
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, from)) {
      take(chunk.subarray(from, end));
      from = end + 1;
      yield line();
    }
    take(chunk.subarray(from));
  }
  if (bytes > 0) yield line();
}

function decoded(bytes: Uint8Array): { readonly text: string } | { readonly problem: string } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim() };
  } catch {
    return { problem: 'it is not UTF-8' };
  }
}

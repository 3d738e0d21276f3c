import { setImmediate as pause } from 'node:timers/promises';

/** How long the thread that draws every extension's views is kept busy at a time. */
const SLICE_MS = 8;

/** As `items.map(work)`, with pauses in which others have their turn. */
export async function mapInSlices<T, Result>(
  items: readonly T[],
  work: (item: T, index: number) => Result,
): Promise<Result[]> {
  const results: Result[] = [];
  let begun = performance.now();
  for (const [index, item] of items.entries()) {
    if (performance.now() - begun > SLICE_MS) {
      await pause();
      begun = performance.now();
    }
    results.push(work(item, index));
  }
  return results;
}

/** Two processors carry so many runs at once, since each waits for others most of its time. */
const AT_ONCE = 4;

/** Works on all of them, a few at a time, in order. */
export async function eachOf<T, R>(
  all: readonly T[],
  work: (one: T) => Promise<R>,
  atOnce = AT_ONCE,
): Promise<readonly R[]> {
  const results: R[] = [];
  const queue = all.entries();
  const worker = async () => {
    for (const [index, one] of queue) results[index] = await work(one);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

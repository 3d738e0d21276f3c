import type { Output } from './output.ts';

/** What takes less is over before anybody would have read of it. */
const FIRST_MS = 500;
const EVERY_MS = 1000;

/** Says that work goes on, in a line of standard error that is gone when it has ended. Says nothing where nobody reads that. */
export async function whileWorking<T>({ progress }: Output, what: string, work: Promise<T>): Promise<T> {
  if (progress === null) return await work;
  const begun = performance.now();
  let timer = setTimeout(show, FIRST_MS);
  function show(): void {
    progress?.(`${what} … ${Math.floor((performance.now() - begun) / 1000)} s`);
    timer = setTimeout(show, EVERY_MS);
  }
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    progress('');
  }
}

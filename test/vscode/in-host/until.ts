const LOOK_EVERY_MS = 10;
const GIVE_UP_AFTER_MS = 20_000;

/** Waits until there is something to answer with. @param what is waited for, as the error names it */
export async function until<T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const end = Date.now() + GIVE_UP_AFTER_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`In vain was waited for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

import { format } from 'node:util';

/** Begins each line of the suite, among all that a window and its extension host print. */
const MARK = '[in-host]';

/** Prints as console.log does, with the mark. */
export function say(...words: readonly unknown[]): void {
  for (const line of format(...words).split('\n')) {
    // biome-ignore lint/suspicious/noConsole: VS Code takes what an extension host says from its console.
    console.info(`${MARK} ${line}`);
  }
}

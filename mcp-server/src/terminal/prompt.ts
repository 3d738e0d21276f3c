import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** Asks a person, one line at a time. What is typed while nothing is asked is dropped. */
export interface Prompt {
  /** `null` once the person has closed the question (Ctrl-C, Ctrl-D). */
  ask(question: string): Promise<string | null>;
  /** Resolves when the person, or `close`, closes it. */
  readonly closed: Promise<null>;
  close(): void;
}

export function openPrompt(input: Readable, output: Writable): Prompt {
  const lines = createInterface({ input, output });
  const closed = new Promise<null>((resolve) => {
    lines.once('close', () => resolve(null));
  });
  let isClosed = false;
  lines.once('close', () => {
    isClosed = true;
  });
  return {
    ask: async (question) => {
      if (isClosed) return null;
      return await Promise.race([new Promise<string>((resolve) => lines.question(question, resolve)), closed]);
    },
    closed,
    close: () => lines.close(),
  };
}

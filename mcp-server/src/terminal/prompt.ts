import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** Asks a person, one line at a time. */
export interface Prompt {
  /** `null` once the person has closed the question (Ctrl-C, Ctrl-D). */
  ask(question: string): Promise<string | null>;
  close(): void;
}

export function openPrompt(input: Readable, output: Writable): Prompt {
  const lines = createInterface({ input, output });
  let isClosed = false;
  lines.once('close', () => {
    isClosed = true;
  });
  return {
    ask: (question) =>
      new Promise((resolve) => {
        if (isClosed) return resolve(null);
        const closed = () => resolve(null);
        lines.once('close', closed);
        lines.question(question, (answer) => {
          lines.off('close', closed);
          resolve(answer);
        });
      }),
    close: () => lines.close(),
  };
}

import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import type { ReadStream } from 'node:tty';
import type { Output } from './output.ts';

/** A terminal with a person at it, who is asked one line at a time. What is typed while nothing is asked is dropped. */
export interface Prompt {
  /** Where the person reads. */
  readonly output: Output;
  /** `null` once the person has closed the question (Ctrl-C, Ctrl-D), or the terminal is gone. */
  ask(question: string): Promise<string | null>;
  /** Resolves when the person, or `close`, closes it. */
  readonly closed: Promise<null>;
  close(): void;
}

type Keyboard = Readable & Partial<Pick<ReadStream, 'setRawMode'>>;

/** Ctrl-C and Ctrl-D, which a terminal in raw mode passes on. */
const LEAVE = ['\u0003', '\u0004'];

export function openPrompt(keyboard: Keyboard, screen: Writable, output: Output): Prompt {
  const { promise: closed, resolve } = Promise.withResolvers<null>();
  let isClosed = false;
  const leave = () => {
    isClosed = true;
    resolve(null);
  };
  const drop = (typed: Buffer | string) => {
    if (LEAVE.some((key) => typed.includes(key))) leave();
  };
  /** Nothing is asked; nothing that is typed is echoed either, where it would stand among what is read. */
  const rest = () => {
    keyboard.setRawMode?.(true);
    keyboard.on('data', drop).resume();
  };
  keyboard.once('end', leave);
  keyboard.on('error', leave);
  rest();

  async function answerTo(question: string): Promise<string | null> {
    // One that is new knows nothing of what was typed before, nor of earlier answers.
    const lines = createInterface({ input: keyboard, output: screen });
    lines.once('close', leave);
    // A terminal that is gone takes no mode any more.
    lines.on('error', leave);
    // Let go on after Ctrl-Z, it draws the question again by itself, but would hear nothing more.
    lines.on('SIGCONT', () => lines.resume());
    try {
      return await Promise.race([new Promise<string>((answered) => lines.question(question, answered)), closed]);
    } finally {
      lines.off('close', leave);
      lines.close();
    }
  }

  return {
    output,
    ask: async (question) => {
      // What was typed before the question stood there waits in the terminal; a turn that begins now reads all of it.
      await turn();
      await turn();
      if (isClosed) return null;
      keyboard.off('data', drop);
      const answer = await answerTo(question);
      rest();
      return answer;
    },
    closed,
    close: () => {
      leave();
      keyboard.off('data', drop);
      keyboard.setRawMode?.(false);
      keyboard.pause();
    },
  };
}

import { PassThrough } from 'node:stream';
import { openPrompt } from '../../../mcp-server/src/terminal/prompt.ts';
import type { Surroundings } from '../../../mcp-server/src/terminal/surroundings.ts';

/** What a person does at each question: a line typed, or the input closed as Ctrl-C and Ctrl-D do. */
export type Act = string | 'closes';

export interface Stage {
  readonly surroundings: Surroundings;
  /** Everything that stood on the screen. */
  readonly screen: () => string;
  readonly questions: () => number;
  /** Types a line whether or not something is asked. */
  readonly type: (line: string) => void;
}

/** A terminal with a person at it who answers each question in turn, as soon as it stands there. */
export function stage(acts: readonly Act[], columns = 80): Stage {
  const input = new PassThrough();
  const display = new PassThrough({ encoding: 'utf8' });
  const left = [...acts];
  let screen = '';
  let questions = 0;
  display.on('data', (text: string) => {
    screen += text;
    if (!text.endsWith('> ')) return;
    questions += 1;
    const act = left.shift();
    if (act === undefined) throw new Error(`a question that nobody expected: ${screen.slice(-300)}`);
    if (act === 'closes') input.end();
    else input.write(`${act}\n`);
  });
  const write = (text: string) => void display.write(`${text}\n`);
  const output = {
    out: write,
    err: write,
    written: async () => null,
    progress: null,
    isTTY: true,
    columns,
    color: false,
  };
  return {
    surroundings: {
      output,
      input,
      deliver: async (line) => {
        write(line);
        return null;
      },
      isInteractive: true,
      openPrompt: () => openPrompt(input, display, output),
      openLiveScreen: () => null,
      untilStopped: () => Promise.resolve(),
      self: { command: 'node', args: ['countersign'] },
      workingDirectory: process.cwd(),
      platform: process.platform,
    },
    screen: () => screen,
    questions: () => questions,
    type: (line) => void input.write(`${line}\n`),
  };
}

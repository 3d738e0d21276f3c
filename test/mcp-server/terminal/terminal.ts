import { spawn } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { MAIN } from './command.ts';

/** A command under a pseudo-terminal of its own, with a person at it. */
export interface Terminal {
  /** Resolves with what stands there, once the next question does. */
  asked(): Promise<string>;
  /** Types a line and presses Enter. */
  type(line: string): void;
  /** Presses keys, such as `\u0004` for Ctrl-D. */
  press(keys: string): void;
  /** Sends the command a signal from outside. */
  signal(name: NodeJS.Signals): Promise<void>;
  /** The terminal is gone, as when its window is closed. `ended` tells nothing of the exit code then. */
  hangUp(): void;
  /** Resolves when the command has ended by itself. */
  ended(): Promise<{ readonly code: number; readonly screen: string; readonly words: string }>;
}

/** Whether this machine has the util-linux program that makes pseudo-terminals; Debian's and Ubuntu's always do. */
export const HAS_TERMINALS = process.platform === 'linux';

const PROMPT = '> ';
const ESCAPE = '\u001b';
const CONTROL = new RegExp(`${ESCAPE}\\[[?\\d;]*[A-Za-z]`, 'g');
/** What a shell says of a job that was stopped: 128, and the signal's number. */
const STOPPED = 148;
const SCRIPT = '/usr/bin/script';

/**
 * @param env nothing else reaches the command
 * @param term a plain one, so that every control character is one that was printed
 * @param redirected what a shell leads elsewhere, such as `< file`
 * @param shell whether it is the terminal's only program, or a shell's job, which is let go on at once when it is stopped
 */
export function atTerminal(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  columns = 80,
  redirected = '',
  term = 'dumb',
  shell: 'none' | 'lets go on' = 'none',
): Terminal {
  const command = [process.execPath, MAIN, ...args].map((part) => `'${part.replaceAll("'", "'\\''")}'`).join(' ');
  const start =
    shell === 'none'
      ? `exec ${command} ${redirected}`
      : `set -m; ${command} ${redirected}; code=$?; while [ $code -eq ${STOPPED} ]; do fg; code=$?; done; exit $code`;
  const child = spawn(SCRIPT, ['-qec', `stty cols ${columns} rows 50; echo $$ >&3; ${start}`, '/dev/null'], {
    // The last is the command's as well, so that it closes with the command, however the terminal ends.
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', ...env, SHELL: '/bin/sh', TERM: term },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let screen = '';
  let answered = 0;
  let look: () => void = () => undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
    look();
  });
  const closed = new Promise<number>((resolve) => {
    child.once('close', (code) => resolve(code ?? -1));
  });
  const pid = new Promise<number>((resolve) => {
    child.stdio[3]?.once('data', (text: Buffer) => resolve(Number(String(text))));
  });
  const standing = () => screen.replace(CONTROL, '');
  const isAsking = (text: string) => text.endsWith(PROMPT) && text.length > answered;
  return {
    asked: () =>
      Promise.race([
        new Promise<string>((resolve) => {
          look = () => {
            const text = standing();
            if (!isAsking(text)) return;
            answered = text.length;
            resolve(wordsOf(text));
          };
          look();
        }),
        closed.then((code): never => {
          throw new Error(`nobody was asked (exit code ${code}): ${screen}`);
        }),
      ]),
    type: (line) => void child.stdin.write(`${line}\r`),
    press: (keys) => void child.stdin.write(keys),
    signal: async (name) => void process.kill(await pid, name),
    hangUp: () => void child.kill('SIGKILL'),
    ended: async () => {
      const code = await closed;
      return { code, screen, words: wordsOf(screen) };
    },
  };
}

/** Whatever a line's width has parted stands together again. */
function wordsOf(screen: string): string {
  return screen.replace(/\s+/g, ' ');
}

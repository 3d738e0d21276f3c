import { execFileSync, spawn } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { MAIN } from './command.ts';

/** What stands on a terminal that a command draws on, as far as our commands draw. */
export interface Screen {
  /** Resolves once what stands there fits. */
  shows(fits: (lines: readonly string[]) => boolean): Promise<readonly string[]>;
  press(keys: string): void;
  resize(columns: number, rows: number): void;
  signal(name: NodeJS.Signals): void;
  /** Resolves when the command has ended, with the modes that it left switched on. */
  ended(): Promise<{ readonly code: number; readonly modes: readonly string[]; readonly rest: string }>;
}

const SCRIPT = '/usr/bin/script';
const ESCAPE = '\u001b';
const CONTROL = new RegExp(`${ESCAPE}\\[([?\\d;]*)([A-Za-z])`, 'y');
/** Modes that a terminal has on when a shell starts: the cursor shown, long lines run on. */
const USUAL = ['?25', '?7'];

export async function onScreen(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  { columns, rows }: { readonly columns: number; readonly rows: number },
): Promise<Screen> {
  const command = [process.execPath, MAIN, ...args].map((part) => `'${part}'`).join(' ');
  const child = spawn(
    SCRIPT,
    ['-qec', `stty cols ${columns} rows ${rows}; echo $$ >&3; exec ${command}`, '/dev/null'],
    {
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'] ?? '', ...env, SHELL: '/bin/sh', TERM: 'xterm', NO_COLOR: '1' },
    },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  const pid = await new Promise<number>((resolve) => {
    child.stdio[3]?.once('data', (text: Buffer) => resolve(Number(String(text))));
  });
  const terminal = readlinkSync(`/proc/${pid}/fd/0`);
  let lines: string[] = [];
  let row = 0;
  let column = 0;
  let rest = '';
  const modes = new Set(USUAL);
  const waiting = new Set<() => void>();

  function put(text: string): void {
    const line = (lines[row] ?? '').padEnd(column);
    lines[row] = line.slice(0, column) + text + line.slice(column + text.length);
    column += text.length;
    if (!modes.has('?1049')) rest += text;
  }

  function obey(parameters: string, letter: string): void {
    const [first = 1, second = 1] = parameters.split(';').map(Number);
    switch (letter) {
      case 'h':
        modes.add(parameters);
        break;
      case 'l':
        modes.delete(parameters);
        break;
      case 'H':
        row = (first || 1) - 1;
        column = (second || 1) - 1;
        break;
      case 'J':
        lines = [];
        break;
      case 'K':
        lines[row] = (lines[row] ?? '').slice(0, column);
        break;
      case 'm':
        break;
      default:
        throw new Error(`a control sequence that is not known here: ${parameters}${letter}`);
    }
  }

  let unread = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    unread += text;
    let at = 0;
    while (at < unread.length) {
      CONTROL.lastIndex = at;
      const control = CONTROL.exec(unread);
      if (control) {
        obey(control[1] ?? '', control[2] ?? '');
        at = CONTROL.lastIndex;
      } else if (unread[at] === ESCAPE) {
        // The rest of it is still to come.
        break;
      } else {
        put(unread[at] ?? '');
        at += 1;
      }
    }
    unread = unread.slice(at);
    for (const look of waiting) look();
  });
  const closed = new Promise<number>((resolve) => {
    child.once('close', (code) => resolve(code ?? -1));
  });
  const standing = () => Array.from(lines, (line) => (line ?? '').trimEnd());
  return {
    shows: (fits) =>
      Promise.race([
        new Promise<readonly string[]>((resolve) => {
          const look = () => {
            if (modes.has('?2026') || !fits(standing())) return;
            waiting.delete(look);
            resolve(standing());
          };
          waiting.add(look);
          look();
        }),
        closed.then((code): never => {
          throw new Error(`it ended (exit code ${code}): ${rest}`);
        }),
      ]),
    press: (keys) => void child.stdin?.write(keys),
    resize: (width, height) => {
      execFileSync('stty', ['-F', terminal, 'cols', String(width), 'rows', String(height)]);
    },
    signal: (name) => void process.kill(pid, name),
    ended: async () => ({ code: await closed, modes: [...modes].toSorted(), rest }),
  };
}

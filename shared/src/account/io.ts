import { execFile } from 'node:child_process';
import { constants, open } from 'node:fs/promises';
import os from 'node:os';

export interface FileContent {
  readonly text: string;
  /** Permission bits. They mean nothing on Windows. */
  readonly mode: number;
}

/** `why` completes "The program …"; it never holds anything that the program printed. */
export type CommandResult =
  | { readonly outcome: 'printed'; readonly text: string }
  | { readonly outcome: 'failed'; readonly why: string };

/** What this folder needs of the world. */
export interface AccountIo {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly homedir: string;
  /** Reads an ordinary file of at most `maxBytes`. Rejects with the system's error, or EFBIG, or EINVAL for what is no file. */
  readFile(path: string, maxBytes: number): Promise<FileContent>;
  /** Runs a program without a shell and without input. */
  run(
    program: string,
    args: readonly string[],
    limits: { readonly timeoutMs: number; readonly maxBytes: number },
  ): Promise<CommandResult>;
}

/** The world as Node gives it. */
export function nodeIo(): AccountIo {
  return { platform: process.platform, env: process.env, homedir: os.homedir(), readFile, run };
}

/** Mode and content come from one open file, so that it can't be exchanged between the two looks. */
async function readFile(path: string, maxBytes: number): Promise<FileContent> {
  // Without O_NONBLOCK (which Windows lacks), opening a named pipe that nobody writes to would wait for ever.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const status = await file.stat();
    if (!status.isFile()) throw Object.assign(new Error('not an ordinary file'), { code: 'EINVAL' });
    if (status.size > maxBytes) throw Object.assign(new Error('too large'), { code: 'EFBIG' });
    return { text: await file.readFile('utf8'), mode: status.mode };
  } finally {
    await file.close();
  }
}

const run: AccountIo['run'] = (program, args, { timeoutMs, maxBytes }) =>
  new Promise((resolve) => {
    const child = execFile(
      program,
      [...args],
      {
        // Windows looks for a bare name in the current folder first, which may be somebody's repository.
        cwd: os.homedir(),
        encoding: 'utf8',
        killSignal: 'SIGKILL',
        maxBuffer: maxBytes,
        shell: false,
        timeout: timeoutMs,
        windowsHide: true,
      },
      (error, text) => {
        if (error === null) return resolve({ outcome: 'printed', text });
        resolve({ outcome: 'failed', why: whyItFailed(error, timeoutMs) });
      },
    );
    child.stdin?.end();
  });

/** The error itself carries the program's output and must not travel. */
function whyItFailed(error: { code?: unknown; killed?: boolean | undefined }, timeoutMs: number): string {
  if (error.code === 'ENOENT') return 'was not found; give its full path';
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return 'printed far more than a secret';
  if (error.killed) return `did not end within ${timeoutMs / 1_000} s`;
  if (typeof error.code === 'number') return `ended with exit code ${error.code}; run it in a terminal to see why`;
  return `could not be run (${typeof error.code === 'string' ? error.code : 'ended by a signal'})`;
}

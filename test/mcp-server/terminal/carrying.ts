import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { MAIN, temporaryFolder } from './command.ts';

/** One answer of the command, a line of JSON. */
interface Answer {
  readonly line: number;
  readonly decision: string | null;
  readonly status: string;
  readonly by?: string;
  readonly message: string;
  readonly targets: readonly { readonly request: string; readonly status: string; readonly attribution?: string }[];
  readonly choices?: readonly { readonly options: object; readonly reach: object }[];
  readonly carriedOut?: string;
}

/** `countersign approve -` or `deny -`, as a job feeds it. */
export interface Carrying {
  /** Without a line feed, unless it has one itself. */
  send(text: string): void;
  line(decision: object): void;
  /** The next answer, as soon as it stands there. */
  answer(): Promise<Answer>;
  end(): void;
  signal(name: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): void;
  /** Reads no further. */
  leave(): void;
  readonly ended: Promise<{
    readonly code: number | null;
    readonly answers: readonly Answer[];
    readonly stderr: string;
  }>;
}

export function carrying(verb: 'approve' | 'deny', env: Readonly<Record<string, string>>): Carrying {
  const home = temporaryFolder();
  const child = spawn(process.execPath, [MAIN, verb, '-'], {
    env: { HOME: home, USERPROFILE: home, LOCALAPPDATA: home, ...env },
    cwd: home,
    detached: true,
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  // It may stop reading first.
  child.stdin.on('error', () => undefined);
  const answers: Answer[] = [];
  const lines = createInterface({ input: child.stdout });
  const iterator = lines[Symbol.asyncIterator]();
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const closed = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  const answer = async (): Promise<Answer> => {
    const next = await iterator.next();
    if (next.done) throw new Error(`there is no further answer: ${stderr}`);
    const read = JSON.parse(next.value) as Answer;
    answers.push(read);
    return read;
  };
  const rest = async () => {
    for await (const text of { [Symbol.asyncIterator]: () => iterator }) answers.push(JSON.parse(text) as Answer);
  };
  return {
    send: (text) => void child.stdin.write(text),
    line: (decision) => void child.stdin.write(`${JSON.stringify(decision)}\n`),
    answer,
    end: () => void child.stdin.end(),
    signal: (name) => void child.kill(name),
    leave: () => {
      lines.close();
      child.stdout.destroy();
    },
    get ended() {
      return rest().then(async () => ({ code: await closed, answers, stderr }));
    },
  };
}

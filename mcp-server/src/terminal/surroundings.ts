import { nodeOutput, type Output } from './output.ts';
import { openPrompt, type Prompt } from './prompt.ts';

/** What a command has around it. */
export interface Surroundings {
  readonly output: Output;
  /** `null` where nobody sits at a terminal who could be asked. */
  readonly openPrompt: (() => Prompt) | null;
  /** Ends when the process is told to: Ctrl-C, SIGTERM. */
  untilStopped(): Promise<void>;
  /** How this command was started, for configurations that start it again. */
  readonly self: { readonly command: string; readonly args: readonly string[] };
  readonly workingDirectory: string;
  readonly platform: NodeJS.Platform;
}

export function nodeSurroundings(): Surroundings {
  const { stdin, stdout, stderr, execPath, argv, platform } = process;
  const isInteractive = stdin.isTTY === true && stdout.isTTY === true;
  return {
    output: nodeOutput(stdout, stderr),
    openPrompt: isInteractive ? () => openPrompt(stdin, stdout) : null,
    untilStopped: () =>
      new Promise((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
      }),
    self: { command: execPath, args: argv.slice(1, 2) },
    workingDirectory: process.cwd(),
    platform,
  };
}

import type { Readable } from 'node:stream';
import { openControllingTerminal, openKeyboard } from './controlling-terminal.ts';
import { type LiveEvents, type LiveScreen, openLiveScreen } from './live-screen.ts';
import { nodeOutput, type Output } from './output.ts';
import type { Prompt } from './prompt.ts';
import { wholeWriter } from './whole-writer.ts';

/** What a command has around it. */
export interface Surroundings {
  readonly output: Output;
  /** What is piped in. */
  readonly input: Readable;
  /** Writes a line, and waits until whoever reads has room for it: `null`, or why it could not be written (`EPIPE`: nobody reads any more). */
  deliver(line: string): Promise<string | null>;
  /** Whether standard input and output are a person's terminal, so that they may be asked what nobody has to answer. */
  readonly isInteractive: boolean;
  /** Opens the terminal that the command was started from, whatever is piped; `null`: there is none, and nobody to ask. */
  openPrompt(): Prompt | null;
  /** Takes the whole terminal that standard output is; `null`: it is none, or none that can be redrawn. */
  openLiveScreen(events: LiveEvents): LiveScreen | null;
  /** Ends when the process is told to: Ctrl-C, SIGTERM. */
  untilStopped(): Promise<void>;
  /** How this command was started, for configurations that start it again. */
  readonly self: { readonly command: string; readonly args: readonly string[] };
  readonly workingDirectory: string;
  readonly platform: NodeJS.Platform;
}

export function nodeSurroundings(): Surroundings {
  const { stdin, stdout, stderr, execPath, argv, env, platform } = process;
  const write = wholeWriter(stdout);
  return {
    output: nodeOutput(stdout, stderr, env['TERM']),
    input: stdin,
    deliver: (line) => write(`${line}\n`),
    isInteractive: stdin.isTTY === true && stdout.isTTY === true,
    openPrompt: () => openControllingTerminal(platform),
    openLiveScreen: (events) =>
      stdout.isTTY === true && env['TERM'] !== 'dumb' ? openLiveScreen(openKeyboard(platform), stdout, events) : null,
    untilStopped: () =>
      new Promise((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
      }),
    self: { command: execPath, args: argv.slice(1, 2) },
    workingDirectory: process.cwd(),
    platform,
  };
}

import { openSync } from 'node:fs';
import { ReadStream, WriteStream } from 'node:tty';
import { nodeOutput } from './output.ts';
import { openPrompt, type Prompt } from './prompt.ts';

/** On Windows both for reading and writing: only so may the mode of the console be set. */
const DEVICES = {
  windows: { input: '\\\\.\\CONIN$', screen: '\\\\.\\CONOUT$' },
  others: { input: '/dev/tty', screen: '/dev/tty' },
};
const HANG_UPS = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;

/**
 * Opens the terminal that this process belongs to, wherever its standard input and output lead. `null`: it has none. While it is
 * open, a signal that would end the process closes it instead, so that what is open is closed, and what is being carried out is
 * brought to its end.
 */
export function openControllingTerminal(platform: NodeJS.Platform): Prompt | null {
  const streams = open(platform === 'win32' ? DEVICES.windows : DEVICES.others);
  if (streams === null) return null;
  const { input, screen } = streams;
  const prompt = openPrompt(input, screen, nodeOutput(screen, screen));
  const hangUp = () => prompt.close();
  for (const signal of HANG_UPS) process.on(signal, hangUp);
  return {
    ...prompt,
    close: () => {
      prompt.close();
      for (const signal of HANG_UPS) process.off(signal, hangUp);
      input.destroy();
      screen.destroy();
    },
  };
}

function open({ input, screen }: (typeof DEVICES)['others']): { input: ReadStream; screen: WriteStream } | null {
  try {
    return { input: new ReadStream(openSync(input, 'r+')), screen: new WriteStream(openSync(screen, 'r+')) };
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}

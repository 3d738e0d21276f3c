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
  const screen = openScreen(platform);
  const input = openKeyboard(platform);
  if (screen === null || input === null) {
    screen?.destroy();
    input?.destroy();
    return null;
  }
  const prompt = openPrompt(input, screen, nodeOutput(screen, screen, process.env['TERM']));
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

/** What is typed at it, key by key; `null`: there is none. */
export function openKeyboard(platform: NodeJS.Platform): ReadStream | null {
  return ifThere(() => new ReadStream(openSync(devicesOf(platform).input, 'r+')));
}

function openScreen(platform: NodeJS.Platform): WriteStream | null {
  return ifThere(() => new WriteStream(openSync(devicesOf(platform).screen, 'r+')));
}

function devicesOf(platform: NodeJS.Platform): (typeof DEVICES)['others'] {
  return platform === 'win32' ? DEVICES.windows : DEVICES.others;
}

function ifThere<T>(open: () => T): T | null {
  try {
    return open();
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}

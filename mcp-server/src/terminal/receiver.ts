import { fileReceiver } from './file-receiver.ts';
import { codeOf, wholeWriter } from './whole-writer.ts';

/** Whoever reads what a command prints. */
export interface Receiver {
  /**
   * Resolves once it has been taken: read from our memory by the system, and for a file on the disk, on a line of its own.
   * @throws ReceiverGone
   */
  take(text: string): Promise<void>;
}

export class ReceiverGone extends Error {
  override readonly name = 'ReceiverGone';
}

export function nodeReceiver(stdout: NodeJS.WriteStream & { readonly fd: number }): Receiver {
  const file = fileReceiver(stdout.fd);
  if (file !== null) return { take: async (text) => orGone(() => file.take(text)) };
  const write = wholeWriter(stdout);
  return {
    take: async (text) => {
      const failure = await write(text);
      if (failure !== null) throw gone(failure);
    },
  };
}

function orGone(write: () => void): void {
  try {
    write();
  } catch (failure) {
    throw gone(codeOf(failure));
  }
}

function gone(code: string): ReceiverGone {
  return new ReceiverGone(
    `Standard output could not be written to the end (${code}). What was not taken is printed again by the next pull.`,
  );
}

import { fstatSync, fsyncSync } from 'node:fs';

/** Whoever reads what a command prints. */
export interface Receiver {
  /** Resolves once it has been taken: read from our memory by the system, and for a file on the disk. @throws ReceiverGone */
  take(text: string): Promise<void>;
}

export class ReceiverGone extends Error {
  override readonly name = 'ReceiverGone';
}

export function nodeReceiver(stdout: NodeJS.WriteStream & { readonly fd: number }): Receiver {
  const isFile = fstatSync(stdout.fd).isFile();
  return {
    take: (text) =>
      new Promise((resolve, reject) => {
        stdout.write(text, (error) => {
          if (error) return reject(gone(error));
          try {
            if (isFile) fsyncSync(stdout.fd);
            resolve();
          } catch (failure) {
            reject(gone(failure));
          }
        });
      }),
  };
}

function gone(cause: unknown): ReceiverGone {
  const code = cause instanceof Error && 'code' in cause ? ` (${cause.code})` : '';
  return new ReceiverGone(
    `Standard output could not be written to the end${code}. What was not taken is printed again by the next pull.`,
    { cause },
  );
}

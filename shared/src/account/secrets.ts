import path from 'node:path';
import { type AccountIo, nodeIo } from './io.ts';
import { Secret } from './secret.ts';
import type { SecretReference } from './secret-reference.ts';

export type SecretErrorKind = 'missing' | 'exposed' | 'failed' | 'malformed';

/** A secret that can't be had, or can't be used. Its message is a sentence to show and never holds the value. */
export class SecretError extends Error {
  override readonly name = 'SecretError';
  readonly kind: SecretErrorKind;

  constructor(kind: SecretErrorKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** Password managers may ask the person to unlock them first. */
const COMMAND_TIMEOUT_MS = 60_000;
const MAX_BYTES = 16_384;

/**
 * Fetches the secret that a reference names.
 *
 * @throws SecretError where it isn't there, where others could read it, or where no header could carry it
 */
export async function resolveSecret(reference: SecretReference, io: AccountIo = nodeIo()): Promise<Secret> {
  const { value, source } = await fetchValue(reference, io);
  return usableSecret(value, source);
}

async function fetchValue(reference: SecretReference, io: AccountIo) {
  if ('env' in reference) return fromEnvironment(reference.env, io);
  if ('file' in reference) return fromFile(reference.file, io);
  return fromCommand(reference.command, io);
}

function fromEnvironment(name: string, io: AccountIo) {
  const value = io.env[name];
  if (value === undefined) throw new SecretError('missing', `The environment variable ${name} is not set; set it.`);
  return { value, source: `The environment variable ${name}` };
}

async function fromFile(file: string, io: AccountIo) {
  const { isAbsolute, join } = io.platform === 'win32' ? path.win32 : path.posix;
  const place = /^~[/\\]/.test(file) ? join(io.homedir, file.slice(2)) : file;
  if (!isAbsolute(place)) throw new SecretError('malformed', `The path of the secret file ${place} must be absolute.`);
  const { text, mode } = await io.readFile(place, MAX_BYTES).catch((error: unknown) => {
    throw unreadable(place, error);
  });
  if (io.platform !== 'win32' && (mode & 0o077) !== 0) {
    const octal = (mode & 0o777).toString(8).padStart(3, '0');
    throw new SecretError(
      'exposed',
      `The secret file ${place} can be read or changed by others (mode ${octal}); run: chmod 600 ${JSON.stringify(place)}`,
    );
  }
  return { value: text.replace(/^\ufeff/, ''), source: `The secret file ${place}` };
}

function unreadable(place: string, error: unknown): SecretError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  if (code === 'ENOENT') return new SecretError('missing', `The secret file ${place} does not exist; create it.`);
  if (code === 'EFBIG') return new SecretError('malformed', `The secret file ${place} is far too large for a secret.`);
  if (code === 'EINVAL' || code === 'EISDIR') {
    return new SecretError('malformed', `The secret file ${place} is not an ordinary file; name one that is.`);
  }
  return new SecretError(
    'failed',
    `The secret file ${place} can't be read (${code}); check its owner and permissions.`,
  );
}

async function fromCommand([program, ...args]: readonly [string, ...string[]], io: AccountIo) {
  const result = await io.run(program, args, { timeoutMs: COMMAND_TIMEOUT_MS, maxBytes: MAX_BYTES });
  if (result.outcome === 'failed') {
    throw new SecretError(
      'failed',
      `The program ${JSON.stringify(program)}, which should print the secret, ${result.why}.`,
    );
  }
  return { value: result.text, source: `What the program ${JSON.stringify(program)} printed` };
}

/**
 * A token or key as somebody wrote or stored it, spaces around it left aside. A header takes visible ASCII; anything else would
 * be refused there with an error that quotes it.
 *
 * @param source begins the sentence that says what is wrong
 * @throws SecretError
 */
export function usableSecret(text: string, source: string): Secret {
  const value = text.trim();
  if (value === '') throw new SecretError('missing', `${source} is empty; it must hold the token or key.`);
  if (/[\r\n]/.test(value)) {
    throw new SecretError('malformed', `${source} has several lines; it must hold the token or key alone.`);
  }
  if (/^bearer\s/i.test(value)) {
    throw new SecretError(
      'malformed',
      `${source} begins with "Bearer"; take that word out, the vendors want the token alone.`,
    );
  }
  if (!/^[!-~]+$/.test(value)) {
    throw new SecretError(
      'malformed',
      `${source} has spaces or characters that a token or key can't have; copy it again.`,
    );
  }
  if (/^(['"]).*\1$/.test(value)) {
    throw new SecretError('malformed', `${source} stands in quotation marks; take them out.`);
  }
  return new Secret(value);
}

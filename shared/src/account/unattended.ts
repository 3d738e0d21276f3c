import { timingSafeEqual } from 'node:crypto';
import { sha256Hex } from '../approval/index.ts';
import type { Account } from './account.ts';
import { type AccountIo, nodeIo } from './io.ts';
import type { Secret } from './secret.ts';
import { resolveSecret, SecretError } from './secrets.ts';

/** Fewer could be guessed from a countersignature. */
const MIN_LENGTH = 16;

/**
 * Fetches the secret that lets a job carry back decisions on an account.
 *
 * @throws SecretError where the account has none, or one that won't do: too short, or the vendor's key once more
 */
export async function unattendedSecret(account: Account, io: AccountIo = nodeIo()): Promise<Secret> {
  const { id, unattended } = account;
  if (!unattended) {
    throw new SecretError(
      'missing',
      `The account "${id}" takes no unattended decisions. To allow them, put "unattended": { "secret": … } into its entry in the accounts file, which says where a secret of their own is kept: { "env": NAME }, { "file": PATH } or { "command": [PROGRAM, ARG…] }.`,
    );
  }
  const secret = await resolveSecret(unattended.secret, io).catch((error: unknown) => {
    if (!(error instanceof SecretError)) throw error;
    throw new SecretError(error.kind, `The secret for unattended decisions on "${id}" can't be had. ${error.message}`);
  });
  if (secret.reveal().length < MIN_LENGTH) {
    throw new SecretError(
      'malformed',
      `The secret for unattended decisions on "${id}" has fewer than ${MIN_LENGTH} characters; make a random one, such as: openssl rand -hex 32`,
    );
  }
  if (isSame(secret, await resolveSecret(account.secret, io))) {
    throw new SecretError(
      'malformed',
      `The secret for unattended decisions on "${id}" is the vendor's key; make one of its own, so that holding the key is not enough.`,
    );
  }
  return secret;
}

function isSame(one: Secret, other: Secret): boolean {
  const [a, b] = [one, other].map((secret) => Buffer.from(sha256Hex(secret.reveal())));
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}

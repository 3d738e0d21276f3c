import { randomBytes } from 'node:crypto';
import { link, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type AccountIo, places, resolveSecret, type Secret, type SecretReference } from '@countersign/shared/account';

const FILE = 'http-token';
const MIN_LENGTH = 24;

/** What clients have to show, and in words where a person finds it. */
export interface HttpToken {
  readonly token: Secret;
  readonly where: string;
}

/** A token that is too short, or can't be kept; the message is a sentence to show. */
export class TokenError extends Error {}

/** The token that the settings name, else one of our own, which stays the same. @throws SecretError, SettingsError, TokenError */
export async function httpToken(named: SecretReference | undefined, io: AccountIo): Promise<HttpToken> {
  if (named === undefined) return await ownToken(io);
  const token = await resolveSecret(named, io);
  if (token.reveal().length < MIN_LENGTH) {
    throw new TokenError(
      `The token that http.token names in the settings is shorter than ${MIN_LENGTH} characters; make a new one, for instance with: openssl rand -hex 32`,
    );
  }
  return { token, where: 'that http.token names in the settings' };
}

async function ownToken(io: AccountIo): Promise<HttpToken> {
  const { stateDir } = places(io.platform, io.env, io.homedir);
  const file = path.join(stateDir, FILE);
  await makeOnce(file).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new TokenError(`The token can't be written to ${file} (${code}); check the folder's owner and permissions.`);
  });
  return { token: await resolveSecret({ file }, io), where: `in ${file}` };
}

/** Never seen half-written, and never over one that another process has just made. */
async function makeOnce(file: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(8).toString('hex')}`;
  try {
    await writeFile(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
}

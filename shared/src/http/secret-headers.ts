import { VendorError } from './vendor-error.ts';

/** Asks for the headers that carry the secret, and lets none through that `fetch` would quote in an error for being no header. */
export async function secretHeaders(
  authorize: () => Promise<Readonly<Record<string, string>>>,
  host: string,
): Promise<Readonly<Record<string, string>>> {
  const headers = await authorize().catch((error: unknown) => {
    if (error instanceof VendorError) throw error;
    const why = error instanceof Error ? error.message : 'no reason given';
    throw new VendorError('auth', `The secret for ${host} can't be read: ${why}`, { cause: error, neverSent: true });
  });
  if (Object.values(headers).every((value) => /^[ -~]+$/.test(value.trim()))) return headers;
  throw new VendorError(
    'auth',
    `The secret for ${host} is empty, or holds a line break or another character that no header can carry. Check what the accounts file refers to.`,
    { neverSent: true },
  );
}

/** Tokens and keys have 32 characters and more; taking out something short would damage data. */
const SHORTEST_SECRET = 8;

/** The text without the secrets that these headers carry. */
export function withoutSecrets(text: string, headers: Readonly<Record<string, string>>): string {
  const secrets = Object.values(headers)
    .map((value) => value.trim())
    .filter((value) => value.length >= SHORTEST_SECRET);
  return secrets.reduce((clean, secret) => clean.replaceAll(secret, '[secret]'), text);
}

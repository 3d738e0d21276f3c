import { type Account, nodeIo, type Secret, type SecretReference } from '@countersign/shared/account';
import { type Fetch, VendorError } from '@countersign/shared/http';
import { type Check, createProvider, type Provider } from '@countersign/shared/provider';

/** Tries an account that need not be saved, with a secret that need not be stored. */
export type TryAccount = (
  account: Account,
  secretOf: (reference: SecretReference) => Promise<Secret>,
  signal: AbortSignal,
) => Promise<readonly Check[]>;

/** A person waits for the answer, and can ask again. */
const RETRIES = 1;

export function createTryAccount(options: {
  readonly fetch: Fetch;
  readonly userAgent: string;
  readonly now: () => number;
}): TryAccount {
  return async (account, secretOf, signal) =>
    await checksOf(
      createProvider(account, { ...options, io: nodeIo(), secretOf, limits: { retries: RETRIES } }),
      signal,
    );
}

export async function checksOf(provider: Provider, signal: AbortSignal): Promise<readonly Check[]> {
  try {
    return await provider.diagnose(signal);
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    return [{ name: 'Account', state: 'fails', message: error.message, error: error.kind }];
  }
}

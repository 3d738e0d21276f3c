import {
  type Account,
  type AccountIo,
  resolveSecret,
  type Secret,
  SecretError,
  type SecretReference,
} from '../account/index.ts';
import { type Fetch, type Limits, VendorError } from '../http/index.ts';
import { createAdminByRequestProvider } from './admin-by-request/index.ts';
import type { Provider } from './provider.ts';
import { createThreatLockerProvider } from './threatlocker/index.ts';

export interface ProviderEnvironment {
  readonly fetch: Fetch;
  /** Product and version. */
  readonly userAgent: string;
  /** Where secrets are fetched from. */
  readonly io: AccountIo;
  /** For a face that keeps secrets itself. @throws SecretError */
  readonly secretOf?: (reference: SecretReference) => Promise<Secret>;
  readonly limits?: Partial<Limits>;
  readonly now?: () => number;
}

/** A password manager may ask its owner, who should not be asked for every call. What is cheap to read is read anew. */
const SECRET_KEPT_MS = 5 * 60_000;

export function createProvider(account: Account, environment: ProviderEnvironment): Provider {
  const { io, limits, now = Date.now, secretOf = (reference) => resolveSecret(reference, io), ...rest } = environment;
  // The sandbox is ours, so nobody's quota is spent there.
  const pace = account.sandbox ? { callsPerSecond: Number.POSITIVE_INFINITY } : {};
  const options = { ...rest, now, limits: { ...pace, ...limits }, secret: keptSecret(account, secretOf, now) };
  switch (account.provider) {
    case 'threatlocker':
      return createThreatLockerProvider({ ...options, account });
    case 'admin-by-request':
      return createAdminByRequestProvider({ ...options, account });
    default:
      return account satisfies never;
  }
}

function keptSecret(
  account: Account,
  secretOf: (reference: SecretReference) => Promise<Secret>,
  now: () => number,
): () => Promise<string> {
  let kept: { readonly until: number; readonly secret: Secret } | null = null;
  return async () => {
    if (kept === null || now() >= kept.until) {
      try {
        kept = {
          until: 'command' in account.secret ? now() + SECRET_KEPT_MS : 0,
          secret: await secretOf(account.secret),
        };
      } catch (error) {
        if (!(error instanceof SecretError)) throw error;
        throw new VendorError('auth', error.message, { cause: error, neverSent: true });
      }
    }
    return kept.secret.reveal();
  };
}

import type { Account } from '../account/index.ts';
import type { Fetch, Limits } from '../http/index.ts';
import { createAdminByRequestProvider } from './admin-by-request/index.ts';
import type { Provider } from './provider.ts';
import { createThreatLockerProvider } from './threatlocker/index.ts';

export interface ProviderEnvironment {
  readonly fetch: Fetch;
  /** Product and version. */
  readonly userAgent: string;
  /** Resolves an account's secret, anew for each call. */
  readonly secretOf: (account: Account) => Promise<string>;
  readonly limits?: Partial<Limits>;
  readonly now?: () => number;
}

export function createProvider(account: Account, environment: ProviderEnvironment): Provider {
  const { secretOf, limits, ...rest } = environment;
  // The sandbox is ours, so nobody's quota is spent there.
  const pace = account.sandbox ? { callsPerSecond: Number.POSITIVE_INFINITY } : {};
  const options = { ...rest, limits: { ...pace, ...limits }, secret: () => secretOf(account) };
  switch (account.provider) {
    case 'threatlocker':
      return createThreatLockerProvider({ ...options, account });
    case 'admin-by-request':
      return createAdminByRequestProvider({ ...options, account });
    default:
      return account satisfies never;
  }
}

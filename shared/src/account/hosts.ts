import type { ProviderName } from '../approval/index.ts';

export const INSTANCE = /^[a-z0-9]{1,32}$/;
export const DATA_CENTER = /^dc\d{1,2}$/;

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

export interface Address {
  readonly host: string;
  readonly baseUrl: string;
  readonly sandbox: boolean;
}

/** The vendor's address, which follows from the instance or data centre alone, or the endpoint on this computer instead. */
export function addressOf(provider: ProviderName, region: string, endpoint: string | undefined): Address {
  if (endpoint !== undefined) return { host: new URL(endpoint).host, baseUrl: endpoint, sandbox: true };
  const host = provider === 'threatlocker' ? `portalapi.${region}.threatlocker.com` : `${region}api.adminbyrequest.com`;
  return { host, baseUrl: `https://${host}`, sandbox: false };
}

/** Scheme and host of an address on this computer, written as a URL parser understands it; null for anything else. */
export function loopbackOrigin(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { protocol, hostname, username, password, pathname, search, hash, origin } = new URL(text);
  const bare = username + password + search + hash === '' && pathname === '/';
  return /^https?:$/.test(protocol) && LOOPBACK.has(hostname) && bare ? origin : null;
}

import type { ApprovalRequest, ProviderName } from '@countersign/shared/approval';

const VIRUS_TOTAL = 'https://www.virustotal.com/gui/file/';

/** Where ThreatLocker's approvers sign in, and the site whose menu leads to Admin By Request's portal. */
const PORTALS: Readonly<Record<ProviderName, string>> = {
  threatlocker: 'https://portal.threatlocker.com/',
  'admin-by-request': 'https://www.adminbyrequest.com/',
};

/** Hosts of a vendor that a link of theirs may lead to. */
const HOSTS: Readonly<Record<ProviderName, readonly string[]>> = {
  threatlocker: ['portal.threatlocker.com'],
  'admin-by-request': ['www.adminbyrequest.com', 'account.adminbyrequest.com'],
};

/** Made from the hash alone. @returns `null`: what is given as hash is none */
export function virusTotalAddress(sha256: string | null): string | null {
  return sha256 !== null && /^[\da-f]{64}$/.test(sha256) ? VIRUS_TOTAL + sha256 : null;
}

export function portalAddress(provider: ProviderName): string {
  return PORTALS[provider];
}

/** The vendor's own link to the request, where there is one that leads to the vendor; else the portal. */
export function portalAddressOf({ provider, links }: Pick<ApprovalRequest, 'provider' | 'links'>): string {
  for (const { url } of links) {
    const known = addressAt(url, HOSTS[provider]);
    if (known !== null) return known;
  }
  return PORTALS[provider];
}

/** A link that came with a request, where it leads to its vendor or to VirusTotal. @returns `null`: it leads elsewhere */
export function knownAddress(provider: ProviderName, address: string): string | null {
  return addressAt(address, [...HOSTS[provider], new URL(VIRUS_TOTAL).hostname]);
}

/** @returns the address as it will be opened; `null`: it leads elsewhere */
function addressAt(address: string, hosts: readonly string[]): string | null {
  const url = URL.parse(address);
  if (url === null || url.protocol !== 'https:' || url.port !== '') return null;
  return url.username === '' && url.password === '' && hosts.includes(url.hostname) ? url.href : null;
}

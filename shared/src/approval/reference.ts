declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type ProviderName = 'threatlocker' | 'admin-by-request';

/** How the vendors write them. */
export const PROVIDER_NAMES: Readonly<Record<ProviderName, string>> = {
  threatlocker: 'ThreatLocker',
  'admin-by-request': 'Admin By Request',
};

/** `^[a-z0-9][a-z0-9-]{0,31}$`, chosen by the person who wrote the accounts file. */
export type AccountId = Branded<'AccountId'>;

/** The vendor's own id: a GUID (ThreatLocker) or digits (Admin By Request). Letters, digits and hyphens only, so that no id can alter a path. */
export type VendorId = Branded<'VendorId'>;

/** `<account id>/<vendor id>`: how every face names an approval request. */
export type RequestReference = Branded<'RequestReference'>;

export function parseAccountId(text: string): AccountId | null {
  return /^[a-z0-9][a-z0-9-]{0,31}$/.test(text) ? (text as AccountId) : null;
}

export function parseVendorId(text: string): VendorId | null {
  return /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(text) ? (text as VendorId) : null;
}

export function referenceTo(account: AccountId, vendorId: VendorId): RequestReference {
  return `${account}/${vendorId}` as RequestReference;
}

export function parseReference(text: string): { readonly account: AccountId; readonly vendorId: VendorId } | null {
  const slash = text.indexOf('/');
  if (slash < 0) return null;
  const account = parseAccountId(text.slice(0, slash));
  const vendorId = parseVendorId(text.slice(slash + 1));
  return account && vendorId ? { account, vendorId } : null;
}

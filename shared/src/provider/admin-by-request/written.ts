import type { VendorWrite } from '../../approval/index.ts';

/** What a write means to the vendor, told from its method and path alone. */
export type Written =
  | { readonly verdict: 'approve'; readonly id: string; readonly by: string | null }
  | { readonly verdict: 'deny'; readonly id: string; readonly by: string | null; readonly reason: string };

// The characters that encodeURIComponent leaves or makes. A raw plus sign would reach the requester as a space.
const VALUE = "((?:[A-Za-z0-9\\-_.!~*'()]|%[0-9A-F]{2})*)";
const APPROVE = new RegExp(`^/requests/(\\d+)(?:\\?approvedby=${VALUE})?$`);
const DENY = new RegExp(`^/requests/(\\d+)\\?reason=${VALUE}(?:&deniedby=${VALUE})?$`);

/**
 * Reads a write back; `null` for everything that isn't exactly one of the two that this provider makes. To the vendor
 * PUT approves whatever else is said, so a denial that is no DELETE, or says anything but "deny", is none.
 */
export function readWrite(write: VendorWrite): Written | null {
  if (write.body !== null || write.organizationId !== null) return null;
  if (write.method === 'PUT' && write.verdict === 'approve') {
    const [, id, by] = APPROVE.exec(write.path) ?? [];
    const approver = decoded(by);
    return id === undefined || approver === undefined ? null : { verdict: 'approve', id, by: approver };
  }
  if (write.method === 'DELETE' && write.verdict === 'deny') {
    const [, id, why, by] = DENY.exec(write.path) ?? [];
    const reason = decoded(why);
    const denier = decoded(by);
    if (id === undefined || typeof reason !== 'string' || denier === undefined) return null;
    return { verdict: 'deny', id, by: denier, reason };
  }
  return null;
}

/** `null` where there is nothing to decode, `undefined` where it can't be. */
function decoded(value: string | undefined): string | null | undefined {
  if (value === undefined) return null;
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}

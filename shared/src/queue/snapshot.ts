import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { type Account, fingerprint } from '../account/index.ts';
import { type ApprovalRequest, canonicalJson, referenceTo, sha256Hex } from '../approval/index.ts';
import type { Snapshot } from '../ledger/index.ts';
import type { Listing } from '../provider/index.ts';

/** A queue of some 50,000 requests. What takes more is not kept, rather than kept in part. */
const MAX_PACKED = 10_000_000;
const MAX_UNPACKED = 256 * 1024 * 1024;

/**
 * What a snapshot is of: the account with its tenant, the organizations that it lists, and the place of its secret, because
 * without a managed organization nothing else here tells two tenants of one host apart.
 */
export function snapshotSource(account: Account): string {
  const { secret } = account;
  const children = account.provider === 'threatlocker' && account.includeChildOrganizations;
  return `${account.id} ${fingerprint(account)} ${sha256Hex(canonicalJson({ secret, children })).slice(0, 16)}`;
}

/** Raised whenever `keptOf` keeps something else, so that no version takes another's for its own. */
const FORMAT = 2;

/** `null`: too large to be kept. Packed off the main thread, because thousands of requests are megabytes. */
export async function toSnapshot(at: string, { requests, notes }: Listing): Promise<Snapshot | null> {
  const kept: Kept = { requests: requests.map(keptOf), notes };
  // The fastest level: it leaves a sixth, and the best one little less.
  const packed = (await promisify(gzip)(JSON.stringify(kept), { level: 1 })).toString('base64');
  return packed.length > MAX_PACKED ? null : { at, content: `${headOf(packed)}${packed}` };
}

/** `null`: it is damaged, or another version's. What its digest shows to be as it was written is looked at no further. */
export async function fromSnapshot(
  account: Account,
  { at, content }: Snapshot,
): Promise<(Listing & { readonly at: string }) | null> {
  const packed = content.slice(HEAD_LENGTH);
  if (content.slice(0, HEAD_LENGTH) !== headOf(packed) || !isInstant(at)) return null;
  const unpacked = await promisify(gunzip)(Buffer.from(packed, 'base64'), { maxOutputLength: MAX_UNPACKED }).catch(
    () => null,
  );
  // Texts that repeat themselves pack a thousandfold, so one of ours may be too large to unpack.
  if (!unpacked) return null;
  const { requests, notes } = JSON.parse(unpacked.toString('utf8')) as Kept;
  return { at, requests: requests.map((kept) => requestOf(account, kept)), notes };
}

function headOf(packed: string): string {
  return `${FORMAT} ${sha256Hex(packed)} `;
}

const HEAD_LENGTH = headOf('').length;

function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text));
}

interface Kept {
  readonly requests: readonly KeptRequest[];
  readonly notes: readonly string[];
}

type KeptRequest = ReturnType<typeof keptOf>;

/** What a queue shows, and what findings rest on: without the latter an old row would look safer than it was. */
function keptOf({ reference, account, provider, decided, links, ...shown }: ApprovalRequest) {
  const { phone, ...requester } = shown.requester;
  return { ...shown, requester };
}

function requestOf({ id, provider }: Account, kept: KeptRequest): ApprovalRequest {
  return {
    ...kept,
    reference: referenceTo(id, kept.vendorId),
    account: id,
    provider,
    requester: { ...kept.requester, phone: null },
    decided: null,
    links: [],
  };
}

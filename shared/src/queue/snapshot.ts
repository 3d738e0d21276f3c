import { type Account, fingerprint } from '../account/index.ts';
import { type ApprovalRequest, canonicalJson, referenceTo, sha256Hex } from '../approval/index.ts';
import type { Snapshot } from '../ledger/index.ts';
import type { Listing } from '../provider/index.ts';
import { pack, unpack } from './packing.ts';

/** A queue of some 50,000 requests. What takes more is not kept, rather than kept in part. */
const MAX_PACKED = 10_000_000;
/** Requests that are packed and unpacked in one turn: a few milliseconds. */
const BLOCK = 250;

/**
 * What a snapshot is of: the account with its tenant, the organizations that it lists, and the place of its secret, because
 * without a managed organization nothing else here tells two tenants of one host apart.
 */
export function snapshotSource(account: Account): string {
  const { secret } = account;
  const children = account.provider === 'threatlocker' && account.includeChildOrganizations;
  return `${account.id} ${fingerprint(account)} ${sha256Hex(canonicalJson({ secret, children })).slice(0, 16)}`;
}

/** Raised whenever something else is kept, so that no version takes another's for its own. */
const FORMAT = 3;

/** `null`: too large to be kept. */
export async function toSnapshot(at: string, listing: Listing): Promise<Snapshot | null> {
  const packed = await pack(linesOf(listing));
  return packed === null || packed.length > MAX_PACKED ? null : { at, content: `${headOf(packed)}${packed}` };
}

/** `null`: it is damaged, or another version's. What its digest shows to be as it was written is looked at no further. */
export async function fromSnapshot(
  account: Account,
  { at, content }: Snapshot,
): Promise<(Listing & { readonly at: string }) | null> {
  const packed = content.slice(HEAD_LENGTH);
  if (content.slice(0, HEAD_LENGTH) !== headOf(packed) || !isInstant(at)) return null;
  // Texts that repeat themselves pack a thousandfold, so one of ours may be too large to unpack.
  const lines = (await unpack(packed)) as AsyncIterable<Line> | null;
  if (!lines) return null;
  const notes: string[] = [];
  const requests: ApprovalRequest[] = [];
  for await (const line of lines) {
    if ('notes' in line) notes.push(...line.notes);
    else for (const kept of line.requests) requests.push(requestOf(account, kept));
  }
  return { at, requests, notes };
}

function headOf(packed: string): string {
  return `${FORMAT} ${sha256Hex(packed)} `;
}

const HEAD_LENGTH = headOf('').length;

function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text));
}

type Line = { readonly notes: readonly string[] } | { readonly requests: readonly KeptRequest[] };

function* linesOf({ requests, notes }: Listing): Generator<Line> {
  yield { notes };
  for (let from = 0; from < requests.length; from += BLOCK) {
    yield { requests: requests.slice(from, from + BLOCK).map(keptOf) };
  }
}

type KeptRequest = ReturnType<typeof keptOf>;

/** What a queue shows, and what findings rest on: without the latter an old row would look safer than it was. */
function keptOf({ reference, account, provider, traceNo, decided, links, ...shown }: ApprovalRequest) {
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
    traceNo: null,
    decided: null,
    links: [],
  };
}

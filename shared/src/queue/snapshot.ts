import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import * as z from 'zod';
import { type Account, fingerprint } from '../account/index.ts';
import {
  type ApprovalRequest,
  canonicalJson,
  KINDS,
  type OperatingSystem,
  parseVendorId,
  referenceTo,
  type Status,
  sha256Hex,
} from '../approval/index.ts';
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

/** `null`: too large to be kept. Packed off the main thread, because thousands of requests are megabytes. */
export async function toSnapshot(at: string, { requests, notes }: Listing): Promise<Snapshot | null> {
  const text = JSON.stringify({ requests: requests.map(keptOf), notes });
  // The fastest level: it leaves a sixth, and the best one little less.
  const content = (await promisify(gzip)(text, { level: 1 })).toString('base64');
  return content.length > MAX_PACKED ? null : { at, content };
}

/** `null`: it is damaged, or another version's. */
export async function fromSnapshot(
  account: Account,
  { at, content }: Snapshot,
): Promise<(Listing & { readonly at: string }) | null> {
  const unpacked = await promisify(gunzip)(Buffer.from(content, 'base64'), { maxOutputLength: MAX_UNPACKED }).catch(
    () => null,
  );
  const parsed = unpacked && parsedJson(unpacked.toString('utf8'));
  const read = z.object({ at: z.iso.datetime(), listing: keptListing }).safeParse({ at, listing: parsed });
  if (!read.success) return null;
  const { requests, notes } = read.data.listing;
  return { at, requests: requests.map((kept) => requestOf(account, kept)), notes };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const text = z.string().nullable();
const flag = z.boolean().nullable();
const count = z.number().nullable();
const other = z.string().regex(/^other\(.*\)$/s);
const STATUSES = ['pending', 'escalated', 'quarantined', 'approved', 'denied', 'expired'] as const;
const SYSTEMS = ['windows', 'macos', 'linux'] as const;

const keptRequest = z.strictObject({
  vendorId: z.string().transform((id, context) => {
    const vendorId = parseVendorId(id);
    if (vendorId !== null) return vendorId;
    context.addIssue('no id');
    return z.NEVER;
  }),
  kind: z.enum(KINDS),
  vendorKind: text,
  status: z.enum(STATUSES).or(other.transform((code) => code as Status)),
  unapprovable: text,
  requestedAt: text,
  requestedAtZone: z.enum(['utc', 'local']),
  organization: z.strictObject({ id: text, name: text }),
  computer: z.strictObject({
    id: text,
    name: text,
    os: z
      .enum(SYSTEMS)
      .or(other.transform((code) => code as OperatingSystem))
      .nullable(),
    isServer: flag,
  }),
  requester: z.strictObject({ account: text, name: text, email: text, isAdministrator: flag }),
  assignee: text,
  subject: z.strictObject({
    name: text,
    path: text,
    product: text,
    vendor: text,
    version: text,
    size: count,
    sha256: text,
    vendorHash: text,
    certificates: z.array(z.strictObject({ subject: text, sha: text, valid: flag, digestMismatch: flag })).nullable(),
    scan: z.strictObject({
      verdict: z.enum(['clean', 'suspicious', 'malicious', 'not-scanned', 'unknown']),
      threat: text,
      engines: z.array(z.strictObject({ engine: z.string(), verdict: z.string(), threat: text })),
    }),
    process: text,
    createdBy: z.array(z.string()),
    preapproved: flag,
  }),
  reason: text,
  policy: text,
  ticket: text,
  comments: text,
  remotePresence: flag,
  tiers: z.strictObject({ pending: z.number(), approved: z.number() }).nullable(),
  mfaInPortal: flag,
});

const keptListing = z.strictObject({ requests: z.array(keptRequest), notes: z.array(z.string()) });

/** What a queue shows, and what findings rest on: without the latter an old row would look safer than it was. */
function keptOf({ reference, account, provider, decided, links, ...shown }: ApprovalRequest) {
  const { phone, ...requester } = shown.requester;
  return { ...shown, requester };
}

function requestOf({ id, provider }: Account, kept: z.output<typeof keptRequest>): ApprovalRequest {
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

import type { AccountId, ApprovalRequest, RequestReference } from '../approval/index.ts';
import type { VendorErrorKind } from '../http/index.ts';
import type { Listing } from '../provider/index.ts';

/**
 * What is known of one account's queue. A queue that could not be read has at most old requests to show and says so; it
 * never looks like one that was read, nor like one that is empty.
 */
export type Source = ReadySource | StaleSource | UnreadSource;

export interface ReadySource extends Listing {
  readonly account: AccountId;
  readonly state: 'ready';
  /** When its reading began, ISO 8601 UTC: what it shows is no older. */
  readonly at: string;
}

/** What an earlier reading showed. Phone numbers, earlier decisions and links are not kept. */
export interface StaleSource extends Listing {
  readonly account: AccountId;
  readonly state: 'stale';
  readonly at: string;
  /** Why it could not be read now; `null`: that has not been tried yet. */
  readonly error: SourceError | null;
}

interface UnreadSource {
  readonly account: AccountId;
  /** `signed-out`: the secret is missing or refused. */
  readonly state: 'failed' | 'signed-out';
  readonly error: SourceError;
}

export interface SourceError {
  readonly kind: VendorErrorKind;
  readonly message: string;
  /** How long the vendor asks to be left alone. */
  readonly retryAfterMs?: number;
}

/** Those of stale sources too: what is decided on is read anew, and faces mark them. */
export function requestsIn(sources: readonly Source[]): readonly ApprovalRequest[] {
  return sources.flatMap((source) => ('requests' in source ? source.requests : []));
}

/** Where else the same file is asked for, by SHA-256, else by the vendor's hash within one vendor. */
export function sameFileElsewhere(
  request: ApprovalRequest,
  all: readonly ApprovalRequest[],
): readonly RequestReference[] {
  const key = fileKey(request);
  if (key === null) return [];
  return all
    .filter((other) => other.reference !== request.reference && fileKey(other) === key)
    .map((other) => other.reference);
}

/** What makes two requests ask for the same file; `null` when the vendor gives no hash. */
export function fileKey({ subject, provider }: ApprovalRequest): string | null {
  if (subject.sha256 !== null) return subject.sha256;
  return subject.vendorHash === null ? null : `${provider}:${subject.vendorHash}`;
}

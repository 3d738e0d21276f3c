import type { AccountId, ApprovalRequest, RequestReference } from '../approval/index.ts';
import { VendorError, type VendorErrorKind } from '../http/index.ts';
import type { AccountEntry } from '../provider/index.ts';

/**
 * What is known of one account's queue. A queue that could not be read has no requests to show and says so; it never looks
 * like one that is empty.
 */
export type Source =
  | {
      readonly account: AccountId;
      readonly state: 'ready';
      /** When it was read, ISO 8601 UTC. */
      readonly at: string;
      readonly requests: readonly ApprovalRequest[];
      readonly notes: readonly string[];
    }
  | {
      readonly account: AccountId;
      /** `signed-out`: the secret is missing or refused. */
      readonly state: 'failed' | 'signed-out';
      readonly error: { readonly kind: VendorErrorKind; readonly message: string };
    };

/** Reads the queues side by side; one that fails takes no other with it. */
export async function readSources(
  entries: readonly AccountEntry[],
  now: () => number,
  signal?: AbortSignal,
): Promise<readonly Source[]> {
  return await Promise.all(
    entries.map(async ({ account, provider }): Promise<Source> => {
      try {
        const { requests, notes } = await provider.list(signal);
        return { account: account.id, state: 'ready', at: new Date(now()).toISOString(), requests, notes };
      } catch (error) {
        if (!(error instanceof VendorError)) throw error;
        const { kind, message } = error;
        return { account: account.id, state: kind === 'auth' ? 'signed-out' : 'failed', error: { kind, message } };
      }
    }),
  );
}

export function requestsIn(sources: readonly Source[]): readonly ApprovalRequest[] {
  return sources.flatMap((source) => (source.state === 'ready' ? source.requests : []));
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
  if (subject.sha256 !== null) return `sha256:${subject.sha256}`;
  return subject.vendorHash === null ? null : `${provider}:${subject.vendorHash}`;
}

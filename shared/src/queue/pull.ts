import type { Account } from '../account/index.ts';
import {
  type AccountId,
  type ApprovalRequest,
  isHandled,
  type ProviderName,
  type RequestReference,
  referenceTo,
  type VendorId,
} from '../approval/index.ts';
import type { Offload, OutboxLines, Pull, ToldRequest } from '../ledger/index.ts';
import type { AccountEntry, PulledSoFar, PullPart } from '../provider/index.ts';

/**
 * What a receiver is told of a request. `pending`: it waits, and nothing was told of it before · `changed`: it stands
 * otherwise than was told, or was decided before it could be told · `gone`: its vendor was asked for it and has it no longer.
 */
export type PullEvent =
  | { readonly event: 'pending' | 'changed'; readonly request: ApprovalRequest }
  | { readonly event: 'gone'; readonly reference: RequestReference; readonly provider: ProviderName };

export interface PullOptions {
  readonly ledger: Offload;
  /** For an account that is pulled for the first time: only what was requested from then on, milliseconds since 1970. */
  readonly since: number | null;
  /** The finished line. */
  readonly lineOf: (event: PullEvent) => string;
  /** Hands out lines that are in the outbox. @returns up to which number they were taken; `null`: they are to stay */
  readonly deliver: (lines: OutboxLines) => Promise<number | null>;
  /** Told, in sentences, what the person who runs it should know. */
  readonly warn: (sentence: string) => void;
  /** Called with every part that was read, before anything of it is kept. @throws PullOvertaken when the turn was lost */
  readonly prolong: () => Promise<void>;
  readonly signal?: AbortSignal;
}

/** Another process pulls the account at the same time, which can only have happened by taking the turn from this one. */
export class PullOvertaken extends Error {
  override readonly name = 'PullOvertaken';
}

/**
 * Reads what came and changed since the last time, and hands it out part by part: what was read is in the outbox before its
 * place is passed, and stays there until it was taken.
 * @throws VendorError, LedgerError, PullOvertaken
 */
export async function pullAccount({ account, provider }: AccountEntry, options: PullOptions): Promise<void> {
  const { ledger, lineOf, deliver, warn, prolong, signal } = options;
  const begun = await begin(account.id, await provider.fingerprint(), options);
  let { revision } = begun;
  let taken: number | null = null;
  try {
    for await (const part of provider.pull(soFarOf(account.id, begun, ledger), signal)) {
      await prolong();
      part.notes.forEach(warn);
      const known = await ledger.toldOf(account.id, [...part.requests.map(({ id }) => id), ...part.gone]);
      const { lines, told, seen } = linesIn(account, part, known, begun.since, lineOf);
      const { gone, cursor } = part;
      // What was taken of the part before leaves the outbox in the same transaction.
      const kept = await ledger.keepPulled(account.id, {
        revision,
        told,
        seen,
        gone,
        lines,
        cursor,
        taken: taken ?? undefined,
      });
      if (kept === null) throw overtaken(account.id);
      revision = kept.revision;
      taken = lines.length === 0 ? null : await deliver({ account: account.id, first: kept.first, lines });
      // What was begun is at its end; what comes next is read another time.
      if (signal?.aborted) return;
    }
  } finally {
    if (taken !== null) await ledger.taken([account.id], taken);
  }
}

async function begin(account: AccountId, fingerprint: string, { ledger, since, warn }: PullOptions): Promise<Pull> {
  const before = await ledger.pull(account);
  if (before?.fingerprint === fingerprint) return before;
  if (before !== null) {
    warn(
      `${account} points to another tenant than when it was last pulled, so it is pulled from the beginning; what was told of the other one stays as it was told.`,
    );
  }
  return await ledger.beginPull(account, fingerprint, since);
}

function overtaken(account: AccountId): PullOvertaken {
  return new PullOvertaken(`${account} is being pulled by another process too, which goes on; this one ends with it.`);
}

function soFarOf(account: AccountId, { cursor, since }: Pull, ledger: Offload): PulledSoFar {
  return {
    cursor,
    since,
    toldOf: (ids) => ledger.toldOf(account, ids),
    open: async () => new Map((await ledger.openOf(account)).map((told) => [told.id, told])),
  };
}

function linesIn(
  { id: account, provider }: Account,
  { requests, gone }: PullPart,
  known: ReadonlyMap<VendorId, ToldRequest>,
  since: number | null,
  lineOf: (event: PullEvent) => string,
): { readonly lines: readonly string[]; readonly told: readonly ToldRequest[]; readonly seen: readonly VendorId[] } {
  const lines: string[] = [];
  const seen: VendorId[] = [];
  const told = new Map<VendorId, ToldRequest>();
  for (const { id, read } of requests) {
    const request = read();
    const { status, organization } = request;
    const before = told.get(id) ?? known.get(id);
    // What is open is kept anyway.
    if (before?.status === status && !before.isOpen) seen.push(id);
    if (before?.status === status || (before === undefined && isBefore(request, since))) continue;
    // What has a status that nobody knows may wait.
    const isOpen = !isHandled(status);
    told.set(id, { id, status, isOpen, organization: organization.id });
    lines.push(lineOf({ event: before === undefined && isOpen ? 'pending' : 'changed', request }));
  }
  for (const id of gone) {
    if (known.has(id)) lines.push(lineOf({ event: 'gone', reference: referenceTo(account, id), provider }));
  }
  return { lines, told: [...told.values()], seen };
}

/** A time without a zone is taken for UTC, which is wrong by hours at most. What has no time is told. */
function isBefore({ requestedAt, requestedAtZone }: ApprovalRequest, since: number | null): boolean {
  if (since === null || requestedAt === null) return false;
  return Date.parse(requestedAtZone === 'local' ? `${requestedAt}Z` : requestedAt) < since;
}

import type { Account } from '../account/index.ts';
import {
  type AccountId,
  type ApprovalRequest,
  type ProviderName,
  type RequestReference,
  referenceTo,
  type VendorId,
} from '../approval/index.ts';
import type { Offload, Pull, ToldRequest } from '../ledger/index.ts';
import type { AccountEntry, PulledSoFar, PullPart } from '../provider/index.ts';
import { WAITING } from './view.ts';

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
  /** The finished lines, one for each event. */
  readonly linesOf: (events: readonly PullEvent[]) => readonly string[];
  /** Hands out what is in the outbox. */
  readonly deliver: () => Promise<void>;
  /** Told, in sentences, what the person who runs it should know. */
  readonly warn: (sentence: string) => void;
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
  const { ledger, linesOf, deliver, warn, signal } = options;
  const begun = await begin(account.id, await provider.fingerprint(), options);
  let { revision } = begun;
  for await (const part of provider.pull(soFarOf(account.id, begun, ledger), signal)) {
    part.notes.forEach(warn);
    const known = await ledger.toldOf(account.id, [...part.requests.map(({ vendorId }) => vendorId), ...part.gone]);
    const { events, told } = eventsOf(account, part, known, begun.since);
    const kept = await ledger.keepPulled(account.id, {
      revision,
      told,
      gone: part.gone,
      lines: linesOf(events),
      cursor: part.cursor,
    });
    if (kept === null) throw overtaken(account.id);
    revision = kept;
    if (events.length > 0) await deliver();
    // What was begun is at its end; what comes next is read another time.
    if (signal?.aborted) return;
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

function eventsOf(
  { id: account, provider }: Account,
  { requests, gone }: PullPart,
  known: ReadonlyMap<VendorId, ToldRequest>,
  since: number | null,
): { readonly events: readonly PullEvent[]; readonly told: readonly ToldRequest[] } {
  const events: PullEvent[] = [];
  const told = new Map<VendorId, ToldRequest>();
  for (const request of requests) {
    const before = told.get(request.vendorId) ?? known.get(request.vendorId);
    if (before?.status === request.status || (before === undefined && isBefore(request, since))) continue;
    const isOpen = (WAITING as readonly string[]).includes(request.status);
    told.set(request.vendorId, {
      id: request.vendorId,
      status: request.status,
      isOpen,
      organization: request.organization.id,
    });
    events.push({ event: before === undefined && isOpen ? 'pending' : 'changed', request });
  }
  for (const id of gone) {
    if (known.has(id)) events.push({ event: 'gone', reference: referenceTo(account, id), provider });
  }
  return { events, told: [...told.values()] };
}

/** A time without a zone is taken for UTC, which is wrong by hours at most. What has no time is told. */
function isBefore({ requestedAt, requestedAtZone }: ApprovalRequest, since: number | null): boolean {
  if (since === null || requestedAt === null) return false;
  return Date.parse(requestedAtZone === 'local' ? `${requestedAt}Z` : requestedAt) < since;
}

import type { Identities } from '../random.ts';
import type { EventRow } from './event-row.ts';
import { type Computer, type PortalUser, StatusCode, type StoredAdminByRequestRequest } from './model.ts';
import { nextTicks } from './ticks.ts';

/** What the references leave open or saw once. The first value is the default. */
export interface AdminByRequestQuirks {
  /** A key of another data centre makes every call end in 500 (seen on one tenant). */
  readonly dataCenter?: 'right' | 'wrong';
  /** Known from one client's documentation alone. */
  readonly whoami?: 'served' | 'not-found';
}

export interface AdminByRequestState {
  readonly ids: Identities;
  readonly now: () => number;
  readonly quirks: AdminByRequestQuirks;
  readonly apiKey: string;
  readonly tenantName: string;
  readonly portalUsers: readonly PortalUser[];
  readonly computers: Map<string, Computer>;
  readonly events: readonly EventRow[];
  /** By id, ascending. */
  readonly requests: Map<number, StoredAdminByRequestRequest>;
  /** That was given to a request. */
  lastId: number;
  lastTicks: bigint;
}

const TWO_WEEKS_MS = 14 * 24 * 3600 * 1000;

/** The status by the clock: two weeks end what waits, and what was approved and never used (PDF). */
export function statusNow(state: AdminByRequestState, request: StoredAdminByRequestRequest): number {
  const { statusCode, requestedAt, decidedAt } = request;
  const since = statusCode === StatusCode.pending || statusCode === StatusCode.quarantined ? requestedAt : decidedAt;
  const ends = statusCode === StatusCode.pending || statusCode === StatusCode.open;
  return ends && isOld(state, since ?? requestedAt) ? StatusCode.expired : statusCode;
}

/** "Requests will drop out of the list after two weeks" (PDF). */
export function isListed(state: AdminByRequestState, request: StoredAdminByRequestRequest): boolean {
  return !isOld(state, request.decidedAt ?? request.requestedAt);
}

export function changed(state: AdminByRequestState, request: StoredAdminByRequestRequest): void {
  state.lastTicks = nextTicks(state.now(), state.lastTicks);
  request.changedTicks = state.lastTicks;
}

function isOld({ now }: AdminByRequestState, since: number): boolean {
  return now() - since >= TWO_WEEKS_MS;
}

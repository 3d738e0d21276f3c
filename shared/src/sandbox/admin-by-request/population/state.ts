import type { Identities } from '../../random.ts';
import { StatusCode, type StoredAdminByRequestRequest } from '../model.ts';
import type { AdminByRequestQuirks, AdminByRequestState } from '../state.ts';
import { nextTicks, ticksOf } from '../ticks.ts';
import { COMPUTERS } from './computers.ts';
import { standardEvents } from './events.ts';
import { type AdminByRequestDraft, makeRequest } from './make-request.ts';

const FIRST_ID = 65_430_001;
export const APPROVER = { name: 'Kim Approver', email: 'approver@northwind.example' };
export const RIVAL = { name: 'Robin Rival', email: 'robin.rival@northwind.example' };

export function emptyState(ids: Identities, now: () => number, quirks: AdminByRequestQuirks): AdminByRequestState {
  return {
    ids,
    now,
    quirks,
    apiKey: ids.hex('api-key', 32),
    tenantName: 'Northwind Managed IT',
    portalUsers: [APPROVER, RIVAL],
    computers: new Map(COMPUTERS.map((computer) => [computer.name.toLowerCase(), computer])),
    events: standardEvents(now()),
    requests: new Map(),
    lastId: FIRST_ID,
    lastTicks: ticksOf(now() - 30 * 24 * 3600 * 1000),
  };
}

export function addRequest(state: AdminByRequestState, name: string | undefined, draft: AdminByRequestDraft): number {
  const made = numberedRequest(state, name, draft);
  state.requests.set(made.id, made);
  return made.id;
}

/** A request that has its number and its time now, and is seen only later, after others with higher numbers. */
export function addUnseen(state: AdminByRequestState, draft: AdminByRequestDraft): LateRequest {
  const made = numberedRequest(state, draft.name, draft);
  return {
    id: String(made.id),
    show: () => {
      const all = [...state.requests.values(), made].sort((one, other) => one.id - other.id);
      state.requests.clear();
      for (const request of all) state.requests.set(request.id, request);
    },
  };
}

export interface LateRequest {
  readonly id: string;
  /** From now on it is listed, in its place among the others. */
  show(): void;
}

/** Ids rise by more than one, as other tenants' requests take numbers too. */
function numberedRequest(
  state: AdminByRequestState,
  name: string | undefined,
  draft: AdminByRequestDraft,
): StoredAdminByRequestRequest {
  const id = state.lastId + 1 + (state.lastId % 3);
  state.lastId = id;
  const made = makeRequest(state, id, name ?? `request-${id}`, draft, 0n);
  const open = made.statusCode === StatusCode.pending || made.statusCode === StatusCode.quarantined;
  made.decidedAt ??= open ? null : made.requestedAt + 9 * 60_000;
  state.lastTicks = nextTicks(made.decidedAt ?? made.requestedAt, state.lastTicks);
  made.changedTicks = state.lastTicks;
  return made;
}

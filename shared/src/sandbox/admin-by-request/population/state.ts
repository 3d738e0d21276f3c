import type { Identities } from '../../random.ts';
import { StatusCode } from '../model.ts';
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
    lastTicks: ticksOf(now() - 30 * 24 * 3600 * 1000),
  };
}

/** Ids rise by more than one, as other tenants' requests take numbers too. */
export function addRequest(state: AdminByRequestState, name: string | undefined, draft: AdminByRequestDraft): number {
  const last = [...state.requests.keys()].at(-1) ?? FIRST_ID;
  const id = last + 1 + (last % 3);
  const made = makeRequest(state, id, name ?? `request-${id}`, draft, 0n);
  const open = made.statusCode === StatusCode.pending || made.statusCode === StatusCode.quarantined;
  made.decidedAt ??= open ? null : made.requestedAt + 9 * 60_000;
  state.lastTicks = nextTicks(made.decidedAt ?? made.requestedAt, state.lastTicks);
  made.changedTicks = state.lastTicks;
  state.requests.set(id, made);
  return id;
}

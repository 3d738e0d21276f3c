import type { Simulation } from '../simulation.ts';
import { StatusCode, type StoredAdminByRequestRequest } from './model.ts';
import type { AdminByRequestDraft } from './population/make-request.ts';
import { addRequest, RIVAL } from './population/state.ts';
import { decide } from './requests.ts';
import { adminByRequestIntent, handleAdminByRequest } from './router.ts';
import { type AdminByRequestState, changed, statusNow } from './state.ts';

export function adminByRequestSimulation(
  state: AdminByRequestState,
): Simulation<StoredAdminByRequestRequest, AdminByRequestDraft> {
  const existing = (id: string): StoredAdminByRequestRequest => {
    const request = state.requests.get(Number(id));
    if (request === undefined) throw new Error(`Admin By Request sandbox: no request ${id}`);
    return request;
  };
  const isPending = (request: StoredAdminByRequestRequest): boolean => statusNow(state, request) === StatusCode.pending;
  return {
    vendor: 'admin-by-request',
    intent: adminByRequestIntent,
    handle: (call) => handleAdminByRequest(state, call),
    stored: (id) => state.requests.get(Number(id)),
    pending: () => [...state.requests.values()].filter(isPending).map(({ id }) => String(id)),
    add: (draft) => String(addRequest(state, draft.name, draft)),
    remove: (id) => void state.requests.delete(Number(id)),
    decide(id, verdict) {
      const request = existing(id);
      if (!isPending(request)) return;
      decide(state, request, verdict === 'approve' ? StatusCode.open : StatusCode.denied);
      if (verdict === 'approve') {
        request.approvedBy = RIVAL.name;
        request.approvedByEmail = RIVAL.email;
      } else {
        request.deniedBy = RIVAL.name;
        request.deniedByEmail = RIVAL.email;
        request.deniedReason = 'Decided in the portal.';
      }
    },
    touched: (id) => changed(state, existing(id)),
  };
}

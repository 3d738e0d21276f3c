import type { Simulation } from '../simulation.ts';
import { approve, reject } from './decide.ts';
import type { StoredThreatLockerRequest } from './model.ts';
import { makeRequest, type ThreatLockerDraft } from './population/make-request.ts';
import { handleThreatLocker, threatLockerIntent } from './router.ts';
import { isOpen } from './single.ts';
import type { ThreatLockerState } from './state.ts';

export function threatLockerSimulation(
  state: ThreatLockerState,
): Simulation<StoredThreatLockerRequest, ThreatLockerDraft> {
  let arrivals = 0;
  const existing = (id: string): StoredThreatLockerRequest => {
    const request = state.requests.get(id.toLowerCase());
    if (request === undefined) throw new Error(`ThreatLocker sandbox: no request ${id}`);
    return request;
  };
  return {
    vendor: 'threatlocker',
    intent: threatLockerIntent,
    handle: (call) => handleThreatLocker(state, call),
    stored: (id) => state.requests.get(id.toLowerCase()),
    pending: () => [...state.requests.values()].filter(isOpen).map(({ approvalRequestId }) => approvalRequestId),
    add(draft) {
      arrivals += 1;
      const request = makeRequest(state, draft.name ?? `arrival-${arrivals}`, draft);
      if (state.requests.has(request.approvalRequestId)) throw new Error(`The sandbox has a request ${draft.name}`);
      state.requests.set(request.approvalRequestId, request);
      return request.approvalRequestId;
    },
    remove: (id) => void state.requests.delete(id.toLowerCase()),
    decide(id, verdict) {
      const request = existing(id);
      if (!isOpen(request)) return;
      if (verdict === 'deny') return reject(state, request, 'Robin Rival', null);
      // In the portal the rival holds every tier.
      request.tiersNeeded = request.approvals.length + 1;
      approve(state, request, 'Robin Rival');
    },
    touched() {},
  };
}

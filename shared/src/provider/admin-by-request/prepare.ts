import {
  type ApprovalRequest,
  type Decision,
  guardedFacts,
  isHandled,
  type JsonObject,
  type PlanTarget,
  type VendorWrite,
} from '../../approval/index.ts';
import { cleanLine } from '../../text/index.ts';
import type { Preparation } from '../provider.ts';
import { approveWrite, whyApproveRefused } from './approve.ts';
import { denyReason, denyWrite } from './deny.ts';

type Made = { readonly options: JsonObject; readonly write: VendorWrite } | { readonly refusal: string };

/** Holds a decision against the request as it was just read. */
export async function prepareDecision(
  request: ApprovalRequest,
  decision: Decision,
  approverEmail: string | undefined,
  fingerprint: () => Promise<string>,
): Promise<Preparation> {
  if (isHandled(request.status)) {
    return { outcome: 'already-handled', request, message: handledMessage(request) };
  }
  const made = make(request, decision, approverEmail);
  if ('refusal' in made) return { outcome: 'refused', request, by: 'client', message: made.refusal };
  if (request.status !== 'pending') {
    const why = request.unapprovable ?? `Its status is ${cleanLine(request.status)}, not pending.`;
    return { outcome: 'refused', request, by: 'guardrail', message: `${why}` };
  }
  const target: PlanTarget = {
    request: request.reference,
    fingerprint: await fingerprint(),
    facts: guardedFactsOf(request),
    ...made,
  };
  return { outcome: 'ready', request, target };
}

export function guardedFactsOf(request: ApprovalRequest) {
  return guardedFacts(request, { vendorJson: null, application: null, group: null, assignee: null });
}

function make(request: ApprovalRequest, decision: Decision, approverEmail: string | undefined): Made {
  switch (decision.verdict) {
    case 'approve': {
      const refusal = whyApproveRefused(decision.options);
      return refusal === null ? { options: {}, write: approveWrite(request.vendorId, approverEmail) } : { refusal };
    }
    case 'deny': {
      const made = denyReason(decision.options, approverEmail);
      if ('refusal' in made) return made;
      return { options: { reason: made.reason }, write: denyWrite(request.vendorId, made.reason, approverEmail) };
    }
    case 'take-ownership':
      return {
        refusal: 'Admin By Request has no ownership: a request belongs to whoever decides it.',
      };
  }
}

function handledMessage(request: ApprovalRequest): string {
  const { status, decided } = request;
  if (status === 'expired') return 'This request has expired; its user has to ask again.';
  const names = [decided?.by, decided?.email].flatMap((name) => (name ? [cleanLine(name, 100)] : []));
  const by = names[1] === undefined ? (names[0] ?? null) : `${names[0]} (${names[1]})`;
  const reason = decided?.reason ? `, for the reason "${cleanLine(decided.reason)}"` : '';
  const who = by === null ? ' by somebody whom Admin By Request does not name' : ` by ${by}`;
  return `This request was already ${status}${who}${reason}.`;
}

import type { AccountId, ApprovalRequest, RequestReference, VendorId } from '@countersign/shared/approval';
import type { TriageContext } from '@countersign/shared/triage';
import type { TriageCase } from './cases/index.ts';

const NOW = Date.UTC(2026, 10, 21, 12);

const CONTEXT: TriageContext = {
  now: NOW,
  guardrails: { severity: {}, attackTools: [], remoteAccessTools: [], networkTools: [], userWritablePaths: [] },
};

/** A case as a vendor's request. */
export function requestOf({ request: given }: Pick<TriageCase, 'request'>, id = 'case'): ApprovalRequest {
  const { path, signer } = given;
  const name = given.name === undefined ? (path?.split(/[\\/]/).findLast((part) => part !== '') ?? null) : given.name;
  return {
    reference: `acme/${id}` as RequestReference,
    account: 'acme' as AccountId,
    provider: 'threatlocker',
    vendorId: id as VendorId,
    kind: given.kind ?? 'application',
    vendorKind: 'execute',
    status: given.status ?? 'pending',
    unapprovable: null,
    requestedAt: new Date(NOW - (given.requestedMinutesAgo ?? 5) * 60_000).toISOString(),
    requestedAtZone: 'utc',
    organization: { id: 'organization-1', name: given.organization ?? 'Contoso' },
    computer: { id: 'computer-1', name: 'CONTOSO-7', os: given.os, isServer: given.isServer ?? false },
    requester: {
      account: given.requester?.account ?? 'CONTOSO\\robin',
      name: given.requester?.name ?? 'Robin Requester',
      email: given.requester?.email ?? null,
      phone: null,
      isAdministrator: false,
    },
    assignee: given.assignee ?? null,
    assigneeId: null,
    subject: {
      name,
      path,
      product: given.product ?? null,
      vendor: given.vendor ?? null,
      version: given.version ?? null,
      size: 1_000_000,
      sha256: given.sha256 === false ? null : 'a'.repeat(64),
      vendorHash: null,
      certificates:
        signer === undefined
          ? null
          : signer === 'unsigned'
            ? []
            : [
                {
                  subject: signer.subject,
                  sha: null,
                  valid: signer.valid ?? true,
                  digestMismatch: signer.digestMismatch ?? false,
                },
              ],
      scan: { verdict: given.scan ?? 'clean', threat: null, engines: [] },
      process: given.process ?? null,
      createdBy: given.createdBy ?? [],
      preapproved: null,
    },
    reason:
      given.reason === undefined
        ? 'For the drawings of the new production hall, as agreed with my manager.'
        : given.reason,
    policy: 'Default deny',
    traceNo: null,
    ticket: null,
    comments: null,
    remotePresence: given.remotePresence ?? false,
    tiers: given.tiers ?? null,
    mfaInPortal: given.mfaInPortal ?? false,
    decided: null,
    links: [],
  };
}

export function contextOf({ approver }: Pick<TriageCase, 'approver'>): TriageContext {
  if (!approver) return CONTEXT;
  const { name, email } = approver;
  return { ...CONTEXT, approver: { name, emails: email === undefined ? [] : [email] } };
}

import { type ApprovalRequest, type Finding, isApprovable } from '@countersign/shared/approval';
import { cleanBlock, cleanLine } from '@countersign/shared/text';
import * as z from 'zod';
import { finding, findingOf } from './findings.ts';

/** Texts in here were written by others: cleaned and capped, never more than data. */
export const requestSummary = z.object({
  request: z.string(),
  account: z.string(),
  provider: z.string(),
  kind: z.string(),
  status: z.string(),
  requestedAt: z.string().nullable(),
  requestedAtZone: z.enum(['utc', 'local']),
  organization: z.string().nullable(),
  computer: z.string().nullable(),
  requester: z.string().nullable(),
  requesterName: z.string().optional().describe("Their full name, where `requester` doesn't say it."),
  assignee: z.string().optional(),
  subject: z.object({
    name: z.string().nullable(),
    path: z.string().nullable(),
    product: z.string().optional(),
    vendor: z.string().optional(),
    version: z.string().optional(),
    sha256: z.string().nullable(),
    signedBy: z.string().optional(),
    scan: z.string(),
  }),
  reason: z.string().nullable(),
  findings: z.array(finding),
});
export type RequestSummary = z.infer<typeof requestSummary>;

export const requestDetail = z.object({
  ...requestSummary.shape,
  decidable: z.boolean(),
  undecidableBecause: z.string().optional(),
  os: z.string().nullable(),
  organizationId: z.string().nullable(),
  contact: z.object({ email: z.string().nullable(), phone: z.string().nullable() }).optional(),
  policy: z.string().nullable(),
  traceNo: z.string().nullable(),
  process: z.string().nullable(),
  createdBy: z.array(z.string()),
  sizeBytes: z.number().nullable(),
  vendorHash: z.string().nullable(),
  certificates: z
    .array(
      z.object({
        subject: z.string().nullable(),
        valid: z.boolean().nullable(),
        digestMismatch: z.boolean().nullable(),
      }),
    )
    .nullable(),
  scanThreat: z.string().nullable(),
  remotePresence: z.boolean().nullable(),
  mfaInPortal: z.boolean().nullable(),
  approvalTiers: z.object({ pending: z.number(), approved: z.number() }).nullable(),
  ticket: z.string().nullable(),
  comments: z.string().nullable(),
  decided: z.object({ by: z.string().nullable(), at: z.string().nullable(), reason: z.string().nullable() }).nullable(),
  sameFileElsewhere: z.array(z.string()),
  links: z.array(z.object({ label: z.string(), url: z.string() })),
});
export type RequestDetail = z.infer<typeof requestDetail>;

const line = (text: string | null, max = 120) => (text === null ? null : cleanLine(text, max));

/** @param findings `null`: nobody looked */
export function summaryOf(request: ApprovalRequest, findings: readonly Finding[] | null): RequestSummary {
  const { subject } = request;
  const requester = line(request.requester.account ?? request.requester.name);
  const optional = {
    product: line(subject.product),
    vendor: line(subject.vendor),
    version: line(subject.version, 60),
    signedBy: subject.certificates?.[0]
      ? line(subject.certificates[0].subject)
      : subject.certificates
        ? 'unsigned'
        : null,
  };
  return {
    request: request.reference,
    account: request.account,
    provider: request.provider,
    kind: request.kind,
    status: cleanLine(request.status, 40),
    requestedAt: request.requestedAt,
    requestedAtZone: request.requestedAtZone,
    organization: line(request.organization.name ?? request.organization.id),
    computer: line(request.computer.name ?? request.computer.id),
    requester,
    ...present({
      requesterName: nameBeside(requester, line(request.requester.name)),
      assignee: line(request.assignee),
    }),
    subject: {
      name: line(subject.name),
      path: line(subject.path, 300),
      ...present(optional),
      sha256: subject.sha256,
      scan: subject.scan.verdict,
    },
    reason: request.reason === null ? null : cleanLine(request.reason, 300),
    findings: (findings ?? []).map(findingOf),
  };
}

/** A full name, where the account is neither it nor `DOMAIN\name`. */
function nameBeside(account: string | null, name: string | null): string | null {
  if (account === null || !name) return null;
  const [known, own] = [account.toLowerCase(), name.toLowerCase()];
  return known === own || known.endsWith(`\\${own}`) ? null : name;
}

/** Who asks, by account and full name. */
export function requesterText({ requester, requesterName }: RequestSummary): string | null {
  return requesterName === undefined ? requester : `${requester} (${requesterName})`;
}

/** What the vendor's portal shows beside the summary, for whoever decides on one request. */
export function portalFactsOf({ reason, policy, traceNo, decided, links }: ApprovalRequest) {
  return {
    reason: reason === null ? null : cleanBlock(reason, 2000),
    policy: line(policy),
    traceNo: line(traceNo, 40),
    decided: decided && { by: line(decided.by ?? decided.email), at: decided.at, reason: line(decided.reason, 500) },
    links: links.slice(0, 10).map(({ label, url }) => ({ label: cleanLine(label, 40), url: cleanLine(url, 500) })),
  };
}

export function contactOf({ requester: { email, phone } }: ApprovalRequest) {
  return { email: line(email), phone: line(phone, 40) };
}

export interface DetailContext {
  readonly contactDetails: boolean;
  readonly sameFileElsewhere: readonly string[];
  readonly findings: readonly Finding[];
}

export function detailOf(request: ApprovalRequest, context: DetailContext): RequestDetail {
  const { subject } = request;
  const decidable = isApprovable(request);
  return {
    ...summaryOf(request, context.findings),
    ...portalFactsOf(request),
    decidable,
    ...present({
      undecidableBecause: decidable
        ? null
        : (request.unapprovable ?? `Its status is ${cleanLine(request.status, 40)}.`),
    }),
    os: line(request.computer.os, 40),
    organizationId: line(request.organization.id, 64),
    ...(context.contactDetails ? { contact: contactOf(request) } : {}),
    process: line(subject.process, 300),
    createdBy: subject.createdBy.slice(0, 10).map((process) => cleanLine(process, 300)),
    sizeBytes: subject.size,
    vendorHash: line(subject.vendorHash, 128),
    certificates:
      subject.certificates
        ?.slice(0, 10)
        .map(({ subject: name, valid, digestMismatch }) => ({ subject: line(name), valid, digestMismatch })) ?? null,
    scanThreat: line(subject.scan.threat),
    remotePresence: request.remotePresence,
    mfaInPortal: request.mfaInPortal,
    approvalTiers: request.tiers,
    ticket: line(request.ticket),
    comments: line(request.comments, 500),
    sameFileElsewhere: [...context.sameFileElsewhere],
  };
}

/** The members that hold something. */
function present<T extends Record<string, string | null>>(members: T): { [K in keyof T]?: string } {
  const held: { [K in keyof T]?: string } = {};
  for (const name in members) {
    const value = members[name];
    if (value != null) held[name] = value;
  }
  return held;
}

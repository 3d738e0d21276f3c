import {
  type AccountId,
  type ApprovalRequest,
  type Certificate,
  type Kind,
  type OperatingSystem,
  parseVendorId,
  referenceTo,
  type ScanResult,
  type Status,
} from '../../approval/index.ts';
import { assigneeOf } from './assignee.ts';
import { type ApprovalRequestDto, approvalRequestDto } from './dto.ts';
import { nameIn } from './path-name.ts';
import { decodeReason } from './reason.ts';

/** The request in a record of the list or of GetById; `null` when the record carries no usable id. */
export function toApprovalRequest(record: unknown, account: AccountId): ApprovalRequest | null {
  const parsed = approvalRequestDto.safeParse(record);
  if (!parsed.success) return null;
  const dto = parsed.data;
  const vendorId = dto.approvalRequestId === null ? null : parseVendorId(dto.approvalRequestId.toLowerCase());
  if (vendorId === null) return null;
  const action = dto.threatLockerActionDto;
  const path = action.fullPath ?? dto.path;
  const kind = kindOf(action.actionType);
  return {
    reference: referenceTo(account, vendorId),
    account,
    provider: 'threatlocker',
    vendorId,
    kind,
    vendorKind: action.actionType,
    status: statusOf(dto),
    unapprovable: whyUnapprovable(kind),
    requestedAt: utcInstant(dto.dateTime),
    requestedAtZone: 'utc',
    organization: { id: dto.organizationId, name: dto.organizationName },
    computer: { id: dto.computerId, name: dto.hostname, os: osOf(action.osType), isServer: null },
    requester: {
      account: dto.username,
      name: dto.requestor,
      email: dto.requestorEmailAddress,
      phone: null,
      isAdministrator: null,
    },
    ...assigneeOf(dto),
    subject: {
      name: nameIn(path),
      path,
      product: action.applicationName,
      vendor: null,
      version: null,
      size: action.size,
      sha256: sha256Of(action.sha256),
      vendorHash: action.hash,
      certificates: certificatesOf(action.certs),
      scan: NOT_IN_HERE,
      process: action.processName,
      createdBy: action.installedBy,
      preapproved: null,
    },
    reason: decodeReason(dto.requestorReason),
    policy: action.policyName,
    traceNo: null,
    ticket: dto.ticketId,
    comments: dto.comments,
    remotePresence: action.remotePresence,
    tiers:
      dto.pendingTierLevel === null || dto.approvedByTierLevel === null
        ? null
        : { pending: dto.pendingTierLevel, approved: dto.approvedByTierLevel },
    mfaInPortal: dto.showMfaChallenge,
    decided:
      dto.approvedBy === null && dto.actionDate === null
        ? null
        : {
            by: dto.statusId === SELF_APPROVED ? null : dto.approvedBy,
            email: null,
            at: utcInstant(dto.actionDate),
            reason: null,
          },
    links: [],
  };
}

/** What scanners said stands in the permit record alone (`permit/scan.ts`), so here it isn't known. */
const NOT_IN_HERE: ScanResult = { verdict: 'unknown', threat: null, engines: [] };

function kindOf(actionType: string | null): Kind {
  switch (actionType?.toLowerCase()) {
    case 'execute':
    case 'install':
      return 'application';
    case 'elevate':
      return 'elevation';
    case 'read':
    case 'write':
      return 'storage';
    case 'network':
      return 'network';
    default:
      return 'unknown';
  }
}

function whyUnapprovable(kind: Kind): string | null {
  if (kind === 'application' || kind === 'elevation') return null;
  const what = kind === 'unknown' ? 'A request of a kind that Countersign does not know' : `A ${kind} request`;
  return `${what} can't be approved here, only denied; approve it in ThreatLocker's portal.`;
}

/** Approved by the requester, whom the record then names by an address. */
export const SELF_APPROVED = 16;

/** Codes: 1 and 4 seen live; 13 and 17 from the record itself; 10, 12 and 16 from the vendor's articles. */
function statusOf(dto: ApprovalRequestDto): Status {
  switch (dto.statusId) {
    case null:
      return 'other()';
    case 1:
      return 'pending';
    case 13:
    case 17:
      return 'escalated';
    case 4:
    case 12:
    case SELF_APPROVED:
      return 'approved';
    case 10:
      return 'denied';
    default:
      return `other(${dto.statusId})`;
  }
}

/** 1, 2, 3 and 5 (Windows XP) are the vendor's; 7 is Red Hat, as one client has it. */
function osOf(osType: number | null): OperatingSystem | null {
  switch (osType) {
    case null:
      return null;
    case 1:
    case 5:
      return 'windows';
    case 2:
      return 'macos';
    case 3:
    case 7:
      return 'linux';
    default:
      return `other(${osType})`;
  }
}

function sha256Of(text: string | null): string | null {
  return text !== null && /^[0-9a-f]{64}$/i.test(text) ? text.toLowerCase() : null;
}

function certificatesOf(certs: ApprovalRequestDto['threatLockerActionDto']['certs']): readonly Certificate[] | null {
  if (certs === null) return null;
  return certs.map((cert) => ({
    subject: cert.subject,
    sha: cert.sha,
    valid: cert.validCert,
    // An int32 since 2026-09; anything but zero is taken for a mismatch.
    digestMismatch: typeof cert.digestmismatch === 'number' ? cert.digestmismatch !== 0 : cert.digestmismatch,
  }));
}

/** Instants are UTC, now and then without the letter that says so. What can't be read as an instant is not one. */
export function utcInstant(text: string | null): string | null {
  if (text === null || !/^\d{4}-\d{2}-\d{2}T/.test(text)) return null;
  const withZone = /(Z|[+-]\d{2}:?\d{2})$/i.test(text) ? text : `${text}Z`;
  const time = Date.parse(withZone);
  // .NET's DateTime.MinValue stands for "no date".
  return Number.isNaN(time) || time < Date.UTC(1970) ? null : new Date(time).toISOString();
}

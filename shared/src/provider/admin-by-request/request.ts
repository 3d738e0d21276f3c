import {
  type AccountId,
  type ApprovalRequest,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  parseVendorId,
  type RecordedDecision,
  referenceTo,
  type Status,
  type Subject,
  type VendorId,
} from '../../approval/index.ts';
import { integerText } from '../../http/index.ts';
import type { PulledRequest } from '../provider.ts';
import { isServerOf, kindOf, osOf, statusOf, vendorKindOf } from './codes.ts';
import { anything, flag, type Read, record, text } from './fields.ts';
import { scanOf } from './scan.ts';

/** What a request and its entry in the audit log have in common. */
export const sharedMembers = {
  type: text,
  typecode: anything,
  statuscode: anything,
  reason: text,
  approvedby: text,
  approvedbyemail: text,
  deniedby: text,
  deniedbyemail: text,
  deniedreason: text,
  requesttime: text,
};

const requestRecord = record({
  ...sharedMembers,
  settingsname: text,
  traceno: anything,
  auditloglink: text,
  application: anything,
  scanresults: anything,
  user: record({ account: text, fullname: text, email: text, phone: text, isadmin: flag }),
  computer: record({ name: text, platform: text, platformcode: anything }),
});
type RequestRecord = Read<typeof requestRecord>;

const applicationRecord = record({
  file: text,
  path: text,
  name: text,
  vendor: text,
  version: text,
  sha256: text,
  virustotallink: text,
  preapproved: flag,
});
type ApplicationRecord = Read<typeof applicationRecord>;

/** A request's id: a string in the vendor's guide, a number in today's answers; `null` for anything but digits. */
export function idOf(value: unknown): VendorId | null {
  if (!isJsonObject(value)) return null;
  const id = idIn(value);
  const digits = typeof id === 'string' ? id : integerText(id);
  return digits !== null && /^\d+$/.test(digits) ? parseVendorId(digits) : null;
}

/** As `record` reads it, without looking at every member: it is asked for each row before anything else is. */
function idIn(value: JsonObject): unknown {
  let id: unknown;
  for (const key of Object.keys(value)) {
    if (key.length !== 2 || key.toLowerCase() !== 'id') continue;
    id = id === undefined || id === value[key] ? value[key] : null;
  }
  return id;
}

/** Those of the rows that have a readable id. */
export function pulledFrom(account: AccountId, rows: readonly JsonValue[]): readonly PulledRequest[] {
  return rows.flatMap((row) => {
    const id = idOf(row);
    return id === null ? [] : [{ id, read: () => readRequest(account, id, row) }];
  });
}

/** One row of /requests as the domain sees it; `null` without a readable id. Never throws, whatever came. */
export function requestFrom(account: AccountId, value: unknown): ApprovalRequest | null {
  const vendorId = idOf(value);
  return vendorId === null ? null : readRequest(account, vendorId, value);
}

function readRequest(account: AccountId, vendorId: VendorId, value: unknown): ApprovalRequest {
  const row = requestRecord.parse(value);
  const application = applicationRecord.parse(row.application);
  const status = statusOf(row.statuscode);
  return {
    reference: referenceTo(account, vendorId),
    account,
    provider: 'admin-by-request',
    vendorId,
    kind: kindOf(row.typecode),
    vendorKind: vendorKindOf(row.typecode, row.type),
    status,
    unapprovable: whyUnapprovable(status),
    requestedAt: localTime(row.requesttime),
    requestedAtZone: 'local',
    organization: { id: null, name: null },
    computer: {
      id: null,
      name: row.computer.name,
      os: osOf(row.computer.platformcode, row.computer.platform),
      isServer: isServerOf(row.computer.platformcode),
    },
    requester: {
      account: row.user.account,
      name: row.user.fullname,
      email: row.user.email,
      phone: row.user.phone,
      isAdministrator: row.user.isadmin,
    },
    assignee: null,
    assigneeId: null,
    subject: subjectOf(application, row),
    reason: row.reason,
    policy: row.settingsname,
    // A string in the vendor's guide, as the id is.
    traceNo: text.parse(row.traceno) ?? integerText(row.traceno),
    ticket: null,
    comments: null,
    remotePresence: null,
    tiers: null,
    mfaInPortal: null,
    decided: decidedOf(status, row),
    links: [
      ...link('VirusTotal', application.virustotallink),
      ...link('Audit log in the Admin By Request portal', row.auditloglink),
    ],
  };
}

function subjectOf(application: ApplicationRecord, row: RequestRecord): Subject {
  return {
    name: application.file ?? application.name,
    path: pathOf(application),
    product: application.name,
    vendor: application.vendor,
    version: application.version,
    size: null,
    sha256: sha256Of(application.sha256),
    vendorHash: null,
    certificates: null,
    scan: scanOf(row.application, row.scanresults),
    process: null,
    createdBy: [],
    preapproved: application.preapproved,
  };
}

export function sha256Of(hash: string | null): string | null {
  return hash !== null && /^[\da-f]{64}$/i.test(hash) ? hash.toLowerCase() : null;
}

/** `path` is the folder and `file` the name in it (the guide's audit log: "C:\Program Files\totalcmd", "TOTALCMD64.EXE"). */
export function pathOf(application: Pick<ApplicationRecord, 'path' | 'file'>): string | null {
  const { path, file } = application;
  if (path === null || file === null) return path;
  // Whole, because a folder may be named so that it ends like the file in it.
  if (path.split(/[\\/]/).at(-1)?.toLowerCase() === file.toLowerCase()) return path;
  const separator = path.includes('\\') ? '\\' : '/';
  return path.endsWith(separator) ? path + file : path + separator + file;
}

/** The computer's own time, without a zone: in the audit log, which has both, it differs from `requestTimeUTC` by hours. */
function localTime(time: string | null): string | null {
  const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)$/.exec(time?.trim() ?? '');
  if (!match) return null;
  const iso = `${match[1]}T${match[2]}`;
  return Number.isNaN(Date.parse(`${iso}Z`)) ? null : iso;
}

function whyUnapprovable(status: Status): string | null {
  if (status === 'quarantined') {
    return 'Admin By Request holds this request in quarantine because of its malware scan. It is decided in the Admin By Request portal.';
  }
  if (!status.startsWith('other')) return null;
  return 'Admin By Request gives this request a status that Countersign does not know. Look at it in the Admin By Request portal.';
}

function decidedOf(status: Status, row: RequestRecord): RecordedDecision | null {
  if (status === 'denied') {
    return { by: row.deniedby, email: row.deniedbyemail, at: null, reason: row.deniedreason };
  }
  const isKnown = status === 'approved' || (status === 'expired' && (row.approvedby ?? row.approvedbyemail) !== null);
  return isKnown ? { by: row.approvedby, email: row.approvedbyemail, at: null, reason: null } : null;
}

function link(label: string, address: string | null): ApprovalRequest['links'] {
  return address !== null && URL.parse(address)?.protocol === 'https:' ? [{ label, url: address }] : [];
}

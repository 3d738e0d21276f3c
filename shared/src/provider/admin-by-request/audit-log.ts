import { cleanLine } from '../../text/index.ts';
import type { HistoryEntry } from '../provider.ts';
import { statusOf, vendorKindOf } from './codes.ts';
import { type Read, record, records, text } from './fields.ts';
import { idOf, pathOf, sha256Of, sharedMembers } from './request.ts';

const program = { file: text, path: text, name: text, version: text, sha256: text };
const auditRecord = record({
  ...sharedMembers,
  requesttimeutc: text,
  application: record(program),
  elevatedapplications: records(program),
  user: record({ account: text, fullname: text }),
  computer: record({ name: text }),
});
type AuditRecord = Read<typeof auditRecord>;

/** One entry of the audit log, told in a line, with what it can be searched by. */
export interface AuditEntry {
  readonly id: string | null;
  /** SHA-256 of what was asked for, and of what then ran with elevation. */
  readonly sha256: readonly string[];
  readonly user: { readonly account: string | null; readonly name: string | null };
  readonly computer: string | null;
  readonly entry: HistoryEntry;
}

export function auditEntry(value: unknown): AuditEntry {
  const row = auditRecord.parse(value);
  const { account, fullname } = row.user;
  const { name } = row.computer;
  return {
    id: idOf(value),
    sha256: [row.application, ...row.elevatedapplications].flatMap((ran) => sha256Of(ran.sha256) ?? []),
    user: { account, name: fullname },
    computer: name,
    entry: {
      at: instant(row.requesttimeutc) ?? line(row.requesttime),
      what: whatOf(row),
      by: line(account ?? fullname),
      computer: line(name),
      file: line(pathOf(row.application) ?? row.application.file),
      outcome: outcomeOf(row),
    },
  };
}

function whatOf({ type, typecode, application, elevatedapplications, reason }: AuditRecord): string {
  const asked = [application.name ?? application.file, application.version].filter((part) => part !== null).join(' ');
  const ran = elevatedapplications.length;
  return cleanLine(
    [
      vendorKindOf(typecode, type),
      asked === '' ? '' : `: ${asked}`,
      reason === null ? '' : `, reason: ${cleanLine(reason, 120)}`,
      ran === 0 ? '' : `; ${ran} ${ran === 1 ? 'program' : 'programs'} ran as administrator`,
    ].join(''),
  );
}

function outcomeOf(row: AuditRecord): string {
  const status = statusOf(row.statuscode);
  const by = status === 'denied' ? (row.deniedby ?? row.deniedbyemail) : (row.approvedby ?? row.approvedbyemail);
  const because = status === 'denied' && row.deniedreason !== null ? `: ${row.deniedreason}` : '';
  return cleanLine(`${status}${by === null ? '' : ` by ${cleanLine(by, 100)}`}${because}`);
}

/** The vendor's UTC times carry no zone; only the field's name says that they are UTC. */
export function instant(utc: string | null): string | null {
  if (utc === null || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?$/.test(utc)) return null;
  const time = Date.parse(utc.endsWith('Z') ? utc : `${utc}Z`);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

export function line(value: string | null): string | null {
  return value === null ? null : cleanLine(value);
}

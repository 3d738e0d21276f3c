import * as z from 'zod';
import {
  type ApprovalRequest,
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type ScanResult,
} from '../../../approval/index.ts';
import { VendorError } from '../../../http/index.ts';
import { flag, text, texts, whole } from '../../wire.ts';
import type { FileIdentity } from '../applications.ts';
import { guid } from '../dto.ts';
import { scanIn } from './scan.ts';

const fileDetails = z
  .object({ fullPath: text, processPath: text, hash: text, sha256: text, createdByProcesses: texts })
  .catch({ fullPath: null, processPath: null, hash: null, sha256: null, createdByProcesses: [] });

const permitDto = z.object({
  computerId: guid,
  organizationId: guid,
  osType: whole,
  actionType: text,
  organizationHasElevation: flag,
  ringfenceActionId: z.unknown().optional(),
  ringfencingOptions: z.object({ ringfenceActionId: z.unknown().optional() }).catch({}),
  fileDetails,
  approvalRequest: z.object({
    approvalRequestId: text,
    json: z.string().min(1),
    portalApiUrl: text.optional(),
    // Absent ones can't contradict.
    organizationId: text.optional(),
    organizationName: text.optional(),
    computerId: text.optional(),
    hostname: text.optional(),
  }),
});

/** What GetPermitApplicationById said: the record that PermitApplication wants back, and what we read in it. */
export interface PermitRecord {
  /** Every member as it came; the body of the permit is made from this. */
  readonly record: JsonObject;
  readonly approvalRequest: JsonObject;
  readonly json: string;
  readonly organizationId: string;
  readonly osType: number;
  readonly organizationHasElevation: boolean | null;
  /** Every `ringfenceActionId` in the record, whatever its type: they say whether the policy permits. */
  readonly ringfenceActionIds: readonly unknown[];
  readonly portalApiUrl: string | null;
  /** Not in the request itself: only this record carries what scanners said. */
  readonly scan: ScanResult;
  /** `certificates`: subjects of those that the vendor calls valid. */
  readonly file: FileIdentity & { readonly certificates: readonly string[] };
}

/**
 * Reads the permit record and holds it against the request that people see.
 * @throws VendorError when it can't be used, or speaks of another file
 */
export function toPermitRecord(body: JsonValue | null, request: ApprovalRequest): PermitRecord {
  const parsed = permitDto.safeParse(body);
  if (!parsed.success || !isJsonObject(body) || !isJsonObject(body['approvalRequest'])) {
    throw unusable('lacks what an approval needs');
  }
  const dto = parsed.data;
  const { subject } = request;
  const file = dto.fileDetails;
  const organizationId = dto.organizationId ?? request.organization.id;
  if (dto.osType === null || organizationId === null) throw unusable('names no operating system or no organization');
  // "This computer" is what the record's computer id says, and no flag.
  if (dto.approvalRequest.approvalRequestId === null || dto.computerId === null)
    throw unusable('names no request or no computer');
  if (dto.actionType === null || file.fullPath === null) throw unusable('names no action or no file');
  const disagrees =
    differ(dto.approvalRequest.approvalRequestId, request.vendorId) ||
    differ(dto.organizationId, request.organization.id) ||
    differ(dto.approvalRequest.organizationId, request.organization.id) ||
    differ(dto.approvalRequest.organizationName, request.organization.name) ||
    differ(dto.approvalRequest.computerId, request.computer.id) ||
    differ(dto.approvalRequest.hostname, request.computer.name) ||
    differ(dto.computerId, request.computer.id) ||
    differ(dto.actionType, request.vendorKind) ||
    differ(file.sha256, subject.sha256) ||
    differ(file.hash, subject.vendorHash) ||
    differ(file.fullPath, subject.path);
  if (disagrees) throw unusable('and the request itself speak of different files, computers or organizations');
  const certificates = certificatesIn(body);
  return {
    record: body,
    approvalRequest: body['approvalRequest'],
    json: dto.approvalRequest.json,
    organizationId,
    osType: dto.osType,
    organizationHasElevation: dto.organizationHasElevation,
    ringfenceActionIds: [dto.ringfenceActionId, dto.ringfencingOptions.ringfenceActionId].filter(isSaid),
    portalApiUrl: dto.approvalRequest.portalApiUrl ?? null,
    scan: scanIn(body['actionLog']),
    file: {
      hash: file.hash ?? subject.vendorHash,
      sha256: file.sha256 ?? subject.sha256,
      path: file.fullPath ?? subject.path,
      processPath: file.processPath ?? subject.process,
      certs: certificates,
      createdBys: file.createdByProcesses.length > 0 ? file.createdByProcesses : subject.createdBy,
      osType: dto.osType,
      certificates: certificates.flatMap((entry) =>
        isJsonObject(entry) && entry['validCert'] === true ? (text.parse(entry['subject']) ?? []) : [],
      ),
    },
  };
}

function certificatesIn(body: JsonObject): readonly JsonValue[] {
  const places = [
    memberOf(body['fileDetails'], 'certificates'),
    memberOf(memberOf(body['approvalRequest'], 'threatLockerActionDto'), 'certs'),
  ];
  return places.find(isJsonArray) ?? [];
}

function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(value) ? value[name] : undefined;
}

const isSaid = (value: unknown) => value !== null && value !== undefined;

/** What both sides say must be the same; what one leaves out can't contradict. */
function differ(a: string | null | undefined, b: string | null): boolean {
  return typeof a === 'string' && b !== null && a.toLowerCase() !== b.toLowerCase();
}

function unusable(what: string): VendorError {
  return new VendorError(
    'malformed',
    `ThreatLocker's permit record for this request ${what}. Nothing was sent; decide it in the portal.`,
  );
}

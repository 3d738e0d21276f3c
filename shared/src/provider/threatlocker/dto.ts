import * as z from 'zod';
import { flag, text, texts, whole } from '../wire.ts';

// ThreatLocker's records, as far as we read them. The OpenAPI document describes requests only; the names on the wire are
// camelCase even where it differs (`fullPath`, not `fullpath`: seen live). Whatever else a record holds is kept by those
// who hold the record itself.

/** An id that goes into headers and lists; what is no GUID is no id. */
export const guid = text.transform((value) => (value !== null && GUID.test(value) ? value : null));
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const certificate = z
  .object({
    sha: text,
    subject: text,
    validCert: flag,
    digestmismatch: z.union([z.boolean(), z.number().int()]).nullable().catch(null),
  })
  // One that can't be read is one of which nothing is known, not none.
  .catch({ sha: null, subject: null, validCert: null, digestmismatch: null });

const certificates = z.array(certificate).nullable().catch(null);

const actionDto = z.object({
  fullPath: text,
  hash: text,
  sha256: text,
  processName: text,
  certs: certificates,
  actionType: text,
  deviceType: text,
  size: whole,
  policyName: text,
  applicationName: text,
  installedBy: texts,
  monitorOnly: flag,
  remotePresence: flag,
  osType: whole,
});
const NO_ACTION = actionDto.parse({});

export const approvalRequestDto = z.object({
  approvalRequestId: text,
  organizationId: guid,
  organizationName: text,
  computerId: text,
  hostname: text,
  statusId: whole,
  dateTime: text,
  path: text,
  hash: text,
  username: text,
  requestor: text,
  requestorReason: text,
  requestorEmailAddress: text,
  comments: text,
  ticketId: text,
  approvedBy: text,
  actionDate: text,
  approvedByTierLevel: whole,
  pendingTierLevel: whole,
  assigneeUserId: text,
  assigneeUsername: text,
  isAssigned: flag,
  showMfaChallenge: flag,
  portalApiUrl: text,
  threatLockerActionDto: actionDto
    .nullable()
    .catch(null)
    .transform((action) => action ?? NO_ACTION),
});
export type ApprovalRequestDto = z.infer<typeof approvalRequestDto>;

export const applicationDto = z.object({
  applicationId: text,
  name: text,
  applicationName: text,
  organizationId: text,
  organizationName: text,
});

export const actionLogDto = z.object({
  dateTime: text,
  computerId: text,
  hostname: text,
  username: text,
  fullPath: text,
  sha256Hash: text,
  actionType: text,
  actionId: whole,
  action: text,
  isMonitorMode: flag,
  policyName: text,
  applicationName: text,
});
export type ActionLogDto = z.infer<typeof actionLogDto>;

export const dropdownOption = z.object({ label: text, value: text });

export const computerGroupDto = z.object({
  computerGroupId: text,
  name: text,
  organizationId: text,
  organizationName: text,
  osType: whole,
  isGlobal: flag,
});

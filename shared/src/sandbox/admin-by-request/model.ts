import type { JsonObject } from '../json.ts';

/** Codes as one integration copied them from the vendor's field table; an approved, unused request is `open`. */
export const StatusCode = {
  open: 0,
  running: 1,
  finished: 2,
  denied: 3,
  pending: 4,
  quarantined: 5,
  expired: 6,
} as const;

export interface PortalUser {
  readonly name: string;
  readonly email: string;
}

/** Every property is null for a session (seen in a sample); then scanResultCode is 0 all the same. */
export interface RequestedApplication {
  file: string | null;
  path: string | null;
  name: string | null;
  vendor: string | null;
  version: string | null;
  /** Upper case. */
  sha256: string | null;
  /** `Clean` `Malicious` `Suspicious`, or null where nothing was scanned. */
  scanResult: string | null;
  scanResultCode: number | null;
  threat: string | null;
}

export interface EngineResult {
  readonly engine: string;
  readonly scanResult: string;
  readonly scanResultCode: number;
  readonly threat: string | null;
}

export interface Computer {
  readonly id: number;
  readonly name: string;
  readonly platform: string;
  /** 0 Windows, 1 Mac, 2 Server. */
  readonly platformCode: number;
  readonly make: string;
  readonly model: string;
  /** What local times are ahead of UTC. */
  readonly hourOffset: number;
  /** Account of the person who usually works on it. */
  readonly ownerAccount: string;
}

export interface Requester {
  account: string;
  fullName: string;
  /** Typed in by the requester, as is the telephone number. */
  email: string;
  phone: string;
  isAdmin: boolean;
}

/** One request as the vendor holds it; it is an entry of the audit log at the same time. */
export interface StoredAdminByRequestRequest {
  readonly id: number;
  readonly traceNo: string;
  settingsName: string;
  /** 0 run as admin, 1 admin session, 2 server session. */
  typeCode: number;
  /** As stored; a look at the clock may turn it into `expired`. */
  statusCode: number;
  reason: string;
  approvedBy: string | null;
  approvedByEmail: string | null;
  deniedReason: string | null;
  deniedBy: string | null;
  deniedByEmail: string | null;
  /** Milliseconds UTC. */
  requestedAt: number;
  /** Milliseconds UTC of the decision. */
  decidedAt: number | null;
  /** .NET ticks of the last change. */
  changedTicks: bigint;
  application: RequestedApplication;
  user: Requester;
  computer: Computer;
  scanResults: EngineResult[];
  /** Old rows give the id as text (PDF), newer ones as a number. */
  idOnWire: 'string' | 'number';
  /** The documentation's sample and live samples differ in its case. */
  linkName: 'auditlogLink' | 'auditLogLink';
  /** Laid over the row wherever it is sent: unknown or ill-typed members, for tests. */
  wire: JsonObject;
}

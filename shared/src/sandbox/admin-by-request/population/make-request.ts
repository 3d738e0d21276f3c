import { fileHash, type Identities } from '../../random.ts';
import {
  type Computer,
  type RequestedApplication,
  type Requester,
  StatusCode,
  type StoredAdminByRequestRequest,
} from '../model.ts';
import { COMPUTERS } from './computers.ts';

/** A request to be made up: whatever is left out follows from its name and the seed. */
export interface AdminByRequestDraft
  extends Partial<Omit<StoredAdminByRequestRequest, 'id' | 'changedTicks' | 'application' | 'user' | 'computer'>> {
  /** Stable and unique. */
  readonly name?: string;
  readonly minutesAgo?: number;
  /** Null for the all-null object that sessions carry. */
  readonly application?: Partial<RequestedApplication> | null;
  readonly user?: Partial<Requester>;
  /** Name of a computer in the inventory. */
  readonly computer?: string;
}

export interface Setting {
  readonly ids: Identities;
  readonly now: () => number;
}

const NO_APPLICATION: RequestedApplication = {
  file: null,
  path: null,
  name: null,
  vendor: null,
  version: null,
  sha256: null,
  scanResult: null,
  scanResultCode: 0, // seen in a sample: not null like the rest
  threat: null,
};

export function makeRequest(
  { ids, now }: Setting,
  id: number,
  name: string,
  draft: AdminByRequestDraft,
  changedTicks: bigint,
): StoredAdminByRequestRequest {
  const { name: _, minutesAgo = 0, application, user, computer, ...rest } = draft;
  const where = computerNamed(computer);
  const account = user?.account ?? where.ownerAccount;
  // A copy throughout: what one sandbox changes, no other may see.
  return structuredClone({
    id,
    traceNo: String(30_000_000 + Number.parseInt(ids.hex(`trace/${name}`, 6), 16)),
    settingsName: 'Global',
    typeCode: 0,
    statusCode: StatusCode.pending,
    reason: '',
    approvedBy: null,
    approvedByEmail: null,
    deniedReason: null,
    deniedBy: null,
    deniedByEmail: null,
    requestedAt: now() - minutesAgo * 60_000,
    decidedAt: null,
    changedTicks,
    application: application === null ? { ...NO_APPLICATION } : { ...standardApplication(name), ...application },
    user: { ...requester(account), ...user },
    computer: where,
    scanResults: [],
    idOnWire: id % 2 === 0 ? 'number' : 'string',
    linkName: id % 3 === 0 ? 'auditLogLink' : 'auditlogLink',
    wire: {},
    ...rest,
  });
}

function computerNamed(name: string | undefined): Computer {
  const [first] = COMPUTERS;
  const found = name === undefined ? first : COMPUTERS.find((computer) => computer.name === name);
  if (found === undefined) throw new Error(`Admin By Request sandbox: no computer ${name}`);
  return found;
}

function standardApplication(name: string): RequestedApplication {
  return {
    file: `${name}.exe`,
    path: 'C:\\Users\\Public\\Downloads',
    name,
    vendor: null,
    version: '1.0.0',
    sha256: upperSha256(name),
    scanResult: 'Clean',
    scanResultCode: 0,
    threat: null,
  };
}

/** The same file as in the other vendor's sandbox, if the name is the same; upper case, as in the PDF. */
export function upperSha256(name: string): string {
  return fileHash('sha256', name).toUpperCase();
}

function requester(account: string): Requester {
  const login = account.split('\\').at(-1) ?? account;
  const fullName = login.replaceAll('.', ' ').replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
  return { account, fullName, email: `${login}@northwind.example`, phone: '+45 00 00 00 00', isAdmin: false };
}

import {
  type AccountId,
  type ApprovalRequest,
  isJsonObject,
  type JsonObject,
  type VendorId,
} from '../../approval/index.ts';
import { VendorError } from '../../http/index.ts';
import type { Ask, Connection } from './connection.ts';
import { toApprovalRequest } from './mapping.ts';
import { type Organization, readOrganizations } from './organizations.ts';

/** Organizations asked one by one for a request that is no longer in the queue; an MSP may have thousands. */
const MAX_ORGANIZATIONS = 50;

export interface Located {
  readonly request: ApprovalRequest;
  readonly raw: JsonObject;
}

export interface LocateQuestion {
  readonly account: AccountId;
  readonly ownOrganization: string | null;
  readonly includeChildOrganizations: boolean;
  /** Where the queue last showed the request; asks the queue when it never did. */
  readonly organizationOf: (id: VendorId) => Promise<string | null>;
}

/**
 * Reads one request. ThreatLocker answers only where the call names the organization that the request belongs to, which its
 * id doesn't tell: the queue does, and for what has left the queue each organization is asked.
 */
export async function locate(
  connection: Connection,
  id: VendorId,
  question: LocateQuestion,
  ask: Omit<Ask, 'organization'>,
): Promise<Located> {
  const failures: VendorError[] = [];
  /**
   * One that refuses the call, or answers with nothing that can be read, has not said that it doesn't know the request;
   * another may know it all the same.
   */
  const readIn = async (organization: string | null): Promise<Located | null> => {
    try {
      return await readById(connection, id, question.account, { ...ask, organization });
    } catch (error) {
      if (!(error instanceof VendorError) || (error.kind !== 'validation' && error.kind !== 'malformed')) throw error;
      failures.push(error);
      return null;
    }
  };
  const known = await question.organizationOf(id);
  const found = await readIn(known ?? question.ownOrganization);
  if (found) return found;
  if (known === null && question.includeChildOrganizations) {
    const organizations = await organizationsBelow(connection, { ...ask, organization: question.ownOrganization });
    for (const organization of organizations.slice(0, MAX_ORGANIZATIONS)) {
      const there = await readIn(organization.id);
      if (there) return there;
    }
    if (organizations.length > MAX_ORGANIZATIONS) {
      throw new VendorError(
        'validation',
        `The request is not in the queue, and only ${MAX_ORGANIZATIONS} of ${organizations.length} organizations were asked for it. Look in the portal, or use an account of its own organization.`,
      );
    }
  }
  const [failure] = failures;
  if (failure !== undefined) throw failure;
  throw new VendorError(
    'not-found',
    'ThreatLocker knows no request with this id in the organizations of this account. List the queue again; it may be another account.',
  );
}

/** A server without the address of this list has not said that it doesn't know the request. */
async function organizationsBelow(connection: Connection, ask: Ask): Promise<readonly Organization[]> {
  try {
    return await readOrganizations(connection, ask);
  } catch (error) {
    if (!(error instanceof VendorError) || error.kind !== 'not-found') throw error;
    throw new VendorError(
      'malformed',
      "ThreatLocker does not tell which organizations are below this account's, so they could not be asked for the request. Look in the portal, or use an account of its own organization.",
      { status: error.status, cause: error },
    );
  }
}

/**
 * `null`: the organization said that it has no such request.
 * @throws VendorError `validation` where the call was refused, `malformed` where the answer tells nothing of the request
 */
async function readById(connection: Connection, id: VendorId, account: AccountId, ask: Ask): Promise<Located | null> {
  let body: unknown;
  try {
    body = (await connection.get('ApprovalRequest/ApprovalRequestGetById', { approvalRequestId: id }, ask)).body;
  } catch (error) {
    if (error instanceof VendorError && (error.kind === 'not-found' || isUnloaded(error))) return null;
    throw error;
  }
  if (body === null) {
    throw new VendorError(
      'malformed',
      "ThreatLocker answered with nothing where it should have shown the request, which doesn't say that it is gone. Try again; if it stays so, look at it in the portal.",
    );
  }
  const request = toApprovalRequest(body, account);
  if (request === null || request.vendorId !== id || !isJsonObject(body)) {
    throw new VendorError(
      'malformed',
      "ThreatLocker's record of this request can't be read, or is of another request. Look at it in the portal.",
    );
  }
  return { request, raw: body };
}

/** HTTP 417 with "Missing Parameters. Unable to load details.", as seen live for an id that is unknown there. */
function isUnloaded({ kind, message }: VendorError): boolean {
  return kind === 'validation' && /unable to load details/i.test(message);
}

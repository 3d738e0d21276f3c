import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../approval/index.ts';
import { VendorError } from '../../http/index.ts';
import { text } from '../wire.ts';
import type { Answer, Ask, Connection } from './connection.ts';
import { guid } from './dto.ts';

export interface Organization {
  readonly id: string;
  readonly name: string;
}

/**
 * The organizations below the account's. The first address is named by the vendor's article without answer, and with a verb
 * that may be meant for another call; it stands in no other document, hence the last one, which clients use.
 */
export async function readOrganizations(connection: Connection, ask: Ask): Promise<readonly Organization[]> {
  const below = 'Organization/OrganizationGetChildrenIdsAndName';
  const answer =
    (await unlessMissing(connection.get(below, {}, ask))) ?? (await unlessMissing(connection.post(below, {}, ask)));
  const organizations = answer === null ? null : organizationsIn(answer);
  if (organizations !== null) return organizations;
  const all = await connection.get('Organization/OrganizationGetForMoveComputers', { searchText: '' }, ask);
  const reachable = organizationsIn(all);
  if (reachable === null) {
    throw new VendorError(
      'malformed',
      "ThreatLocker's list of organizations could not be read, so it is unknown which there are. Look in the portal.",
    );
  }
  // That list has the managed organization, too.
  return reachable.filter(({ id }) => id.toLowerCase() !== ask.organization?.toLowerCase());
}

/** `null`: nobody answers there, by this verb. */
async function unlessMissing(asked: Promise<Answer>): Promise<Answer | null> {
  try {
    return await asked;
  } catch (error) {
    if (isMissingAddress(error) || (error instanceof VendorError && error.kind === 'server')) return null;
    throw error;
  }
}

/** `null` when one of them can't be read: those that can would pass for all. */
function organizationsIn(answer: Answer): readonly Organization[] | null {
  const rows = answer.body ?? [];
  const organizations = isJsonArray(rows) ? rows.flatMap(organizationIn) : [];
  return isJsonArray(rows) && organizations.length === rows.length ? organizations : null;
}

/** An address that this server doesn't have: it may answer 404, or as an error of the call or of its own. */
export function isMissingAddress(error: unknown): boolean {
  return (
    error instanceof VendorError &&
    (error.kind === 'not-found' || error.kind === 'validation' || error.status === 405 || error.kind === 'malformed')
  );
}

function organizationIn(row: JsonValue): readonly Organization[] {
  if (!isJsonObject(row)) return [];
  const id = guid.parse(row['organizationId'] ?? row['id'] ?? row['value']);
  const name = text.parse(row['name'] ?? row['organizationName'] ?? row['displayName'] ?? row['label']);
  return id === null ? [] : [{ id, name: name ?? id }];
}

/**
 * The organizations above the one that a request comes from, nearest first, for PermitApplication's `organizationIds`.
 * `null` when nobody says: then nothing may be sent, because an empty list is right for the token's own organization only.
 */
export async function parentsOf(
  connection: Connection,
  permit: JsonObject,
  organization: string,
  ask: Ask,
): Promise<readonly string[] | null> {
  const isOther = (id: string) => id.toLowerCase() !== organization.toLowerCase();
  const inRecord = idsIn(permit['organizationIds']).filter(isOther);
  if (inRecord.length > 0) return inRecord;
  const actionLog = permit['actionLog'];
  const inActionLog = isJsonObject(actionLog) ? idsIn(actionLog['organizationParents']).filter(isOther) : [];
  if (inActionLog.length > 0) return inActionLog;
  return ancestorsIn(await readTree(connection, ask), organization.toLowerCase(), []);
}

/** The tree of the token's organizations; `null` when its role may not see it. */
async function readTree(connection: Connection, ask: Omit<Ask, 'organization'>): Promise<JsonValue> {
  try {
    return (await connection.get(NAVIGATION, { search: '' }, { ...ask, organization: null })).body;
  } catch (error) {
    if (error instanceof VendorError && (error.kind === 'permission' || isMissingAddress(error))) return null;
    throw error;
  }
}

/** Ids in a list, which says nothing at all if one of its entries can't be read. */
function idsIn(value: JsonValue | undefined): readonly string[] {
  if (!isJsonArray(value)) return [];
  const ids = value.map((entry) => guid.parse(isJsonObject(entry) ? entry['organizationId'] : entry));
  return ids.includes(null) ? [] : ids.filter((id) => id !== null).filter((id) => id !== ZERO_GUID);
}

/** The organization that the token itself belongs to; `null` when the tree doesn't tell. */
export async function ownOrganization(connection: Connection, ask: Omit<Ask, 'organization'>): Promise<string | null> {
  const tree = await readTree(connection, ask);
  const [root, ...others] = isJsonArray(tree) ? tree : [tree];
  return others.length === 0 && isJsonObject(root) && isRoot(root) ? guid.parse(root['organizationId']) : null;
}

const NAVIGATION = 'Organization/OrganizationGetListForNav';

export const ZERO_GUID = '00000000-0000-0000-0000-000000000000';

/** Looks the organization up in the tree of the token's organizations, whose roots have no ancestors. */
function ancestorsIn(node: JsonValue | undefined, wanted: string, above: readonly string[]): readonly string[] | null {
  if (isJsonArray(node)) {
    for (const child of node) {
      const found = ancestorsIn(child, wanted, above);
      if (found) return found;
    }
    return null;
  }
  // Below a row that is no root, or that can't be read, the ancestors would be a part of them.
  if (!isJsonObject(node) || (above.length === 0 && !isRoot(node))) return null;
  const id = guid.parse(node['organizationId']);
  if (id === null) return null;
  if (id.toLowerCase() === wanted) return above;
  return ancestorsIn(node['organizationHierarchyDtos'], wanted, [id, ...above]);
}

/** A row that names a parent which the answer doesn't show is no root. */
function isRoot(node: JsonObject): boolean {
  const parent = text.parse(node['parentId']);
  return parent === null || parent === ZERO_GUID;
}

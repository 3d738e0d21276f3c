import type { RecordedCall } from '../record.ts';
import { type ApiUser, type Organization, ZERO_GUID } from './model.ts';
import { missingPermission } from './permissions.ts';
import { badToken } from './refusals.ts';

/** The customers' tree. ThreatLocker's own "master" organization, which owns the built-ins, stands outside it. */
export interface Tenancy {
  readonly organizations: readonly Organization[];
  find(organizationId: string): Organization | undefined;
  /** Ids above the organization, the nearest first; empty at the top. */
  parents(organizationId: string): readonly string[];
  /** Ids below the organization: children, grandchildren, …; without itself. */
  below(organizationId: string): readonly string[];
}

export function tenancy(organizations: readonly Organization[]): Tenancy {
  const byId = new Map(organizations.map((organization) => [organization.organizationId, organization]));
  const parents = (id: string): string[] => {
    const above = byId.get(id)?.parentId;
    return above === undefined || above === null ? [] : [above, ...parents(above)];
  };
  const below = (id: string): string[] =>
    organizations
      .filter((organization) => organization.parentId === id)
      .flatMap(({ organizationId }) => [organizationId, ...below(organizationId)]);
  return { organizations, find: (id) => byId.get(id), parents, below };
}

export interface Caller {
  readonly user: ApiUser;
  /** The organization that the call acts on. */
  readonly organizationId: string;
}

/** Who calls, and on which organization: the ManagedOrganizationId header, else the token's own (KB; spec). */
export function identify(users: readonly ApiUser[], tree: Tenancy, call: RecordedCall): Caller {
  // Seen live: the raw token; a "Bearer " prefix is a bad token like any other.
  const user = users.find((candidate) => candidate.token === call.headers['authorization']);
  if (user === undefined) throw badToken();
  const header = (call.headers['managedorganizationid'] ?? '').trim().toLowerCase();
  const organizationId = header === '' || header === ZERO_GUID ? user.organizationId : header;
  const reachable = organizationId === user.organizationId || tree.below(user.organizationId).includes(organizationId);
  if (!reachable) throw missingPermission('');
  return { user, organizationId };
}

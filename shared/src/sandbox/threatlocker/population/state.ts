import type { Identities } from '../../random.ts';
import type { ThreatLockerQuirks, ThreatLockerState } from '../state.ts';
import { applications } from './applications.ts';
import { apiUsers, computerGroups, organizationTree } from './organizations.ts';

/** The vendor's data before any request. */
export function emptyState(ids: Identities, now: () => number, quirks: ThreatLockerQuirks): ThreatLockerState {
  const masterOrganizationId = ids.guid('organization/master');
  return {
    ids,
    now,
    quirks,
    instance: 'g',
    masterOrganizationId,
    tree: organizationTree(ids),
    users: apiUsers(ids),
    groups: computerGroups(ids),
    applications: applications(ids, masterOrganizationId),
    requests: new Map(),
    emptyListsServed: 0,
  };
}

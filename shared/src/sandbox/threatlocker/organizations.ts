import type { JsonObject } from '../json.ts';
import { emptyReply, jsonReply } from '../reply.ts';
import { dropdownOption } from './applications.ts';
import { type Endpoint, positive, queryParameter } from './endpoint.ts';
import { pageReply } from './paging.ts';
import { requireView } from './permissions.ts';
import type { ThreatLockerState } from './state.ts';

/** Named by seed 1 alone, without verb or shape: a GET with plain rows is this sandbox's choice. */
export const getChildrenIdsAndName: Endpoint = ({ state, caller }) => {
  if (state.quirks.childrenIdsAndName === 'not-found') return { reply: emptyReply(404) };
  const rows = state.tree.below(caller.organizationId).map((organizationId) => ({
    organizationId,
    name: nameOf(state, organizationId),
  }));
  return { reply: jsonReply(200, rows) };
};

/** GET OrganizationGetForMoveComputers: every organization that the token can reach (seen live: SC). */
export const getForMoveComputers: Endpoint = ({ state, caller, call }) => {
  const search = (queryParameter(call, 'searchText') ?? '').toLowerCase();
  const own = caller.user.organizationId;
  const rows = [own, ...state.tree.below(own)]
    .map((id) => dropdownOption(nameOf(state, id), id))
    .filter(({ label }) => String(label).toLowerCase().includes(search));
  return { reply: jsonReply(200, rows) };
};

/** GET OrganizationGetListForNav: the tree below the token's own organization, nested. */
export const getListForNav: Endpoint = ({ state, caller, call }) => {
  const search = (queryParameter(call, 'search') ?? '').toLowerCase();
  const roots = [branch(state, caller.user.organizationId)].filter((root) =>
    JSON.stringify(root).toLowerCase().includes(search),
  );
  const pageNumber = positive(Number(queryParameter(call, 'pageNumber') ?? 1), 1, 'pageNumber');
  const pageSize = positive(Number(queryParameter(call, 'pageSize') ?? 25), 25, 'pageSize');
  return { reply: pageReply(state, roots, pageNumber, pageSize) };
};

/** GET ComputerGroupGetForPermitApplication: the organization's groups for one system, and the global ones. */
export const getGroupsForPermit: Endpoint = ({ state, caller, call }) => {
  requireView(caller.user, caller.organizationId);
  const osType = Number(queryParameter(call, 'osType') ?? 0);
  const rows = state.groups
    .filter((group) => group.isGlobal || group.organizationId === caller.organizationId)
    .filter((group) => osType === 0 || group.osType === osType)
    .map((group) => ({
      computerGroupId: group.computerGroupId,
      name: group.name,
      organizationId: group.organizationId,
      organizationName: nameOf(state, group.organizationId),
      default: null,
      osType: group.osType,
      isGlobal: group.isGlobal,
    }));
  return { reply: jsonReply(200, rows) };
};

function branch(state: ThreatLockerState, organizationId: string): JsonObject {
  const children = state.tree.organizations.filter(({ parentId }) => parentId === organizationId);
  return {
    organizationId,
    name: nameOf(state, organizationId),
    parentId: state.tree.find(organizationId)?.parentId ?? null,
    organizationHierarchyDtos: children.map((child) => branch(state, child.organizationId)),
  };
}

function nameOf(state: ThreatLockerState, organizationId: string): string {
  return state.tree.find(organizationId)?.name ?? '';
}

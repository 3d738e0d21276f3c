import type { Identities } from '../../random.ts';
import type { ApiUser, ComputerGroup, Organization, OsType } from '../model.ts';
import type { Permission } from '../permissions.ts';
import { type Tenancy, tenancy } from '../tenancy.ts';

/** The managed service provider, two customers, each with a child, and one organization that is not its customer. */
const TREE = {
  northwind: { name: 'Northwind Managed IT', parent: null },
  contoso: { name: 'Contoso Dental Group', parent: 'northwind' },
  harbor: { name: 'Contoso Harbor Clinic', parent: 'contoso' },
  fabrikam: { name: 'Fabrikam Logistics', parent: 'northwind' },
  rotterdam: { name: 'Fabrikam Rotterdam Depot', parent: 'fabrikam' },
  adatum: { name: 'Adatum Foods', parent: null },
} as const;

export type OrganizationKey = keyof typeof TREE;
const KEYS = Object.keys(TREE) as OrganizationKey[];

export function organizationId(ids: Identities, key: OrganizationKey): string {
  return ids.guid(`organization/${key}`);
}

export function organizationTree(ids: Identities): Tenancy {
  return tenancy(
    KEYS.map((key): Organization => {
      const { name, parent } = TREE[key];
      return {
        organizationId: organizationId(ids, key),
        name,
        parentId: parent === null ? null : organizationId(ids, parent),
      };
    }),
  );
}

const GROUP_NAMES: readonly (readonly [string, OsType])[] = [
  ['Workstations', 1],
  ['Servers', 1],
  ['Macs', 2],
  ['Linux Servers', 3],
];

/** Four groups in every organization, and a global one for each system. */
export function computerGroups(ids: Identities): ComputerGroup[] {
  const group = (owner: OrganizationKey, name: string, osType: OsType, isGlobal: boolean): ComputerGroup => ({
    computerGroupId: ids.guid(`group/${owner}/${name}`),
    name,
    organizationId: organizationId(ids, owner),
    osType,
    isGlobal,
  });
  return [
    ...KEYS.flatMap((owner) => GROUP_NAMES.map(([name, osType]) => group(owner, name, osType, false))),
    group('northwind', 'Global - Windows', 1, true),
    group('northwind', 'Global - MAC', 2, true),
    group('northwind', 'Global - Linux', 3, true),
  ];
}

export function groupFor(ids: Identities, owner: OrganizationKey, osType: OsType): string {
  const name = GROUP_NAMES.find(([, system]) => system === osType)?.[0] ?? 'Workstations';
  return ids.guid(`group/${owner}/${name}`);
}

const EVERYTHING: readonly Permission[] = [
  'View Approvals',
  'View Unified Audit',
  'Approve for Entire Organization',
  'Elevation Administrator',
  'Manage Application Control Installation Mode',
  'Manage Application Control Learning Mode',
  'Manage Application Control Monitor Mode',
  'Edit Application Control Applications',
];

const OWN_TREE: readonly OrganizationKey[] = ['northwind', 'contoso', 'harbor', 'fabrikam', 'rotterdam'];

interface Role {
  readonly name: string;
  readonly home: OrganizationKey;
  readonly in: readonly OrganizationKey[];
  readonly permissions: readonly Permission[];
}

/** One API user for each case of least privilege. Nobody but `global` may approve for global groups. */
const ROLES = {
  main: { name: 'Northwind Approvals API', home: 'northwind', in: OWN_TREE, permissions: EVERYTHING },
  global: {
    name: 'Global Approver',
    home: 'northwind',
    in: OWN_TREE,
    permissions: [...EVERYTHING, 'Approve for Global'],
  },
  viewer: { name: 'Queue Viewer', home: 'northwind', in: OWN_TREE, permissions: ['View Approvals'] },
  applicationOnComputer: {
    name: 'Helpdesk Applications',
    home: 'northwind',
    in: OWN_TREE,
    permissions: ['Approve for Single Computer Application Only'],
  },
  computer: {
    name: 'Helpdesk Computers',
    home: 'northwind',
    in: OWN_TREE,
    permissions: ['Approve for Single Computer'],
  },
  group: { name: 'Helpdesk Groups', home: 'northwind', in: OWN_TREE, permissions: ['Approve for Group'] },
  withoutElevation: {
    name: 'Application Approver',
    home: 'northwind',
    in: OWN_TREE,
    permissions: ['View Approvals', 'Approve for Entire Organization', 'Edit Application Control Applications'],
  },
  ownOrganizationOnly: { name: 'Northwind Only', home: 'northwind', in: ['northwind'], permissions: EVERYTHING },
  customer: { name: 'Contoso Approver', home: 'contoso', in: ['contoso', 'harbor'], permissions: EVERYTHING },
} as const satisfies Record<string, Role>;

export type TokenName = keyof typeof ROLES;

/** The id of every organization. */
export function organizationIds(ids: Identities): Readonly<Record<OrganizationKey, string>> {
  return Object.fromEntries(KEYS.map((key) => [key, organizationId(ids, key)])) as Record<OrganizationKey, string>;
}

export function apiUsers(ids: Identities): ApiUser[] {
  return (Object.keys(ROLES) as TokenName[]).map((key) => {
    const role: Role = ROLES[key];
    return {
      userId: ids.guid(`user/${key}`),
      name: role.name,
      token: tokenOf(ids, key),
      organizationId: organizationId(ids, role.home),
      roles: new Map(role.in.map((where) => [organizationId(ids, where), new Set(role.permissions)])),
    };
  });
}

/** The token, or the name, of every API user. */
export function eachToken(ids: Identities, what: 'token' | 'name'): Readonly<Record<TokenName, string>> {
  const keys = Object.keys(ROLES) as TokenName[];
  return Object.fromEntries(keys.map((key) => [key, what === 'token' ? tokenOf(ids, key) : ROLES[key].name])) as Record<
    TokenName,
    string
  >;
}

function tokenOf(ids: Identities, key: TokenName): string {
  return ids.hex(`token/${key}`, 64); // 64 lower-case hexadecimal digits, as clients report
}

import { jsonReply, Refusal } from '../reply.ts';
import type { ApiUser } from './model.ts';

/** Exact names (KB, user permissions). */
export type Permission =
  | 'View Approvals'
  | 'View Unified Audit'
  | 'Approve for Single Computer Application Only'
  | 'Approve for Single Computer'
  | 'Approve for Group'
  | 'Approve for Entire Organization'
  | 'Approve for Global'
  | 'Elevation Administrator'
  | 'Manage Application Control Installation Mode'
  | 'Manage Application Control Learning Mode'
  | 'Manage Application Control Monitor Mode'
  | 'Edit Application Control Applications';

export type Scope = 'application-on-computer' | 'computer' | 'group' | 'organization' | 'global';

// KB: each wider permission contains the narrower ones.
const APPROVE_PERMISSIONS: readonly Permission[] = [
  'Approve for Single Computer Application Only',
  'Approve for Single Computer',
  'Approve for Group',
  'Approve for Entire Organization',
  'Approve for Global',
];

const NARROWEST: Readonly<Record<Scope, number>> = {
  'application-on-computer': 0,
  computer: 1,
  group: 2,
  organization: 3,
  global: 4,
};

function rolesIn(user: ApiUser, organizationId: string): ReadonlySet<Permission> {
  return user.roles.get(organizationId) ?? new Set();
}

export function mayView(user: ApiUser, organizationId: string): boolean {
  const roles = rolesIn(user, organizationId);
  return roles.has('View Approvals') || APPROVE_PERMISSIONS.some((permission) => roles.has(permission));
}

export function requireView(user: ApiUser, organizationId: string): void {
  if (!mayView(user, organizationId)) throw missingPermission('View Approvals');
}

/** The action log (one client's code, from the KB). */
export function mayViewAudit(user: ApiUser, organizationId: string): boolean {
  return rolesIn(user, organizationId).has('View Unified Audit');
}

export function requireApproval(user: ApiUser, organizationId: string, scope: Scope): void {
  const sufficient = APPROVE_PERMISSIONS.slice(NARROWEST[scope]);
  const roles = rolesIn(user, organizationId);
  if (!sufficient.some((permission) => roles.has(permission))) throw missingPermission(sufficient[0] ?? '');
}

export function requirePermission(user: ApiUser, organizationId: string, permission: Permission): void {
  if (!rolesIn(user, organizationId).has(permission)) throw missingPermission(permission);
}

/** Seen live with an empty name too: "Missing the '' permission". */
export function missingPermission(name: Permission | ''): Refusal {
  const message = `Missing the '${name}' permission`;
  return new Refusal(jsonReply(401, { message }), message);
}

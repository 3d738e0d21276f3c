export type { AuditDelta } from './audit-delta.ts';
export {
  type AdminByRequestOptions,
  type AdminByRequestProvider,
  createAdminByRequestProvider,
} from './provider.ts';
export type { Quota } from './quota.ts';

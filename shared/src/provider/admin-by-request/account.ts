import type { AccountId } from '../../approval/index.ts';

/** What this provider needs to know of a configured account. */
export interface AdminByRequestAccount {
  readonly id: AccountId;
  readonly provider: 'admin-by-request';
  /** `dc1`, `dc2`, …: which of the vendor's regions holds the tenant. */
  readonly dataCenter: string;
  /** Scheme and host, such as `https://dc1api.adminbyrequest.com`. */
  readonly baseUrl: string;
  readonly approverEmail?: string | undefined;
}

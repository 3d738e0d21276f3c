import type { AccountId, ApprovalRequest, RequestReference, VendorId } from '@countersign/shared/approval';
import { requestOf } from '../triage/request.ts';

type Change = { readonly [K in keyof ApprovalRequest]?: Partial<ApprovalRequest[K]> | ApprovalRequest[K] };

/** A request of a queue, plain but for what is given. */
export function waiting(reference: string, change: Change = {}): ApprovalRequest {
  const plain = requestOf({
    request: { os: 'windows', path: 'C:\\Program Files\\Tool\\tool.exe', reason: 'To draw plans' },
  });
  const [account = '', id = ''] = reference.split('/');
  const merged = Object.fromEntries(
    Object.entries(change).map(([key, value]) => {
      const own = plain[key as keyof ApprovalRequest];
      const isPart = typeof value === 'object' && value !== null && !Array.isArray(value);
      return [key, isPart && typeof own === 'object' ? { ...own, ...value } : value];
    }),
  );
  return {
    ...plain,
    ...merged,
    reference: reference as RequestReference,
    account: account as AccountId,
    vendorId: id as VendorId,
  };
}

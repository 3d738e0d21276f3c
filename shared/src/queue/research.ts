import type { ApprovalRequest } from '../approval/index.ts';
import { VendorError } from '../http/index.ts';
import type { Provider, ResearchReport } from '../provider/index.ts';

/**
 * What findings need beside the request itself; `null` where the vendor tells no more than the request does. It may fail by
 * itself, and then the request is shown without it.
 */
export async function readResearch(
  provider: Provider,
  request: ApprovalRequest,
  signal?: AbortSignal,
): Promise<ResearchReport | VendorError | null> {
  if (!provider.capabilities.permitOptions || request.unapprovable !== null) return null;
  return await provider.research(request.vendorId, undefined, signal).catch((error: unknown) => {
    if (error instanceof VendorError) return error;
    throw error;
  });
}

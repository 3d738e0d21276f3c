import { type AccountId, isJsonObject, type VendorId } from '../../approval/index.ts';
import { VendorError } from '../../http/index.ts';
import type { RequestReading } from '../provider.ts';
import { type Api, malformed } from './api.ts';
import { requestFrom } from './request.ts';

/** One request, whatever its status. @throws VendorError `not-found` where the vendor has none by that id */
export async function getRequest(
  api: Api,
  account: AccountId,
  id: VendorId,
  signal?: AbortSignal,
): Promise<RequestReading> {
  if (!/^\d+$/.test(id)) {
    throw new VendorError('not-found', `Admin By Request has no request "${id}": its ids are numbers.`, {
      neverSent: true,
    });
  }
  const raw = await api.value(`/requests/${id}?wantscandetails=1`, signal);
  const request = requestFrom(account, raw);
  if (request?.vendorId !== id || !isJsonObject(raw)) {
    throw malformed(`was asked for request ${id} and answered with something else. Try again.`);
  }
  return { request, raw };
}

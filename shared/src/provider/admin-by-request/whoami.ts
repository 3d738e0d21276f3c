import { VendorError } from '../../http/index.ts';
import type { Api } from './api.ts';
import { type Read, record, text } from './fields.ts';

const whoamiRecord = record({ tenantname: text, apiurl: text });
export type Whoami = Read<typeof whoamiRecord>;

/**
 * What the key belongs to; `null` where the data centre has no /whoami, which the vendor's own pages don't mention: it may
 * then answer 404, refuse the method or the call, or lead elsewhere.
 */
export async function readWhoami(api: Api, signal?: AbortSignal): Promise<Whoami | null> {
  try {
    return whoamiRecord.parse(await api.value('/whoami', signal));
  } catch (error) {
    if (error instanceof VendorError && isMissing(error)) return null;
    throw error;
  }
}

function isMissing({ kind, status = 0 }: VendorError): boolean {
  return kind === 'not-found' || kind === 'validation' || (status >= 300 && status <= 399);
}

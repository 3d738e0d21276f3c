import { parseReference, type VendorId } from '@countersign/shared/approval';
import type { AccountEntry } from '@countersign/shared/provider';
import { NothingThere, type ToolCall } from './tool.ts';

/** Finds the request's account among those that assistants may see. @throws NothingThere */
export function locate(call: ToolCall, reference: string): { readonly entry: AccountEntry; readonly id: VendorId } {
  const parsed = parseReference(reference);
  const entry = call.accounts.of(reference);
  if (!parsed)
    throw new NothingThere('That is no reference. A reference looks like "account/id"; take one from list_pending.');
  if (!entry) throw new NothingThere(`There is no account "${parsed.account}". list_accounts shows those there are.`);
  return { entry, id: parsed.vendorId };
}

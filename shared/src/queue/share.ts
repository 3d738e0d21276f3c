import type { ApprovalRequest, RequestReference } from '../approval/index.ts';
import { mapInSlices } from './in-slices.ts';

/** What a snapshot doesn't keep: for want of it alone a request is no other. */
export const NOT_IN_SNAPSHOTS: ReadonlySet<string> = new Set<keyof ApprovalRequest | 'phone'>([
  'traceNo',
  'links',
  'decided',
  'phone',
]);

/**
 * The requests of a new reading, each the very object that it was where nothing in it has changed, and the very list where
 * nothing at all has: views compare by identity.
 *
 * @param except names of fields that may differ
 */
export async function sharedRequests(
  before: readonly ApprovalRequest[],
  now: readonly ApprovalRequest[],
  except: ReadonlySet<string> = new Set(),
): Promise<readonly ApprovalRequest[]> {
  if (before.length === 0) return now;
  const known = new Map<RequestReference, ApprovalRequest>();
  await mapInSlices(before, (request) => known.set(request.reference, request));
  let isSame = before.length === now.length;
  const shared = await mapInSlices(now, (request, index) => {
    const old = known.get(request.reference);
    const kept = old !== undefined && isSameData(old, request, except) ? old : request;
    isSame &&= kept === before[index];
    return kept;
  });
  return isSame ? before : shared;
}

/** Whether two values of JSON say the same. */
export function isSameData(one: unknown, other: unknown, except: ReadonlySet<string> = new Set()): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [ours, theirs] = [one as Readonly<Record<string, unknown>>, other as Readonly<Record<string, unknown>>];
  const keys = Object.keys(ours);
  if (keys.length !== Object.keys(theirs).length) return false;
  return keys.every(
    (key) => Object.hasOwn(theirs, key) && (except.has(key) || isSameData(ours[key], theirs[key], except)),
  );
}

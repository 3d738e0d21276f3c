import type { GroupOfRequests } from '@countersign/shared/queue';

/**
 * A group stays where it is while somebody looks, though its first request be decided; a new one comes behind the one that it
 * follows.
 *
 * @param groups by their key, in the order in which they would stand otherwise
 * @param before as they stood
 */
export function keptOrder(
  groups: ReadonlyMap<string, GroupOfRequests>,
  before: readonly GroupOfRequests[],
): readonly GroupOfRequests[] {
  if (before.length === 0) return [...groups.values()];
  const stay = new Set<string>();
  for (const { key } of before) if (groups.has(key)) stay.add(key);
  const behind = new Map<string | null, GroupOfRequests[]>();
  let last: string | null = null;
  for (const [key, group] of groups) {
    if (stay.has(key)) {
      last = key;
      continue;
    }
    const followers = behind.get(last);
    if (followers) followers.push(group);
    else behind.set(last, [group]);
  }
  const order = [...(behind.get(null) ?? [])];
  for (const key of stay) {
    const group = groups.get(key);
    if (group) order.push(group, ...(behind.get(key) ?? []));
  }
  return order;
}

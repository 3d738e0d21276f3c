import type { ApprovalRequest } from '../approval/index.ts';
import { compareKeys, type Sorting, type SortKey, sortKey } from './view.ts';

export interface Page {
  readonly requests: readonly ApprovalRequest[];
  readonly nextCursor: string | null;
}

/**
 * A page after the row that the cursor names. The cursor holds that row's place, not a count, so that rows which come or go
 * meanwhile neither repeat nor hide others. `null`: the cursor is none of ours, or belongs to another order.
 */
export function pageOf(
  sorted: readonly ApprovalRequest[],
  sorting: Sorting,
  limit: number,
  cursor: string | undefined,
): Page | null {
  const after = cursor === undefined ? null : readCursor(cursor, sorting);
  if (cursor !== undefined && after === null) return null;
  const rest = after === null ? sorted : sorted.filter((request) => compareKeys(sortKey(request), after, sorting) > 0);
  const requests = rest.slice(0, limit);
  const last = requests.at(-1);
  return { requests, nextCursor: last && rest.length > requests.length ? writeCursor(sortKey(last), sorting) : null };
}

function writeCursor(key: SortKey, sorting: Sorting): string {
  return Buffer.from(JSON.stringify([sorting, ...key])).toString('base64url');
}

function readCursor(cursor: string, sorting: Sorting): SortKey | null {
  try {
    const [order, time, reference, ...more]: unknown[] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const isKey = (typeof time === 'string' || time === null) && typeof reference === 'string' && more.length === 0;
    return isKey && order === sorting ? [time, reference] : null;
  } catch {
    return null;
  }
}

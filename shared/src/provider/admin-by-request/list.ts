import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type AccountId,
  type ApprovalRequest,
  isHandled,
  type JsonValue,
  type VendorId,
} from '../../approval/index.ts';
import type { Listing } from '../provider.ts';
import { type Api, malformed } from './api.ts';
import { query } from './paths.ts';
import { idOf, requestFrom } from './request.ts';

/** The vendor's maximum. */
const PAGE = 1000;
/** The vendor's default: a page of this length or more need not be the last, whatever was asked for. */
const SHORTEST_FULL_PAGE = 50;
const MOST_PAGES = 200;
/** Rows that are read in one turn: a few milliseconds. */
const AT_ONCE = 100;

/**
 * Everything that waits. Quarantined requests are read first, so that one which the vendor releases meanwhile is found
 * among the pending ones rather than missed.
 */
export async function listWaiting(api: Api, account: AccountId, signal?: AbortSignal): Promise<Listing> {
  const rows = [...(await everyRow(api, 'quarantined', signal)), ...(await everyRow(api, 'pending', signal))];
  const requests = new Map<VendorId, ApprovalRequest>();
  let unreadable = 0;
  for (const [index, row] of rows.entries()) {
    // Thousands at once would hold up whatever else the process does, such as drawing.
    if (index % AT_ONCE === 0) await nextTurn();
    const request = requestFrom(account, row);
    if (request === null) unreadable += 1;
    else requests.set(request.vendorId, request);
  }
  return {
    // The vendor may count as waiting what was decided since; an unknown status stays, to be looked at.
    requests: [...requests.values()].filter((request) => !isHandled(request.status)).sort(byId),
    notes:
      unreadable === 0
        ? []
        : [
            `Admin By Request listed ${unreadable} ${unreadable === 1 ? 'entry' : 'entries'} without a readable id, which can't be shown here. Look in its portal.`,
          ],
  };
}

async function everyRow(api: Api, status: string, signal?: AbortSignal): Promise<readonly JsonValue[]> {
  const rows: JsonValue[] = [];
  let last: bigint | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const startid: string | undefined = last === null ? undefined : String(last + 1n);
    const read = await api.rows(`/requests${query({ status, wantscandetails: 1, take: PAGE, startid })}`, signal);
    rows.push(...read);
    if (read.length < SHORTEST_FULL_PAGE) return rows;
    const highest = highestId(read);
    if (highest === null || (last !== null && highest <= last)) break;
    last = highest;
  }
  throw malformed(
    `does not come to the end of its ${status} requests, so that the queue can't be read whole. Try again; if it stays so, look in its portal.`,
  );
}

function highestId(rows: readonly JsonValue[]): bigint | null {
  return rows.reduce<bigint | null>((highest, row) => {
    const id = idOf(row);
    return id === null || (highest !== null && BigInt(id) <= highest) ? highest : BigInt(id);
  }, null);
}

function byId(a: ApprovalRequest, b: ApprovalRequest): number {
  return BigInt(a.vendorId) < BigInt(b.vendorId) ? -1 : 1;
}

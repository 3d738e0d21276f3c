import { setImmediate as turn } from 'node:timers/promises';
import type { JsonValue } from '../../approval/index.ts';
import { idOf } from './request.ts';

/** The vendor's maximum for requests; of the audit log it gives ten times as many, and asks not to be asked for them often. */
export const PAGE = 1000;
/** The vendor's default: a page of this length or more need not be the last, whatever was asked for. */
const SHORTEST_FULL_PAGE = 50;
const MOST_PAGES = 10_000;

/** A page of a list in the order of ids. */
export interface Page {
  readonly rows: readonly JsonValue[];
  /** The highest id on it; `null` where none can be read. */
  readonly highest: string | null;
}

/**
 * Page after page from `startid` on, each asked for while the one before is worked on. Ends without a last page where the
 * vendor's answers lead nowhere.
 * @returns whether the end was reached
 */
export async function* pagesFrom(
  startid: string | null,
  readPage: (startid: string | undefined) => Promise<readonly JsonValue[]>,
): AsyncGenerator<Page, boolean> {
  let last = startid === null ? null : BigInt(startid) - 1n;
  let coming = readPage(startid ?? undefined);
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const rows = await coming;
    const highest = highestId(rows);
    const isLast = rows.length < SHORTEST_FULL_PAGE;
    const goesOn = highest !== null && (last === null || highest > last);
    if (!isLast && goesOn) {
      coming = readPage(String(highest + 1n));
      // Whoever ends before it comes has no use for its failure.
      coming.catch(() => undefined);
      await leave();
    }
    yield { rows, highest: highest === null ? null : String(highest) };
    if (isLast) return true;
    if (!goesOn) return false;
    last = highest;
  }
  return false;
}

/** A call that was begun leaves in the second turn of the loop, which the work on a page would keep it from. */
async function leave(): Promise<void> {
  await turn();
  await turn();
}

function highestId(rows: readonly JsonValue[]): bigint | null {
  let highest = '';
  for (const row of rows) {
    const id = idOf(row) ?? '';
    if (isHigher(id, highest)) highest = id;
  }
  return highest === '' ? null : BigInt(highest);
}

/** Digits of one length stand in the order of their numbers; thousands of numbers needn't be made for that. */
export function isHigher(id: string, other: string): boolean {
  return id.length > other.length || (id.length === other.length && id > other);
}

import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type AccountId,
  type ApprovalRequest,
  isHandled,
  isJsonObject,
  type JsonValue,
  type VendorId,
} from '../../approval/index.ts';
import { VendorError } from '../../http/index.ts';
import type { Listing } from '../provider.ts';
import { type Ask, type Connection, rowsOf } from './connection.ts';
import { toApprovalRequest } from './mapping.ts';
import { type Totals, totalsOf } from './totals.ts';

const PENDING = 1;
/** Escalated to the MSP, escalated by the customer. */
const ESCALATED = [13, 17] as const;

/** Portal users page by 25 to 500; 50 to 200 is said to be fastest. */
export const PAGE_SIZE = 200;
const MAX_PAGES = 500;
const WALKS = 3;

export interface QueueQuestion {
  readonly account: AccountId;
  readonly includeChildOrganizations: boolean;
  readonly ask: Ask;
}

/** Everything that waits: pending, and escalated where the server lists it. Whole, or an error. */
export async function readQueue(connection: Connection, question: QueueQuestion): Promise<Listing> {
  const notes: string[] = [];
  const pending = await readStatus(pagesOf(connection, question, PENDING), question.account);
  const escalated: Rows[] = [];
  for (const status of ESCALATED) {
    const pages = pagesOf(connection, { ...question, ask: { ...question.ask, retries: 1 } }, status);
    let isListed = false;
    try {
      escalated.push(
        await readStatus(async (number) => {
          const page = await pages(number);
          isListed = true;
          return page;
        }, question.account),
      );
    } catch (error) {
      if (isListed || !refusesStatus(error)) throw error;
      notes.push(
        `This ThreatLocker server does not list requests with status ${status} (escalated); look for them in the portal.`,
      );
    }
  }
  const all = [pending, ...escalated];
  const unreadable = all.reduce((sum, rows) => sum + rows.unreadable, 0);
  if (unreadable > 0) {
    notes.push(
      `${unreadable} ${unreadable === 1 ? 'entry' : 'entries'} of the queue could not be read; look in the portal.`,
    );
  }
  // A request that was escalated between two readings stands in both; the later reading is right.
  const byId = new Map<VendorId, ApprovalRequest>();
  for (const rows of all) for (const [id, request] of rows.requests) byId.set(id, request);
  return { requests: [...byId.values()], notes };
}

/** Servers that don't know a status answer with a validation error or an opaque HTTP 500. */
export function refusesStatus(error: unknown): boolean {
  return (
    error instanceof VendorError && (error.kind === 'validation' || (error.kind === 'server' && error.status === 500))
  );
}

interface Rows {
  readonly requests: ReadonlyMap<VendorId, ApprovalRequest>;
  readonly unreadable: number;
}

interface Page {
  readonly rows: readonly JsonValue[];
  readonly totals: Totals | null;
}
type ReadPage = (number: number) => Promise<Page>;

function pagesOf(connection: Connection, question: QueueQuestion, status: number): ReadPage {
  return async (number) => {
    const answer = await connection.post(
      'ApprovalRequest/ApprovalRequestGetByParameters',
      {
        // `statusId` must be sent: without it the server fails with HTTP 500, whatever its document says (seen live).
        statusId: status,
        orderBy: 'dateTime',
        // Oldest first, so that what arrives meanwhile comes on a later page.
        isAscending: true,
        pageNumber: number,
        pageSize: PAGE_SIZE,
        showChildOrganizations: question.includeChildOrganizations,
        showCurrentTierOnly: false,
      },
      question.ask,
    );
    return { rows: rowsOf(answer, 'requests'), totals: totalsOf(answer.headers) };
  };
}

/**
 * The list moves while it is paged by offset: what is decided meanwhile pulls a later row onto a page already read. So the
 * walk is repeated until nothing has moved in it and it holds as many rows as the server counts.
 */
async function readStatus(readPage: ReadPage, account: AccountId): Promise<Rows> {
  let problem = '';
  for (let walk = 0; walk < WALKS; walk += 1) {
    const pages = await walkPages(readPage);
    if (await hasMoved(pages, readPage)) {
      problem = "ThreatLocker's queue kept changing while it was read.";
      continue;
    }
    const { counted, ...rows } = await readRows(pages, account);
    const listed = rows.requests.size + rows.unreadable;
    if (counted === null || listed >= counted) return rows;
    problem = `ThreatLocker counts ${counted} requests in its queue and listed ${listed} of them.`;
  }
  throw new VendorError('malformed', `${problem} Try again in a moment.`);
}

async function walkPages(readPage: ReadPage): Promise<readonly Page[]> {
  const pages: Page[] = [];
  const seen = new Set<string>();
  while (pages.length < MAX_PAGES) {
    const page = await readPage(pages.length + 1);
    pages.push(page);
    // A server that pays no attention to the page's number gives the same rows for ever.
    const isNew = page.rows.map(rowKey).filter((key) => !seen.has(key) && seen.add(key)).length > 0;
    if (!isNew || (page.totals !== null && pages.length >= page.totals.pages)) return pages;
  }
  throw new VendorError('malformed', `ThreatLocker's queue has more than ${MAX_PAGES} pages; it was not read.`);
}

/**
 * Whether a page before the last reads otherwise now: only then can a row have slipped past the walk. The number that the
 * server counts would not tell, because another row may have come meanwhile.
 */
async function hasMoved(pages: readonly Page[], readPage: ReadPage): Promise<boolean> {
  for (const [index, before] of pages.slice(0, -1).entries()) {
    const now = await readPage(index + 1);
    if (now.rows.length !== before.rows.length) return true;
    if (now.rows.some((row, at) => rowKey(row) !== rowKey(before.rows[at]))) return true;
  }
  return false;
}

/** A row's own id; of a row without one all that it holds. */
export function rowKey(row: JsonValue | undefined): string {
  const id = isJsonObject(row) ? row['approvalRequestId'] : null;
  return typeof id === 'string' ? id : JSON.stringify(row ?? null);
}

async function readRows(
  pages: readonly Page[],
  account: AccountId,
): Promise<Rows & { readonly counted: number | null }> {
  const requests = new Map<VendorId, ApprovalRequest>();
  let unreadable = 0;
  // The last count that there is: an empty page in the place of a later one may come without any.
  let counted = pages.findLast(({ totals }) => totals !== null)?.totals?.items ?? null;
  for (const { rows } of pages) {
    // Thousands at once would hold up whatever else the process does, such as drawing.
    await nextTurn();
    for (const row of rows) {
      const request = toApprovalRequest(row, account);
      if (request === null) unreadable += 1;
      else if (!isHandled(request.status)) requests.set(request.vendorId, request);
      else counted = counted === null ? null : counted - 1;
    }
  }
  return { requests, unreadable, counted };
}

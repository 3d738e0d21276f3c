import type { AccountId, ApprovalRequest, VendorId } from '../../approval/index.ts';
import { VendorError } from '../../http/index.ts';
import type { Listing } from '../provider.ts';
import { type Ask, type Connection, rowsOf } from './connection.ts';
import { toApprovalRequest } from './mapping.ts';

const PENDING = 1;
/** Escalated to the MSP, escalated by the customer. */
const ESCALATED = [13, 17] as const;

/** Portal users page by 25 to 500; 50 to 200 is said to be fastest. */
const PAGE_SIZE = 200;
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
  const pending = await readStatus(connection, question, PENDING);
  const escalated: Rows[] = [];
  for (const status of ESCALATED) {
    try {
      escalated.push(await readStatus(connection, { ...question, ask: { ...question.ask, retries: 1 } }, status));
    } catch (error) {
      if (!refusesStatus(error)) throw error;
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
function refusesStatus(error: unknown): boolean {
  return (
    error instanceof VendorError && (error.kind === 'validation' || (error.kind === 'server' && error.status === 500))
  );
}

interface Rows {
  readonly requests: ReadonlyMap<VendorId, ApprovalRequest>;
  readonly unreadable: number;
}

/**
 * The list moves while it is paged by offset: what is decided meanwhile pulls a later row onto a page already read.
 * So the walk is repeated until it holds as many rows as the server counts.
 */
async function readStatus(connection: Connection, question: QueueQuestion, status: number): Promise<Rows> {
  for (let walk = 0; walk < WALKS; walk += 1) {
    const { rows, counted } = await walkPages(connection, question, status);
    if (counted === null || rows.requests.size + rows.unreadable >= counted) return rows;
  }
  throw new VendorError('malformed', "ThreatLocker's queue kept changing while it was read. Try again in a moment.");
}

async function walkPages(
  connection: Connection,
  question: QueueQuestion,
  status: number,
): Promise<{ readonly rows: Rows; readonly counted: number | null }> {
  const requests = new Map<VendorId, ApprovalRequest>();
  let unreadable = 0;
  let counted: number | null = null;
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const answer = await connection.post(
      'ApprovalRequest/ApprovalRequestGetByParameters',
      {
        // `statusId` must be sent: without it the server fails with HTTP 500, whatever its document says (seen live).
        statusId: status,
        orderBy: 'dateTime',
        // Oldest first, so that what arrives meanwhile comes on a later page.
        isAscending: true,
        pageNumber: page,
        pageSize: PAGE_SIZE,
        showChildOrganizations: question.includeChildOrganizations,
        showCurrentTierOnly: false,
      },
      question.ask,
    );
    const rows = rowsOf(answer, 'requests');
    const totals = totalsOf(answer.headers);
    counted = totals?.items ?? counted;
    const before = requests.size;
    for (const row of rows) {
      const request = toApprovalRequest(row, question.account);
      if (request === null) unreadable += 1;
      else if (request.status !== 'approved' && request.status !== 'denied') requests.set(request.vendorId, request);
      else counted = counted === null ? null : counted - 1;
    }
    const isLast = totals === null ? rows.length === 0 || requests.size === before : page >= totals.pages;
    if (isLast) return { rows: { requests, unreadable }, counted };
  }
  throw new VendorError('malformed', `ThreatLocker's queue has more than ${MAX_PAGES} pages; it was not read.`);
}

/** The `pagination` header, seen live: `{"currentPage","itemsPerPage","totalItems","totalPages",…}`. Absent on some servers. */
function totalsOf(headers: Headers): { readonly items: number; readonly pages: number } | null {
  const header = headers.get('pagination');
  if (header === null) return null;
  try {
    const { totalItems, totalPages } = JSON.parse(header) as { totalItems?: unknown; totalPages?: unknown };
    return typeof totalItems === 'number' && typeof totalPages === 'number'
      ? { items: totalItems, pages: totalPages }
      : null;
  } catch {
    return null;
  }
}

import * as z from 'zod';
import {
  type ApprovalRequest,
  type JsonValue,
  type RequestReference,
  referenceTo,
  type VendorId,
} from '../../approval/index.ts';
import { VendorError } from '../../http/index.ts';
import type { PulledRequest, PulledSoFar, PullPart, Told } from '../provider.ts';
import { type Connection, rowsOf } from './connection.ts';
import { DECIDED_STATUSES, type DecidedStatus, SHORTEST_FULL_PAGE } from './decided.ts';
import { toApprovalRequest } from './mapping.ts';
import { PAGE_SIZE, type QueueQuestion, readQueue, refusesStatus, rowKey } from './queue.ts';
import { type Totals, totalsOf } from './totals.ts';

const HOUR = 60 * 60_000;
/** A decision may become visible after later ones; nothing documents how late. */
const LATE = HOUR;
const PART = 1000;
const MOST_PAGES = 5000;

/** For each list of decided requests the time of the newest that was read when all before it had been, ISO 8601 UTC. */
const pullCursor = z.object({ decidedUntil: z.record(z.string(), z.string()) });
type PullCursor = z.infer<typeof pullCursor>;

export interface PullQuestion extends QueueQuestion {
  readonly connection: Connection;
  /** One request, in the organization that it was last seen in. @throws VendorError `not-found` */
  readonly get: (id: VendorId, organization: string | null) => Promise<ApprovalRequest>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The whole queue, what is new in the lists of decided requests, and by id whatever waited and stands in none of them. */
export async function* pullRequests(question: PullQuestion, soFar: PulledSoFar): AsyncGenerator<PullPart> {
  const cursor = readCursor(soFar.cursor, question.now());
  const missing = new Map(await soFar.open());
  const queue = await readQueue(question.connection, question);
  for (let from = 0; from < queue.requests.length; from += PART) {
    yield seen(queue.requests.slice(from, from + PART), missing);
  }
  const notes = [...queue.notes];
  const decidedUntil = { ...cursor.decidedUntil };
  for (const status of DECIDED_STATUSES) {
    try {
      const walk = readDecided(question, status, startOf(decidedUntil[status.id], soFar.since));
      for (;;) {
        const { value, done } = await walk.next();
        if (done) {
          notes.push(...value.notes);
          if (value.newest !== null) decidedUntil[status.id] = later(decidedUntil[status.id], value.newest);
          break;
        }
        yield seen(value, missing);
      }
    } catch (error) {
      if (!status.mayBeRefused || !refusesStatus(error)) throw error;
      notes.push(
        `This ThreatLocker server does not list requests with status ${status.id} (${status.name}); each that waited is asked for by its id.`,
      );
    }
  }
  const refused = new Map<string, RequestReference[]>();
  for (const [id, { organization }] of missing) {
    const answer = await asked(question, id, organization);
    if (!(answer instanceof VendorError)) yield answer;
    else refused.set(answer.message, [...(refused.get(answer.message) ?? []), referenceTo(question.account, id)]);
  }
  for (const [why, references] of refused) notes.push(noteOnRefused(references, why));
  yield { requests: [], gone: [], cursor: JSON.stringify({ decidedUntil }), notes };
}

/**
 * One of another version counts as none, as does a time that is still to come, which a wrong clock has left: then everything
 * is read, and what was told before is known to be.
 */
function readCursor(text: string | null, now: number): PullCursor {
  const read = text === null ? undefined : pullCursor.safeParse(JSON.parse(text)).data;
  const known = Object.entries(read?.decidedUntil ?? {}).filter(([, until]) => Date.parse(until) <= now);
  return { decidedUntil: Object.fromEntries(known) };
}

function seen(requests: readonly ApprovalRequest[], missing: Map<VendorId, Told>): PullPart {
  for (const { vendorId } of requests) missing.delete(vendorId);
  return { requests: requests.map(pulled), gone: [], notes: [] };
}

function pulled(request: ApprovalRequest): PulledRequest {
  return { id: request.vendorId, read: () => request };
}

/** Decided before this needn't be read, milliseconds since 1970; `null`: everything is read. */
function startOf(until: string | undefined, since: number | null): number | null {
  if (until !== undefined) return Date.parse(until) - LATE;
  return since;
}

function later(one: string | undefined, other: string): string {
  return one === undefined || one < other ? other : one;
}

interface Walked {
  readonly newest: string | null;
  readonly notes: readonly string[];
}

/**
 * Newest first, so that what is decided meanwhile moves rows back to where they are still met, until all was decided before.
 * @throws VendorError `malformed` where the list ends before it holds as many as the server counts
 */
async function* readDecided(
  question: PullQuestion,
  status: DecidedStatus,
  start: number | null,
): AsyncGenerator<readonly ApprovalRequest[], Walked> {
  let newest: string | null = null;
  let unreadable = 0;
  const keys = new Set<string>();
  const ids = new Set<VendorId>();
  /** By the first page, since what is decided meanwhile stands before it. */
  let counted: number | null = null;
  for (let number = 1; number <= MOST_PAGES; number += 1) {
    const { rows, totals } = await readPage(question, status, number);
    const requests = rows.flatMap((row) => toApprovalRequest(row, question.account) ?? []);
    unreadable += rows.length - requests.length;
    const times = requests.map(({ decided }) => decided?.at ?? null);
    // A decision dated in the future would hide those that come after it.
    const now = question.now();
    for (const time of times) if (time !== null && Date.parse(time) <= now) newest = later(newest ?? undefined, time);
    counted ??= totals?.items ?? null;
    const before = keys.size;
    for (const row of rows) keys.add(rowKey(row));
    for (const { vendorId } of requests) ids.add(vendorId);
    yield requests;
    const isOld =
      start !== null && times.length > 0 && times.every((time) => time !== null && Date.parse(time) < start);
    const walked = { newest, notes: notesOn(status, unreadable) };
    if (isOld) return walked;
    const isLast = totals === null ? rows.length < SHORTEST_FULL_PAGE : number >= totals.pages;
    // A server that pays no attention to the page's number gives the same rows for ever.
    if (!isLast && keys.size > before) continue;
    const listed = ids.size + unreadable;
    if (counted === null || listed >= counted) return walked;
    throw new VendorError(
      'malformed',
      `ThreatLocker counts ${counted} requests with status ${status.id} (${status.name}) and listed ${listed} of them. They are read again with the next pull.`,
    );
  }
  throw new VendorError(
    'malformed',
    `ThreatLocker's list of requests with status ${status.id} (${status.name}) has more than ${MOST_PAGES} pages; it was read in part.`,
  );
}

function notesOn({ name }: DecidedStatus, unreadable: number): readonly string[] {
  if (unreadable === 0) return [];
  return [
    `${unreadable} ${unreadable === 1 ? 'entry' : 'entries'} among the requests that are ${name} could not be read; look in the portal.`,
  ];
}

async function readPage(
  { connection, includeChildOrganizations, ask }: PullQuestion,
  { id, mayBeRefused }: DecidedStatus,
  pageNumber: number,
): Promise<{ readonly rows: readonly JsonValue[]; readonly totals: Totals | null }> {
  const answer = await connection.post(
    'ApprovalRequest/ApprovalRequestGetByParameters',
    {
      statusId: id,
      orderBy: 'actiondate',
      isAscending: false,
      pageNumber,
      pageSize: PAGE_SIZE,
      showChildOrganizations: includeChildOrganizations,
      showCurrentTierOnly: false,
    },
    mayBeRefused ? { ...ask, retries: 1 } : ask,
  );
  return { rows: rowsOf(answer, 'requests'), totals: totalsOf(answer.headers) };
}

/** @returns the vendor's refusal where it keeps one request to itself: that one stays open, and holds up no other */
async function asked(
  { get }: PullQuestion,
  id: VendorId,
  organization: string | null,
): Promise<PullPart | VendorError> {
  try {
    return { requests: [pulled(await get(id, organization))], gone: [], notes: [] };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    if (error.kind === 'not-found') return { requests: [], gone: [id], notes: [] };
    if (error.kind === 'permission' || error.kind === 'validation') return error;
    throw error;
  }
}

function noteOnRefused([first, ...others]: readonly RequestReference[], why: string): string {
  const which = others.length === 0 ? `${first}, which` : `${first} and ${others.length} more like it, which`;
  return `${which} ThreatLocker no longer lists, could not be asked for by id. It counts as waiting, and the next pull asks again. ${why}`;
}

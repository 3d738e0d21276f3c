import type { AccountId, ApprovalRequest, JsonValue, VendorId } from '../../approval/index.ts';
import { VendorError } from '../../http/index.ts';
import type { PulledSoFar, PullPart, Told } from '../provider.ts';
import { malformed } from './api.ts';
import { changedRows } from './audit-delta.ts';
import { fillFromAuditLog } from './audit-fill.ts';
import { getRequest } from './get.ts';
import { isHigher, PAGE, pagesFrom } from './pages.ts';
import { query } from './paths.ts';
import { type PullCursor, readCursor, startOf, stepped } from './pull-cursor.ts';
import type { PullQuestion } from './pull-question.ts';
import { pulledFrom, requestFrom } from './request.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
/** "Requests will drop out of the list after two weeks" (the vendor's guide); an hour less, for clocks that differ. */
const LISTED_FOR = 14 * DAY - HOUR;
/** More changes than this are read with the whole list rather than one by one. */
const FEW = 20;

/**
 * New requests by rising ids, with a window behind the last of them; changes by the audit log's list of changes, each held
 * against the request itself; once a day everything that is listed. Where nothing happened that is a page of each.
 */
export async function* pullRequests(question: PullQuestion, soFar: PulledSoFar): AsyncGenerator<PullPart> {
  const { account, now } = question;
  const beganAt = now();
  const kept = readCursor(soFar.cursor, beganAt);
  // Asked for first, so that what changes while the rest is read comes with the next pull.
  const changed = await readChanges(question, kept, soFar);
  let cursor: PullCursor = kept ?? { deltaTime: changed.timeNow, steps: [], wholeAt: null, sweptAt: null };

  const missedSince = missed(kept, soFar, beganAt);
  if (missedSince !== null) {
    if (kept !== null) yield note(warningOf(account, beganAt - missedSince));
    const days = Math.ceil((beganAt - missedSince) / DAY);
    for await (const part of fillFromAuditLog(question, soFar, days)) {
      for (const { id } of part.requests) changed.suspects.delete(id);
      yield part;
    }
  }

  const windowStart = kept === null ? null : startOf(kept);
  const isSweep = kept !== null && (missedSince !== null || isSweepDue(kept, beganAt, outside(changed, windowStart)));
  const unseen = isSweep ? new Map(await soFar.open()) : new Map<VendorId, Told>();
  const start = isSweep ? null : windowStart;
  const pages = pagesFrom(start, (startid) =>
    question.api.rows(`/requests${query({ wantscandetails: 1, take: PAGE, startid })}`, question.signal),
  );
  let unreadable = 0;
  for (;;) {
    const { value, done } = await pages.next();
    if (done) {
      if (!value) {
        throw malformed(
          'does not come to the end of its requests, so that they were read in part. They are read again with the next pull.',
        );
      }
      break;
    }
    const requests = pulledFrom(account, value.rows);
    unreadable += value.rows.length - requests.length;
    for (const { id } of requests) {
      changed.suspects.delete(id);
      unseen.delete(id);
    }
    if (value.highest !== null) {
      const before = cursor.steps.at(-1)?.highest ?? '';
      const added = requests.filter(({ id }) => isHigher(id, before)).length;
      cursor = stepped(cursor, beganAt, value.highest, added);
    }
    yield { requests, gone: [], cursor: JSON.stringify(cursor), notes: [] };
  }

  for (const [id, row] of changed.suspects) {
    unseen.delete(id);
    yield await asked(question, id, row);
  }
  for (const id of unseen.keys()) yield await asked(question, id, null);

  const isResumed = kept !== null && kept.wholeAt === null;
  const sweptAt = isResumed ? null : isSweep || kept === null ? beganAt : cursor.sweptAt;
  const whole: PullCursor = { ...cursor, deltaTime: changed.timeNow, wholeAt: beganAt, sweptAt };
  yield { requests: [], gone: [], cursor: JSON.stringify(whole), notes: notesOn(unreadable) };
}

/** Not while the first reading of all is under way, which it would begin anew. */
function isSweepDue({ wholeAt, sweptAt }: PullCursor, now: number, changedOutside: number): boolean {
  return wholeAt !== null && (changedOutside > FEW || sweptAt === null || now - sweptAt >= DAY);
}

/** How many of the changes lie before what is read anyway. */
function outside({ suspects }: Changes, start: string | null): number {
  if (start === null) return 0;
  return [...suspects.keys()].filter((id) => BigInt(id) < BigInt(start)).length;
}

function note(text: string): PullPart {
  return { requests: [], gone: [], notes: [text] };
}

function notesOn(unreadable: number): readonly string[] {
  if (unreadable === 0) return [];
  return [
    `Admin By Request listed ${unreadable} ${unreadable === 1 ? 'entry' : 'entries'} without a readable id, which can't be told. Look in its portal.`,
  ];
}

/** Since when requests may have come and gone without ever being listed to us; `null`: none can have. */
function missed(kept: PullCursor | null, { since }: PulledSoFar, now: number): number | null {
  const from = kept === null ? since : (kept.wholeAt ?? kept.steps.at(-1)?.at ?? null);
  return from !== null && now - from > LISTED_FOR ? from : null;
}

function warningOf(account: AccountId, forMs: number): string {
  return `${account} was last pulled ${Math.floor(forMs / DAY)} days ago. Requests drop out of Admin By Request's list after two weeks, so what came and went since is filled in from its audit log.`;
}

interface Changes {
  /** What may have changed, by its id, with the audit log's entry. */
  readonly suspects: Map<VendorId, JsonValue>;
  readonly timeNow: string;
}

async function readChanges(
  { api, account, now, signal }: PullQuestion,
  kept: PullCursor | null,
  soFar: PulledSoFar,
): Promise<Changes> {
  if (kept === null) return { suspects: new Map(), timeNow: (await changedRows(api, { take: 1 }, signal)).timeNow };
  const { deltaTime, wholeAt } = kept;
  const away = wholeAt === null ? 0 : now() - wholeAt;
  // What was requested up to 30 days before is looked at by default, which is enough while nobody was away.
  const days = away > DAY ? 31 + Math.ceil(away / DAY) : undefined;
  const suspects = new Map<VendorId, JsonValue>();
  let timeNow: string | null = null;
  const pages = pagesFrom(null, async (startid) => {
    const changed = await changedRows(api, { deltaTime, startid, take: PAGE, days }, signal);
    // The first answer's: what changes while later pages are read may stand on one that was read already.
    timeNow ??= changed.timeNow;
    return changed.rows;
  });
  for (;;) {
    const { value, done } = await pages.next();
    if (done) {
      if (!value || timeNow === null) throw malformed('does not come to the end of its changes. Try again.');
      return { suspects, timeNow };
    }
    const entries = value.rows.flatMap((row) => {
      const request = requestFrom(account, row);
      return request === null ? [] : [{ request, row }];
    });
    const told = await soFar.toldOf(entries.map(({ request }) => request.vendorId));
    for (const { request, row } of entries) {
      const known = told.get(request.vendorId);
      const isNews = known === undefined ? isCertainlyARequest(request) : known.status !== request.status;
      if (isNews) suspects.set(request.vendorId, row);
    }
  }
}

/** The audit log also holds what ran with rights and was never asked for; such an entry names nobody who allowed it. */
function isCertainlyARequest({ status, decided }: ApprovalRequest): boolean {
  return status === 'approved' ? (decided?.by ?? decided?.email ?? null) !== null : true;
}

/** One request by its id. @param entry the audit log's, where that is known */
async function asked(question: PullQuestion, id: VendorId, entry: JsonValue | null): Promise<PullPart> {
  const { api, account, signal } = question;
  const listed = await unlessUnknown(getRequest(api, account, id, signal).then(({ request }) => request));
  if (listed !== undefined) return { requests: [{ id, read: () => listed }], gone: [], notes: [] };
  // No request by this id any more; the audit log reaches further back.
  const row = entry ?? (await unlessUnknown(api.value(`/auditlog/${id}`, signal)));
  if (row === undefined) return { requests: [], gone: [id], notes: [] };
  const logged = requestFrom(account, row);
  if (logged?.vendorId !== id) {
    throw malformed(`was asked for entry ${id} of its audit log and answered with something else. Try again.`);
  }
  return { requests: [{ id, read: () => logged }], gone: [], notes: [] };
}

/** `undefined`: the vendor said that it knows nothing under this id. */
async function unlessUnknown<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof VendorError && error.kind === 'not-found') return undefined;
    throw error;
  }
}

import { type ApprovalRequest, isJsonObject, type JsonValue } from '../../approval/index.ts';
import { quoted } from '../../text/index.ts';
import { type DecidedRequest, earlierAmong, nothingToTellBy, oldestDay } from '../earlier-decisions.ts';
import type { EarlierDecisions } from '../provider.ts';
import { tellingOf } from '../same-file.ts';
import { type Connection, rowsOf } from './connection.ts';
import { DECIDED_STATUSES, type DecidedStatus, SHORTEST_FULL_PAGE } from './decided.ts';
import { SELF_APPROVED, toApprovalRequest } from './mapping.ts';
import { PAGE_SIZE, type QueueQuestion, refusesStatus } from './queue.ts';
import { totalsOf } from './totals.ts';

/**
 * What was decided before on the same file, in the account's organizations: the newest page for each status that says so.
 * Where that is not all, the file's name is searched for too; what that search looks through is not documented.
 */
export async function earlierDecisionsOf(
  connection: Connection,
  request: ApprovalRequest,
  question: QueueQuestion,
): Promise<EarlierDecisions> {
  if (tellingOf(request.subject) === null) {
    return nothingToTellBy(
      'ThreatLocker gives neither a hash nor a path with a valid signer for this request, so no earlier decisions were looked for.',
    );
  }
  const readings = await Promise.all(
    DECIDED_STATUSES.map((status) => readStatus(connection, status, request.subject.name, question)),
  );
  const unreadable = readings.reduce((sum, reading) => sum + reading.unreadable, 0);
  return earlierAmong(
    request,
    readings.flatMap(({ decided }) => decided),
    [
      ...(question.includeChildOrganizations ? [] : ["Only the account's own organization was looked through."]),
      ...readings.flatMap(({ note }) => note ?? []),
      ...(readings.every(({ note }) => note === null)
        ? ['Every decided request that ThreatLocker lists was looked at; how long it lists them is not documented.']
        : []),
      ...(unreadable > 0
        ? [
            `${unreadable} ${unreadable === 1 ? 'entry' : 'entries'} among the decided requests could not be read; look in the portal.`,
          ]
        : []),
    ],
  );
}

interface StatusReading {
  readonly decided: readonly DecidedRequest[];
  readonly unreadable: number;
  /** What of this status was not read; `null` when all of it was. */
  readonly note: string | null;
}

async function readStatus(
  connection: Connection,
  status: DecidedStatus,
  fileName: string | null,
  question: QueueQuestion,
): Promise<StatusReading> {
  const { id, name, mayBeRefused } = status;
  try {
    const newest = await readPage(connection, status, '', question);
    if (newest.isAll) return { ...readRows(newest.rows, question), note: null };
    const search = fileName !== null && fileName.length <= 255 ? fileName : null;
    const found = search === null ? [] : (await readPage(connection, status, search, question)).rows;
    const first = readRows(newest.rows, question);
    const second = readRows(found, question);
    const since = oldestDay(first.decided);
    const much = `Of ${newest.total === null ? 'the' : newest.total} requests with status ${id} (${name}) only the newest ${newest.rows.length} were read`;
    const searched = search === null ? '' : `, and those that ThreatLocker's search finds for ${quoted(search, 100)}`;
    return {
      decided: [...first.decided, ...second.decided],
      unreadable: first.unreadable + second.unreadable,
      note: `${much}${since === null ? '' : `, back to ${since}`}${searched}.`,
    };
  } catch (error) {
    if (!mayBeRefused || !refusesStatus(error)) throw error;
    const note = `This ThreatLocker server does not list requests with status ${id} (${name}); look for them in the portal.`;
    return { decided: [], unreadable: 0, note };
  }
}

async function readPage(
  connection: Connection,
  { id, mayBeRefused }: DecidedStatus,
  searchText: string,
  question: QueueQuestion,
) {
  const answer = await connection.post(
    'ApprovalRequest/ApprovalRequestGetByParameters',
    {
      statusId: id,
      searchText,
      orderBy: 'actiondate',
      isAscending: false,
      pageNumber: 1,
      pageSize: PAGE_SIZE,
      showChildOrganizations: question.includeChildOrganizations,
      showCurrentTierOnly: false,
    },
    // A server that doesn't know a status fails for good.
    mayBeRefused ? { ...question.ask, retries: 1 } : question.ask,
  );
  const rows = rowsOf(answer, 'requests');
  const total = totalsOf(answer.headers)?.items ?? null;
  return { rows, total, isAll: total === null ? rows.length < SHORTEST_FULL_PAGE : total <= rows.length };
}

function readRows(rows: readonly JsonValue[], { account }: QueueQuestion): Omit<StatusReading, 'note'> {
  const decided = rows.flatMap((row) => {
    const request = toApprovalRequest(row, account);
    if (request === null) return [];
    return {
      request,
      requestedAt: request.requestedAt,
      decidedAt: request.decided?.at ?? null,
      comment: request.comments,
      selfApproved: isJsonObject(row) && row['statusId'] === SELF_APPROVED,
    };
  });
  return { decided, unreadable: rows.length - decided.length };
}

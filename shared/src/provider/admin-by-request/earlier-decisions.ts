import type { AccountId, ApprovalRequest, JsonValue } from '../../approval/index.ts';
import { type DecidedRequest, earlierAmong, nothingToTellBy, oldestDay } from '../earlier-decisions.ts';
import type { EarlierDecisions } from '../provider.ts';
import { tellingOf } from '../same-file.ts';
import type { Api } from './api.ts';
import { instant } from './audit-log.ts';
import { record, text } from './fields.ts';
import { query } from './paths.ts';
import { requestFrom } from './request.ts';

/** The audit log reaches further back than the list of requests, which drops them after two weeks; its own default is 30 days. */
const DAYS = 365;
/** In one call for each verdict: the vendor throttles whoever asks for many, and can't search by file. */
const NEWEST = 1_000;

/**
 * What was decided before on the same file, by the audit log: with a status it holds only what was requested (the vendor's
 * page on its audit log API), and not what ran without anybody's approval.
 */
export async function earlierDecisionsOf(
  api: Api,
  account: AccountId,
  request: ApprovalRequest,
  signal?: AbortSignal,
): Promise<EarlierDecisions> {
  if (tellingOf(request.subject) === null) {
    return nothingToTellBy(
      'Admin By Request names no file by which this request could be compared with others, so no earlier decisions were looked for.',
    );
  }
  const [approved, denied] = await Promise.all(
    (['approved', 'denied'] as const).map((status) =>
      api.rows(`/auditlog${query({ status, days: DAYS, last: NEWEST })}`, signal),
    ),
  );
  const readings = [read(account, 'approved', approved ?? []), read(account, 'denied', denied ?? [])];
  const unreadable = readings.reduce((sum, reading) => sum + reading.unreadable, 0);
  return earlierAmong(
    request,
    readings.flatMap(({ decided }) => decided),
    [
      `Admin By Request was asked for what was decided in the last ${DAYS} days; it may keep less.`,
      ...readings.flatMap(({ note }) => note ?? []),
      ...(unreadable > 0
        ? [
            `${unreadable} ${unreadable === 1 ? 'entry' : 'entries'} of its audit log had no readable id and ${unreadable === 1 ? 'was' : 'were'} left out.`,
          ]
        : []),
    ],
  );
}

function read(account: AccountId, status: string, rows: readonly JsonValue[]) {
  const decided = rows.flatMap((row) => decidedIn(account, row) ?? []);
  const oldest = oldestDay(decided);
  const since = oldest === null ? '' : `, back to ${oldest}`;
  return {
    decided,
    unreadable: rows.length - decided.length,
    note: rows.length < NEWEST ? null : `Of the ${status} requests only the newest ${rows.length} were read${since}.`,
  };
}

const times = record({ requesttimeutc: text, responsetime: text });

function decidedIn(account: AccountId, row: JsonValue): DecidedRequest | null {
  const request = requestFrom(account, row);
  if (request === null) return null;
  const { requesttimeutc, responsetime } = times.parse(row);
  const requestedAt = instant(requesttimeutc);
  const taken = durationMs(responsetime);
  return {
    request,
    requestedAt,
    decidedAt: requestedAt === null || taken === null ? null : new Date(Date.parse(requestedAt) + taken).toISOString(),
    comment: request.decided?.reason ?? null,
    selfApproved: false,
  };
}

/** `hh:mm:ss.fffffff`, the time from the request to the decision; .NET writes days before it, as in `1.02:03:04`. */
function durationMs(text: string | null): number | null {
  const match = /^(?:(\d{1,4})\.)?(\d{1,4}):(\d\d):(\d\d)(?:\.\d+)?$/.exec(text?.trim() ?? '');
  if (match === null) return null;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}

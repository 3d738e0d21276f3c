import type { ApprovalRequest, JsonValue } from '../../approval/index.ts';
import { VendorError } from '../../http/index.ts';
import { cleanLine } from '../../text/index.ts';
import type { History, HistoryEntry } from '../provider.ts';
import { type Answer, type Ask, type Connection, rowsOf } from './connection.ts';
import { type ActionLogDto, actionLogDto } from './dto.ts';
import { utcInstant } from './mapping.ts';
import { totalsOf } from './totals.ts';

/** One page: a busy computer has thousands of entries a day. */
const MOST = 200;
/** As one integration has it; a tenant may keep more. */
const KEPT_DAYS = 31;
const DAY_MS = 24 * 60 * 60 * 1000;

/** 1 of 4: the action log itself, beside those of denials, baselines and events. */
const ACTION_LOG = 1;

export interface HistoryQuestion {
  readonly of: 'file' | 'computer' | 'user';
  readonly days: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** About the request's own organization. */
  readonly ask: Ask;
}

/** What the action log ("Unified Audit" in the portal) has on a request's file on its computer, its computer, or its user; newest first. */
export async function historyOf(
  connection: Connection,
  request: ApprovalRequest,
  question: HistoryQuestion,
): Promise<History> {
  const days = Math.max(1, Math.round(question.days));
  const since = question.now - days * DAY_MS;
  const { answer, concerns } = await read(connection, request, { ...question, days });
  const rows = rowsOf(answer, 'actions');
  const actions = rows.flatMap((row) => actionIn(row) ?? []);
  const total = totalsOf(answer.headers)?.items ?? null;
  const entries = actions
    .filter(concerns)
    .map((action) => entryOf(action, request))
    .filter(({ at }) => at === null || Number.isNaN(Date.parse(at)) || Date.parse(at) >= since)
    .sort((a, b) => (b.at ?? '').localeCompare(a.at ?? '', 'en'));
  const unreadable = rows.length - actions.length;
  const hasMore = total === null ? rows.length >= MOST : total > rows.length;
  return {
    entries,
    notes: [
      ...(question.of === 'file' ? [ONE_COMPUTER] : []),
      ...(unreadable > 0 ? [`${unreadable} ${unreadable === 1 ? 'entry' : 'entries'} could not be read.`] : []),
      ...(hasMore ? [LIMITED] : []),
      ...(days > KEPT_DAYS ? [`ThreatLocker keeps its action log for ${KEPT_DAYS} days unless told otherwise.`] : []),
    ],
  };
}

interface Asked {
  readonly answer: Answer;
  /** Whether an action is about what was asked for: what the filters compare, and how, is not documented. */
  readonly concerns: (action: ActionLogDto) => boolean;
}

async function read(connection: Connection, request: ApprovalRequest, question: HistoryQuestion): Promise<Asked> {
  const { of } = question;
  const { computer, requester, subject } = request;
  switch (of) {
    case 'file': {
      if (subject.path === null) throw nothingToLookFor('path of the file');
      // Without one of the two the server answers 417 (seen live).
      if (computer.id === null && computer.name === null) throw nothingToLookFor('computer');
      const answer = await connection.get(
        'ActionLog/ActionLogGetAllForFileHistoryV2',
        {
          sourceTableId: ACTION_LOG,
          fullPath: subject.path,
          ...(computer.id === null ? { hostname: computer.name ?? '' } : { computerId: computer.id }),
          pageNumber: 1,
          pageSize: MOST,
        },
        withNewSearch(question.ask),
      );
      return { answer, concerns: (action) => isSame(action.fullPath, subject.path) && isOn(action, computer) };
    }
    case 'computer': {
      const { name } = computer;
      if (name === null) throw nothingToLookFor('name of the computer');
      return { answer: await search(connection, { hostname: name }, question), concerns: (row) => isOn(row, computer) };
    }
    case 'user': {
      const { account } = requester;
      if (account === null) throw nothingToLookFor('account');
      return {
        answer: await search(connection, { username: account }, question),
        concerns: ({ username }) => isSame(username, account),
      };
    }
    default:
      return of satisfies never;
  }
}

async function search(
  connection: Connection,
  filter: { readonly hostname: string } | { readonly username: string },
  { days, now, ask }: HistoryQuestion,
): Promise<Answer> {
  return await connection.post(
    'ActionLog/ActionLogGetByParametersV2',
    {
      ...filter,
      // Without these four the server fails with HTTP 500, whatever its document says (seen live).
      sourceTableId: ACTION_LOG,
      startDate: new Date(now - days * DAY_MS).toISOString(),
      endDate: new Date(now).toISOString(),
      paramsFieldsDto: [],
      // And without this one too where the organization has others below it.
      showChildOrganizations: true,
      sortDescending: true,
      showTotalCount: true,
      pageNumber: 1,
      pageSize: MOST,
    },
    withNewSearch(ask),
  );
}

function withNewSearch(ask: Ask): Ask {
  return { ...ask, headers: { ...ask.headers, usenewsearch: 'true' } };
}

function actionIn(row: JsonValue): ActionLogDto | null {
  const action = actionLogDto.safeParse(row).data;
  return action === undefined || (action.dateTime === null && action.actionType === null) ? null : action;
}

const ACTIONS: ReadonlyMap<number | null, string> = new Map([
  [1, 'permitted'],
  [2, 'denied'],
  [3, 'denied, with the option to request'],
  [4, 'permitted by installation mode'],
  [5, 'missing core files'],
  [6, 'ringfenced'],
  [7, 'denied'],
  [99, 'denied'],
]);

function entryOf(action: ActionLogDto, { subject }: ApprovalRequest): HistoryEntry {
  const { actionType, policyName, applicationName, isMonitorMode, sha256Hash } = action;
  const isOther = subject.sha256 !== null && sha256Hash !== null && sha256Hash.toLowerCase() !== subject.sha256;
  const what = [
    actionType ?? 'unknown action',
    isSame(action.fullPath, subject.path) && isOther ? 'of another file at this path' : null,
    applicationName === null ? null : `application ${cleanLine(applicationName, 100)}`,
    policyName === null ? null : `policy ${cleanLine(policyName, 100)}`,
  ];
  const outcome = [
    ACTIONS.get(action.actionId) ?? action.action ?? `action ${action.actionId ?? 'unknown'}`,
    isMonitorMode === true ? 'only monitored' : null,
  ];
  return {
    at: utcInstant(action.dateTime) ?? line(action.dateTime),
    what: sentence(what),
    by: line(action.username),
    computer: line(action.hostname),
    file: line(action.fullPath),
    outcome: sentence(outcome),
  };
}

function sentence(parts: readonly (string | null)[]): string {
  return cleanLine(parts.filter((part) => part !== null).join(', '));
}

/** By the id where both sides know it, because two organizations may name a computer alike. */
function isOn({ computerId, hostname }: ActionLogDto, { id, name }: ApprovalRequest['computer']): boolean {
  return computerId !== null && id !== null ? isSame(computerId, id) : isSame(hostname, name);
}

function isSame(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one.toLowerCase() === other.toLowerCase();
}

function line(text: string | null): string | null {
  return text === null ? null : cleanLine(text);
}

const LIMITED = `ThreatLocker was asked for ${MOST} entries and has more; those are not shown.`;
const ONE_COMPUTER =
  "ThreatLocker's log is asked by path and computer, so this file was looked for on the request's own computer, and under no other name.";

function nothingToLookFor(what: string): VendorError {
  return new VendorError(
    'validation',
    `ThreatLocker gives no ${what} for this request, so its history can't be looked up.`,
    { neverSent: true },
  );
}

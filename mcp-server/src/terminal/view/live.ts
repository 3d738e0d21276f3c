import type { ApprovalRequest } from '@countersign/shared/approval';
import type { AccountEntry } from '@countersign/shared/provider';
import type { Source, SourceNow } from '@countersign/shared/queue';
import { formatAge } from '@countersign/shared/text';
import { shortened, wrapped } from '../layout.ts';
import { type Output, painted } from '../output.ts';
import { grouped, type QueueOptions, type TriagedQueue } from '../triaged-queue.ts';
import { queueTable } from './queue.ts';
import { sourceLines } from './source.ts';
import { queueSummary } from './summary.ts';
import { count } from './words.ts';

/** What has changed since somebody looked. */
export interface News {
  /** References of what has come. */
  readonly come: ReadonlySet<string>;
  readonly gone: number;
  /** Since when. */
  readonly since: number;
}

export interface LiveQueue extends TriagedQueue {
  /** What fits, in its order. */
  readonly all: readonly ApprovalRequest[];
  readonly entries: readonly AccountEntry[];
  readonly accounts: readonly SourceNow[];
  readonly news: News;
}

const KEYS = 'q leaves · r reads again · space marks all as seen';
/** Of a request, at least. */
const FEWEST_LINES = 2;

/** The queues as they fit a terminal: how they stand, the first of what waits, and what is new. */
export function liveLines(output: Output, rows: number, options: QueueOptions, queue: LiveQueue): readonly string[] {
  const { entries, accounts, now } = queue;
  const head = [...summaryLines(output, options, queue), ...sourceLines(output, entries, accounts, now, true), ''];
  const room = rows - head.length - 1;
  const body = bodyLines(output, room, options, queue);
  const shown = [...head, ...body].slice(0, Math.max(1, rows - 1));
  const empty = Array.from({ length: Math.max(0, rows - 1 - shown.length) }, () => '');
  return [...shown, ...empty, painted(output, 'dim', shortened(KEYS, output.columns))].slice(0, rows);
}

function summaryLines(output: Output, options: QueueOptions, queue: LiveQueue): readonly string[] {
  const { accounts, all, sources, news } = queue;
  if (sources.length === 0 && accounts.length > 0) return ['Reading what waits …'];
  const summary = queueSummary(all, all.length, options.sort, sources);
  return wrapped(output, `${summary}${newsText(news, queue.now)}`).map((line) => painted(output, 'bold', line));
}

function newsText({ come, gone, since }: News, now: number): string {
  if (come.size === 0 && gone === 0) return '';
  const parts = [
    ...(come.size > 0 ? [`${come.size} NEW`] : []),
    ...(gone > 0 ? [count(gone, 'is gone', 'are gone')] : []),
  ];
  return ` ${parts.join(', ')} in the last ${formatAge(now - since).replace('under 1 min', 'minute')}.`;
}

/** As many requests, whole, as there is room for. */
function bodyLines(output: Output, room: number, options: QueueOptions, queue: LiveQueue): readonly string[] {
  let fits: readonly string[] = [];
  let fewest = 1;
  let most = Math.min(queue.all.length, options.limit, Math.floor(room / FEWEST_LINES));
  while (fewest <= most) {
    const shown = Math.ceil((fewest + most) / 2);
    const lines = rowLines(output, shown, options, queue);
    if (lines.length <= room) {
      fits = lines;
      fewest = shown + 1;
    } else {
      most = shown - 1;
    }
  }
  return fits;
}

function rowLines(output: Output, shown: number, options: QueueOptions, queue: LiveQueue): readonly string[] {
  const { all, news, now } = queue;
  const groups = grouped(all.slice(0, shown), options.groupBy, queue);
  const rest = all.length - shown;
  const more = rest > 0 ? [painted(output, 'dim', `… and ${rest} more, which have no room here.`)] : [];
  return [...queueTable(output, groups, now, news.come).split('\n'), ...more];
}

/** Those that are read, or were. */
export function readSourcesOf(accounts: readonly SourceNow[]): readonly Source[] {
  return accounts.filter((source): source is Source => source.state !== 'loading');
}

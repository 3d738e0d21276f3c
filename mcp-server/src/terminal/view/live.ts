import type { AccountEntry } from '@countersign/shared/provider';
import type { Source, SourceNow } from '@countersign/shared/queue';
import { formatAge } from '@countersign/shared/text';
import { shortened, wrapped } from '../layout.ts';
import { type Output, painted } from '../output.ts';
import { found, grouped, type QueueOptions, type TriagedQueue } from '../triaged-queue.ts';
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
  readonly entries: readonly AccountEntry[];
  readonly accounts: readonly SourceNow[];
  readonly news: News;
}

type Found = ReturnType<typeof found>;

const KEYS = 'q leaves · r reads again · space marks all as seen';
/** Of a request, at least. */
const FEWEST_LINES = 2;

/** The queues as they fit a terminal: how they stand, the first of what waits, and what is new. */
export function liveLines(output: Output, rows: number, options: QueueOptions, queue: LiveQueue): readonly string[] {
  const { entries, accounts, now } = queue;
  const all = found(options, queue);
  const head = [...summaryLines(output, all, options, queue), ...sourceLines(output, entries, accounts, now, true), ''];
  const room = rows - head.length - 1;
  const body = bodyLines(output, room, all, options, queue);
  const shown = [...head, ...body].slice(0, Math.max(1, rows - 1));
  const empty = Array.from({ length: Math.max(0, rows - 1 - shown.length) }, () => '');
  return [...shown, ...empty, painted(output, 'dim', shortened(KEYS, output.columns))].slice(0, rows);
}

function summaryLines(output: Output, all: Found, options: QueueOptions, queue: LiveQueue): readonly string[] {
  const { accounts, sources, news } = queue;
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

function bodyLines(
  output: Output,
  room: number,
  all: Found,
  options: QueueOptions,
  queue: LiveQueue,
): readonly string[] {
  const most = Math.min(all.length, options.limit, Math.max(0, Math.floor(room / FEWEST_LINES)));
  for (let shown = most; shown > 0; shown -= 1) {
    const groups = grouped(all.slice(0, shown), options.groupBy, queue);
    const lines = queueTable(output, groups, queue.now, queue.news.come).split('\n');
    const rest = all.length - shown;
    const more = rest > 0 ? [painted(output, 'dim', `… and ${rest} more, which have no room here.`)] : [];
    if (lines.length + more.length <= room) return [...lines, ...more];
  }
  return [];
}

/** Those that are read, or were. */
export function readSourcesOf(accounts: readonly SourceNow[]): readonly Source[] {
  return accounts.filter((source): source is Source => source.state !== 'loading');
}

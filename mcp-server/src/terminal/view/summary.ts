import type { ApprovalRequest } from '@countersign/shared/approval';
import { requestsIn, type Sorting, type Source } from '@countersign/shared/queue';
import { isStale } from '../../present/source.ts';
import { count } from './words.ts';

const UNKNOWN = 'No account could be read, so it is not known what waits.';

/** How much waits, in one sentence, and how sure that is. @param all what fits the filter, also where it isn't shown */
export function queueSummary(
  all: readonly ApprovalRequest[],
  shown: number,
  sort: Sorting,
  sources: readonly Source[],
): string {
  const total = all.length;
  const known = requestsIn(sources).length;
  const stale = all.filter((request) => isStale(request, sources)).length;
  const order = `${sort} first.${shown < total ? ` The first ${shown} are shown; --limit ${total} shows all.` : ''}`;
  const fits = total < known ? ` of ${known}` : '';
  if (sources.every(({ state }) => state !== 'ready')) {
    if (known === 0) return UNKNOWN;
    if (total === 0) return `${UNKNOWN} Nothing that waited at an older reading fits what you asked for.`;
    return `${UNKNOWN} ${total}${fits} ${known === 1 ? 'request' : 'requests'} waited at an older reading, ${order}`;
  }
  const isWhole = sources.every((source) => source.state === 'ready' && source.notes.length === 0);
  const where = isWhole ? '' : ' in what could be read';
  if (known === 0) return `Nothing waits${where}.`;
  if (total === 0)
    return `Nothing that waits${where} fits what you asked for; ${count(known, 'request waits', 'requests wait')} in all${sources.some(({ state }) => state === 'stale') ? ', or waited at an older reading' : ''}.`;
  if (stale === 0) return `${total}${fits} ${known === 1 ? 'request waits' : 'requests wait'}${where}, ${order}`;
  const fresh =
    total > stale ? count(total - stale, 'request waits', 'requests wait') : `Nothing${fits && ' that fits'} waits`;
  return `${fresh}${where}; ${count(stale, 'request', 'requests')} waited at an older reading, ${order}`;
}

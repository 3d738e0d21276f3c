import type { JsonObject } from '../json.ts';
import { jsonReply, jsonTextReply, type Reply } from '../reply.ts';
import type { ThreatLockerState } from './state.ts';

/** A bare array, with the totals as JSON text in the `pagination` header (seen live: NT 2026-08-10). */
export function pageReply(
  state: ThreatLockerState,
  rows: readonly JsonObject[],
  pageNumber: number,
  pageSize: number,
): Reply {
  const start = (pageNumber - 1) * pageSize;
  const page = rows.slice(start, start + pageSize);
  const pagination = JSON.stringify({
    currentPage: pageNumber,
    itemsPerPage: pageSize,
    totalItems: rows.length,
    totalPages: Math.ceil(rows.length / pageSize),
    firstItem: page.length === 0 ? 0 : start + 1,
    lastItem: start + page.length,
  });
  return page.length === 0 ? emptyList(state, { pagination }) : jsonReply(200, page, { pagination });
}

/** No rows: 200 with an empty body, or with JSON null (both seen live: SC); an empty array is possible too. */
function emptyList(state: ThreatLockerState, headers: Readonly<Record<string, string>>): Reply {
  const turn = state.emptyListsServed % 3;
  state.emptyListsServed += 1;
  switch (state.quirks.emptyList ?? 'alternate') {
    case 'empty-body':
      return jsonTextReply(200, '', headers);
    case 'null':
      return jsonTextReply(200, 'null', headers);
    case 'array':
      return jsonTextReply(200, '[]', headers);
    case 'alternate':
      return jsonTextReply(200, ['', 'null', '[]'][turn] ?? '', headers);
  }
}

export { type Page, pageOf } from './page.ts';
export { readSources, requestsIn, type Source, sameFileElsewhere } from './source.ts';
export { contextFor, createQueueTriage, type QueueTriage } from './triage.ts';
export {
  GROUPINGS,
  type Group,
  type Grouping,
  groupRequests,
  matches,
  type QueueFilter,
  SORTINGS,
  type Sorting,
  sortRequests,
  WAITING,
} from './view.ts';

export { ageOf } from './age.ts';
export { type Clock, systemClock } from './clock.ts';
export { type EarlierReading, readEarlierDecisions } from './earlier-decisions.ts';
export { followLedger } from './follow-ledger.ts';
export {
  type BegunGroups,
  beginGroups,
  GROUPINGS,
  type Group,
  type Grouping,
  type GroupOfRequests,
  groupRequests,
} from './groups.ts';
export { lastKnown, lastKnownOf, type Snapshots } from './last-known.ts';
export { type Page, pageOf } from './page.ts';
export type { PollWords, SourceNow } from './poll-reading.ts';
export { createPoller, type Poller } from './poller.ts';
export { type PullEvent, type PullOptions, PullOvertaken, pullAccount } from './pull.ts';
export { readSources } from './read-sources.ts';
export { createQueueReader, type QueueReader } from './reader.ts';
export { requestFindings, withScan } from './request-findings.ts';
export { readResearch } from './research.ts';
export { snapshotSource } from './snapshot.ts';
export { requestsIn, type Source, type SourceError, type StaleSource, sameFileElsewhere } from './source.ts';
export { contextFor, createQueueTriage, type Findings, type QueueTriage, triageApart } from './triage.ts';
export {
  ASSIGNED,
  matches,
  type QueueFilter,
  SORTINGS,
  type Sorting,
  sortRequests,
  WAITING,
} from './view.ts';

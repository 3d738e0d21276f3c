import { SELF_APPROVED } from './mapping.ts';

/** The lists of what was decided. What an article of the vendor's alone names may be refused by a server. */
export const DECIDED_STATUSES = [
  { id: 4, name: 'approved', mayBeRefused: false },
  { id: 10, name: 'denied', mayBeRefused: false },
  { id: 12, name: 'added to an application', mayBeRefused: true },
  { id: SELF_APPROVED, name: 'self-approved', mayBeRefused: true },
] as const;
export type DecidedStatus = (typeof DECIDED_STATUSES)[number];

/** The document's default: without a total, a page this long need not be all, because a server may have its own limit. */
export const SHORTEST_FULL_PAGE = 25;

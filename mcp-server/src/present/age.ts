import { formatAge } from '@countersign/shared/text';

/**
 * How long a request has waited. A time without a zone is the requester's own, so its age is said to be about that much.
 * Source: Admin By Request's `requestTime`, which its audit log shows to be local time.
 */
export function ageOf(
  request: { readonly requestedAt: string | null; readonly requestedAtZone: 'utc' | 'local' },
  now: number,
): string {
  if (request.requestedAt === null) return 'unknown time';
  const isLocal = request.requestedAtZone === 'local';
  const time = Date.parse(isLocal ? `${request.requestedAt}Z` : request.requestedAt);
  if (Number.isNaN(time)) return 'unknown time';
  const age = formatAge(Math.max(0, now - time));
  return isLocal ? `about ${age}` : age;
}

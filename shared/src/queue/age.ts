import { formatAge } from '../text/index.ts';

const HOUR = 3_600_000;

/**
 * How long a request has waited. A time without a zone is the requester's own, up to 14 hours off ours, so a recent one is
 * shown as it stands. Source: Admin By Request's `requestTime`, which its audit log shows to be local time.
 */
export function ageOf(
  request: { readonly requestedAt: string | null; readonly requestedAtZone: 'utc' | 'local' },
  now: number,
): string {
  const { requestedAt, requestedAtZone } = request;
  const isLocal = requestedAtZone === 'local';
  const time = requestedAt === null ? Number.NaN : Date.parse(isLocal ? `${requestedAt}Z` : requestedAt);
  if (requestedAt === null || Number.isNaN(time)) return 'unknown time';
  const age = Math.max(0, now - time);
  if (!isLocal) return formatAge(age);
  return age < 24 * HOUR ? `${requestedAt.slice(11, 16)} local` : `about ${formatAge(age)}`;
}

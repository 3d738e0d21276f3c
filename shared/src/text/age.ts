const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How long ago, in one unit, rounded down: "under 1 min", "5 min", "3 h", "12 d"; days from 48 h on.
 * A negative age (clocks differ) is "under 1 min"; what is not a finite number is "unknown".
 *
 * @param ms milliseconds
 */
export function formatAge(ms: number): string {
  if (!Number.isFinite(ms)) return 'unknown';
  if (ms < MINUTE) return 'under 1 min';
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < 2 * DAY) return `${Math.floor(ms / HOUR)} h`;
  return `${Math.floor(ms / DAY)} d`;
}

/**
 * Milliseconds to wait by a Retry-After header (seconds, or an HTTP date); `undefined` without a usable one.
 * Source: RFC 9110, section 10.2.3.
 */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

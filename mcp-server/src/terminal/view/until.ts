import { formatAge } from '@countersign/shared/text';

/** @param expiresAt ISO 8601 UTC */
export function untilText(expiresAt: string, now: number): string {
  return `${expiresAt.slice(0, 19).replace('T', ' ')} UTC (${leftText(expiresAt, now)})`;
}

function leftText(expiresAt: string, now: number): string {
  const left = Date.parse(expiresAt) - now;
  return left > 0 ? `${formatAge(left)} from now` : 'over';
}

import { formatAge } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';

/** How long something can still be answered. @param expiresAt ISO 8601 UTC */
export function leftText(expiresAt: string, now: number): string {
  const left = Date.parse(expiresAt) - now;
  return left > 0 ? l10n.t('{0} left', formatAge(left)) : l10n.t('over');
}

export function untilText(expiresAt: string, now: number): string {
  return l10n.t('It can be answered until {0} ({1}).', localTime(expiresAt), leftText(expiresAt, now));
}

/** In the person's own time zone. @param instant ISO 8601 UTC */
export function localTime(instant: string): string {
  const time = new Date(instant);
  return Number.isNaN(time.getTime())
    ? l10n.t('an unknown time')
    : time.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

import type { Settings } from '@countersign/shared/account';
import type { ApprovalRequest, Kind } from '@countersign/shared/approval';
import { type ASSIGNED, matches } from '@countersign/shared/queue';
import { quoted } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { Gravest } from '../gravest.ts';
import { gravestName, kindName } from '../words.ts';

/** What of the queue is shown; what is left out narrows nothing. */
export interface PendingFilter {
  readonly text?: string;
  readonly account?: string;
  readonly kind?: Kind;
  /** Of the gravest that was found. */
  readonly severity?: Exclude<Gravest, 'not-looked-at'>;
  readonly assigned?: (typeof ASSIGNED)[number];
}

export const NO_FILTER: PendingFilter = {};

export function isFiltering(filter: PendingFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined);
}

export type Matcher = (request: ApprovalRequest) => boolean;

/** Everything but the severity, which takes more than the request. Each request is looked at once. */
export function createMatcher({ severity: _, ...filter }: PendingFilter, settings: Settings): Matcher {
  if (!isFiltering(filter)) return () => true;
  const known = new WeakMap<ApprovalRequest, boolean>();
  return (request) => {
    const before = known.get(request);
    if (before !== undefined) return before;
    const fits = matches(request, filter, settings);
    known.set(request, fits);
    return fits;
  };
}

const TEXT_MAX = 40;

/** In words, for the line above the rows. */
export function filterText({ text, account, kind, severity, assigned }: PendingFilter): string {
  return [
    ...(text === undefined ? [] : [l10n.t('text {0}', quoted(text, TEXT_MAX))]),
    ...(account === undefined ? [] : [l10n.t('account {0}', account)]),
    ...(kind === undefined ? [] : [kindName(kind)]),
    ...(severity === undefined ? [] : [l10n.t('gravest finding: {0}', gravestName(severity))]),
    ...(assigned === undefined ? [] : [assignedName(assigned)]),
  ].join(', ');
}

export function assignedName(assigned: (typeof ASSIGNED)[number]): string {
  return assigned === 'me' ? l10n.t('taken by me') : l10n.t('taken by nobody');
}

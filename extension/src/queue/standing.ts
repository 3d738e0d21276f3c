import { type ApprovalRequest, isDecidable } from '@countersign/shared/approval';
import type { AccountEntry } from '@countersign/shared/provider';
import type { SourceNow } from '@countersign/shared/queue';
import { cleanLine, formatAge, shortLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { QueueState } from './store.ts';

const LABEL_MAX = 60;
const REASON_MAX = 200;

/** What waits in all accounts, in a number and in words. */
export interface Standing {
  /** That wait for a decision, as far as is known. */
  readonly count: number;
  /** Whether all accounts were really read. */
  readonly isCertain: boolean;
  /** Whether nothing at all is known of some account. */
  readonly isPartlyUnknown: boolean;
  /** Whether somebody has to look after an account. */
  readonly hasTrouble: boolean;
  /** Sentences, the number first. */
  readonly words: readonly string[];
}

/** How many waited in an account when it was last read; kept by the caller over states that show none. */
export type LastCounts = ReadonlyMap<string, number>;

export function countsOf({ sources }: QueueState, before: LastCounts): LastCounts {
  return new Map(
    sources.flatMap((source) => {
      const count = 'requests' in source ? decidable(source.requests) : before.get(source.account);
      return count === undefined ? [] : [[source.account, count] as const];
    }),
  );
}

function decidable(requests: readonly ApprovalRequest[]): number {
  return requests.reduce((sum, request) => sum + (isDecidable(request) ? 1 : 0), 0);
}

export function standingOf(state: QueueState, counts: LastCounts, now: number): Standing {
  const { problem, entries, sources } = state;
  const count = [...counts.values()].reduce((sum, one) => sum + one, 0);
  if (problem !== null && problem.kind !== 'nothing-configured') {
    const why = l10n.t("The accounts can't be read: {0}", shortLine(problem.message, REASON_MAX));
    const words = count === 0 ? [why] : [why, l10n.t('{0} waited when they were last read.', count)];
    return { count, isCertain: false, isPartlyUnknown: true, hasTrouble: true, words };
  }
  const isCertain = sources.every(({ state: known }) => known === 'ready');
  const others = sources.reduce((sum, source) => sum + undecidable(source), 0);
  return {
    count,
    isCertain,
    isPartlyUnknown: sources.some(({ account }) => !counts.has(account)),
    hasTrouble: sources.some((source) => 'error' in source && source.error !== null),
    words: [
      countWords(count, isCertain),
      ...(others === 0 ? [] : [l10n.t("{0} more can be decided in the vendors' portals only.", others)]),
      ...sources.flatMap((source) => {
        const entry = entries.find(({ account }) => account.id === source.account);
        return sourceWords(source, labelOf(entry, source), counts, now);
      }),
    ],
  };
}

function undecidable(source: SourceNow): number {
  return 'requests' in source ? source.requests.length - decidable(source.requests) : 0;
}

function countWords(count: number, isCertain: boolean): string {
  if (isCertain) {
    if (count === 0) return l10n.t('Nothing waits for a decision.');
    return count === 1 ? l10n.t('1 request waits for a decision.') : l10n.t('{0} requests wait for a decision.', count);
  }
  if (count === 0) return l10n.t('It is not known whether anything waits for a decision.');
  return count === 1
    ? l10n.t('1 request waits for a decision, as far as is known.')
    : l10n.t('{0} requests wait for a decision, as far as is known.', count);
}

function labelOf(entry: AccountEntry | undefined, { account }: SourceNow): string {
  const label = cleanLine(entry?.account.label ?? account, LABEL_MAX);
  return entry?.account.sandbox ? l10n.t('{0} (SANDBOX)', label) : label;
}

function sourceWords(source: SourceNow, label: string, counts: LastCounts, now: number): readonly string[] {
  switch (source.state) {
    case 'ready':
      return [];
    case 'loading':
      return [l10n.t('{0} is being read.', label)];
    case 'stale': {
      const age = formatAge(now - Date.parse(source.at));
      return source.error === null
        ? [l10n.t('{0}: as of {1} ago.', label, age)]
        : [l10n.t('{0}: as of {1} ago. {2}', label, age, shortLine(source.error.message, REASON_MAX))];
    }
    case 'failed':
    case 'signed-out': {
      const why = shortLine(source.error.message, REASON_MAX);
      const what =
        source.state === 'signed-out'
          ? l10n.t('{0} is signed out. {1}', label, why)
          : l10n.t('{0} could not be read. {1}', label, why);
      const count = counts.get(source.account) ?? 0;
      return count === 0 ? [what] : [`${what} ${l10n.t('{0} waited when it was last read.', count)}`];
    }
    default:
      return source satisfies never;
  }
}

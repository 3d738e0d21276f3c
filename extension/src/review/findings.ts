import type { ApprovalRequest, Finding } from '@countersign/shared/approval';
import { contextFor, type EarlierReading, requestFindings, sameFileElsewhere } from '@countersign/shared/queue';
import { findingsOf } from '@countersign/shared/triage';
import * as l10n from '@vscode/l10n';
import type { QueueState } from '../queue/store.ts';
import type { Reader, Whole } from './reader.ts';
import type { Gap } from './view/findings.ts';

/** What else waits, as far as the queues of this window know. */
export function waitingIn({ sources }: QueueState): readonly ApprovalRequest[] {
  return sources.flatMap((source) => ('requests' in source ? source.requests : []));
}

/** Requests for the same file that wait elsewhere. */
export function elsewhere(request: ApprovalRequest, state: QueueState): readonly ApprovalRequest[] {
  const all = waitingIn(state);
  const others = new Set(sameFileElsewhere(request, all));
  return all.filter(({ reference }) => others.has(reference));
}

/** Queues in which the same file was not looked for, or not as they are now. */
export function queueGaps({ settings, problem, sources }: QueueState): readonly Gap[] {
  const what = l10n.t('the same file elsewhere');
  if (settings === null) return [{ what, why: problem?.message ?? null }];
  return sources.flatMap((source): readonly Gap[] => {
    const where = l10n.t('the same file elsewhere, account {0}', source.account);
    switch (source.state) {
      case 'ready':
        return [];
      case 'loading':
        return [{ what: where, why: null }];
      case 'stale':
        return [{ what: where, why: source.error?.message ?? l10n.t('Its queue is from an earlier reading.') }];
      case 'failed':
      case 'signed-out':
        return [{ what: where, why: source.error.message }];
      default:
        return source satisfies never;
    }
  });
}

const NOT_READ: EarlierReading = {
  ours: { decisions: [], familiarity: null, notes: [] },
  vendor: { by: 'none', decisions: [], notes: [] },
};

/** What is found by what has been read so far; the rest is named among the gaps. */
export function findingsNow(readings: Reader['now'], state: QueueState, now: number): readonly Finding[] {
  if (readings.whole.kind !== 'read') return [];
  const { request, settings } = readings.whole.value;
  const queue = waitingIn(state);
  const { research, options, earlier } = readings;
  if (research.kind === 'loading') {
    // A scan that is being read is not one that is missing.
    return findingsOf(request, { ...contextFor(request, { now, settings }) });
  }
  return requestFindings(request, {
    settings,
    now,
    queue,
    earlier: earlier.kind === 'read' ? earlier.value : NOT_READ,
    research: research.kind === 'read' ? research.value : null,
    matching:
      (research.kind === 'read' ? research.value?.matching : null) ??
      (options?.kind === 'read' ? options.value.matching : null),
  });
}

/** What findings rest on that is not there. */
export function findingGaps({ request }: Whole, readings: Reader['now'], state: QueueState): readonly Gap[] {
  const { research, earlier, options } = readings;
  const about = l10n.t('malware scan, matching applications and research');
  const researchGaps = ((): readonly Gap[] => {
    if (research.kind === 'loading') return [{ what: about, why: null }];
    if (research.kind === 'failed') return [{ what: about, why: research.message }];
    const unread = research.value?.unread;
    return unread ? [{ what: l10n.t('research'), why: unread.message }] : [];
  })();
  const isUnapprovable = request.unapprovable !== null && request.provider === 'threatlocker';
  return [
    ...researchGaps,
    ...(isUnapprovable && options === null
      ? [{ what: about, why: l10n.t('The vendor keeps them only for requests that can be approved through it.') }]
      : []),
    ...earlierGaps(earlier),
    ...queueGaps(state),
  ];
}

function earlierGaps(earlier: Reader['now']['earlier']): readonly Gap[] {
  const ours = l10n.t('earlier decisions from here');
  const vendor = l10n.t("earlier decisions in the vendor's record");
  if (earlier.kind === 'loading') return [{ what: l10n.t('earlier decisions'), why: null }];
  if (earlier.kind === 'failed') return [{ what: l10n.t('earlier decisions'), why: earlier.message }];
  const failed = (what: string, part: unknown): readonly Gap[] =>
    part instanceof Error ? [{ what, why: part.message }] : [];
  return [...failed(ours, earlier.value.ours), ...failed(vendor, earlier.value.vendor)];
}

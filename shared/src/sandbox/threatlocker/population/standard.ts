import { wireTime } from '../state.ts';
import { type NamedDraft, STANDARD_REQUESTS } from './requests.ts';

const MINUTE_MS = 60_000;

/** The standard population; its times lie relative to the clock (milliseconds). */
export function standardRequests(now: number): Omit<NamedDraft, 'oddTime'>[] {
  return STANDARD_REQUESTS.map(({ oddTime = false, ...draft }) => {
    const at = now - (draft.minutesAgo ?? 0) * MINUTE_MS;
    const later = wireTime(at + 20 * MINUTE_MS);
    return {
      ...draft,
      ...(oddTime ? { dateTime: `${new Date(at).toISOString().slice(0, -1)}4567` } : {}),
      ...(draft.assignee === undefined ? {} : { assignedDate: later }),
      ...(draft.approvedBy === undefined ? {} : { actionDate: later }),
    };
  });
}

import { wireTime } from '../state.ts';
import { type NamedDraft, STANDARD_REQUESTS } from './requests.ts';

/** The standard population with times that lie relative to the clock (milliseconds), and dates in the less usual forms (LC: without zone, with fractions). */
export function standardRequests(now: number): NamedDraft[] {
  return STANDARD_REQUESTS.map((draft) => withTimes(draft, now));
}

function withTimes(draft: NamedDraft, now: number): NamedDraft {
  const at = now - (draft.minutesAgo ?? 0) * 60_000;
  const later = wireTime(at + 20 * 60_000);
  return {
    ...draft,
    ...(draft.dateTime === undefined ? {} : { dateTime: `${new Date(at).toISOString().slice(0, -1)}4567` }),
    ...(draft.assignedDate === undefined ? {} : { assignedDate: later }),
    ...(draft.actionDate === undefined ? {} : { actionDate: later }),
  };
}

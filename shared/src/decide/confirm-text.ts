import type { ApprovalRequest, Finding, Verdict } from '../approval/index.ts';
import { slug } from '../text/index.ts';

/**
 * What a person types to confirm: the verdict, so that no two can be confused, and the subject or the number of
 * subjects. A subject whose name can't be typed gives way to a random word.
 */
export function confirmText(verdict: Verdict, requests: readonly ApprovalRequest[], randomWord: () => string): string {
  const [first] = requests;
  const what =
    requests.length === 1 && first ? (slug(first.subject.name ?? '') ?? randomWord()) : String(requests.length);
  return `${verdict} ${what}`;
}

/** What a person types besides, to confirm an approval that these speak against. */
export function despiteText(stops: readonly Pick<Finding, 'id'>[]): string {
  return `despite ${[...new Set(stops.map(({ id }) => id))].join(' ')}`;
}

import type { ApprovalRequest, Verdict } from '../approval/index.ts';
import { slug } from '../text/index.ts';

const VERBS: Readonly<Record<Verdict, string>> = { approve: 'approve', deny: 'deny', 'take-ownership': 'own' };

/**
 * What a person types to confirm: the verb, so that approve and deny can't be confused, and the subject or the number of
 * subjects. A subject whose name can't be typed gives way to a random word.
 */
export function confirmText(verdict: Verdict, requests: readonly ApprovalRequest[], randomWord: () => string): string {
  const [first] = requests;
  const what =
    requests.length === 1 && first ? (slug(first.subject.name ?? '') ?? randomWord()) : String(requests.length);
  return `${VERBS[verdict]} ${what}`;
}

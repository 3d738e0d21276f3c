import { despiteText, type PlannedDecision, stopsIn } from '@countersign/shared/decide';
import { cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import { oneRequest, requestLines, severalRequests } from './dialog-requests.ts';
import { untilText } from './until.ts';
import { actOf, proposalOf, questionOf, titleOf, typedActOf } from './words.ts';

/** What a person is asked before anything is sent, told from the planned writes themselves. */
export interface Confirmation {
  readonly message: string;
  readonly detail: string;
  /** The button that names the act. */
  readonly act: string;
  /** Whether `detail` leaves anything out that `everything` tells. */
  readonly isShortened: boolean;
  readonly everything: string;
  /** What has to be typed first, and why; `null` where no stop speaks against it. */
  readonly phrase: { readonly text: string; readonly because: readonly string[] } | null;
}

/** @param proposedBy the client's own name for itself, where it isn't this window's person who decides */
export function confirmationOf(planned: PlannedDecision, proposedBy: string | null, now: number): Confirmation {
  const { plan, effects } = planned;
  const head = [
    ...(proposedBy === null ? [] : [proposalOf(plan, proposedBy)]),
    l10n.t('Account: {0}', accountsText(planned)),
    untilText(plan.expiresAt, now),
  ];
  const { lines, isShortened } = effects.length === 1 ? oneRequest(planned) : severalRequests(planned);
  const everything = [
    titleOf(plan),
    ...head,
    ...effects.flatMap((effect) => requestLines(planned, effect)),
    '',
    l10n.t('Decision {0}', plan.decision),
    l10n.t('Digest of the plan: {0}', planned.digest),
  ];
  return {
    message: questionOf(plan),
    detail: [...head, ...lines].join('\n'),
    act: actOf(plan),
    isShortened,
    everything: `${everything.join('\n')}\n`,
    phrase: phraseOf(planned),
  };
}

function phraseOf({ plan, findings }: PlannedDecision): Confirmation['phrase'] {
  const stops = stopsIn(plan.verdict, findings);
  if (stops.length === 0) return null;
  return {
    text: `${typedActOf(plan)} ${despiteText(stops)}`,
    because: [...new Set(stops.map(({ message }) => message))],
  };
}

function accountsText({ accounts }: PlannedDecision): string {
  return accounts
    .map(({ account }) => {
      const label = cleanLine(account.label, 60);
      return account.sandbox ? l10n.t('{0} (SANDBOX)', label) : label;
    })
    .join(', ');
}

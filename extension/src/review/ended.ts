import type { Decision, DecisionStatus } from '@countersign/shared/approval';
import type { DecisionResult } from '@countersign/shared/decide';
import { cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { Banner } from './messages.ts';
import { endText, endTone } from './view/words.ts';

/** How a decision ended, for the page. */
export function endBanner(verdict: Decision['verdict'], result: DecisionResult): Banner {
  const { message, targets } = result;
  const [target] = targets;
  const ending = targets.find(({ mayStillApply, stillWaits }) => mayStillApply || stillWaits) ?? result;
  const decidedBy =
    target?.decidedBy !== undefined && target.attribution !== 'ours' && !message.includes(target.decidedBy)
      ? [l10n.t("The vendor's record names {0}.", cleanLine(target.decidedBy, 100))]
      : [];
  return {
    tone: endTone(ending),
    title: l10n.t('{0}: {1}', verdictText(verdict), endText(ending)),
    lines: [cleanLine(message, 1000), ...decidedBy],
    reload: l10n.t('Read it again'),
  };
}

function verdictText(verdict: Decision['verdict']): string {
  switch (verdict) {
    case 'approve':
      return l10n.t('Approve');
    case 'deny':
      return l10n.t('Deny');
    case 'take-ownership':
      return l10n.t('Take ownership');
    default:
      return verdict satisfies never;
  }
}

const LEAVES_IT_OPEN: readonly DecisionStatus[] = ['refused', 'declined', 'expired', 'needs-choice'];

/** Whether something can be decided on it after this: certainly nothing was done, or only its owner is another. */
export function staysOpen(verdict: Decision['verdict'], { status, targets }: DecisionResult): boolean {
  if (targets.some(({ mayStillApply }) => mayStillApply)) return false;
  if (status === 'not-applied') return true;
  return LEAVES_IT_OPEN.includes(status) || (verdict === 'take-ownership' && status === 'applied');
}

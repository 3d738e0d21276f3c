import type { DecisionRecord, TargetOutcome } from '@countersign/shared/ledger';
import { cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { Icon } from '../host/index.ts';

/**
 * How a decision stands: the journal's words, and some for what they don't tell: a plan that was put aside before anybody
 * answered it, a write that may take effect yet, an approval for which the vendor wants another one.
 */
type Standing = DecisionRecord['phase'] | 'not-confirmed' | 'may-still-apply' | 'next-tier';

export interface StandingWords {
  readonly text: string;
  readonly icon: Icon;
}

/** A plan whose time is over is over, whether or not its process has said so. */
export function standingOf({ phase, plan, answered, outcomes }: DecisionRecord, now: number): Standing {
  if (phase === 'refused' && answered === null) return 'not-confirmed';
  const isOpenYet = (standing: Standing) => standing === 'may-still-apply' || standing === 'next-tier';
  if (phase === 'applied' || phase === 'not-applied') return outcomes.map(standingOfOne).find(isOpenYet) ?? phase;
  return phase === 'planned' && now >= Date.parse(plan.expiresAt) ? 'expired' : phase;
}

/** How it stands with one of its requests. */
export function standingOfOne({ status, mayStillApply, stillWaits }: TargetOutcome): Standing {
  if (status === 'not-applied' && mayStillApply) return 'may-still-apply';
  return status === 'applied' && stillWaits ? 'next-tier' : status;
}

/** What we have no word for is shown as it came, and never as done. */
export function standingWords(standing: Standing): StandingWords {
  switch (standing) {
    case 'planned':
    case 'awaiting-confirmation':
    case 'needs-choice':
      return { text: l10n.t('waits for an answer'), icon: { name: 'watch' } };
    case 'confirmed':
      return { text: l10n.t('confirmed, about to be carried out'), icon: { name: 'sync' } };
    case 'executing':
      return { text: l10n.t('being carried out'), icon: { name: 'sync' } };
    case 'applied':
      return { text: l10n.t('carried out'), icon: { name: 'pass-filled', color: 'testing.iconPassed' } };
    case 'already-handled':
      return { text: l10n.t('handled already'), icon: { name: 'pass' } };
    case 'declined':
      return { text: l10n.t('proposal rejected, nothing sent'), icon: { name: 'circle-slash' } };
    case 'not-confirmed':
      return { text: l10n.t('not confirmed, nothing sent'), icon: { name: 'dash' } };
    case 'refused':
      return { text: l10n.t('refused, nothing changed'), icon: { name: 'error' } };
    case 'expired':
      return { text: l10n.t('expired, nothing sent'), icon: { name: 'history' } };
    case 'not-applied':
      return { text: l10n.t('not carried out'), icon: { name: 'error', color: 'countersign.stopForeground' } };
    case 'may-still-apply':
      return {
        text: l10n.t('not carried out so far, may still take effect'),
        icon: { name: 'question', color: 'countersign.cautionForeground' },
      };
    case 'next-tier':
      return { text: l10n.t('recorded, waits for another approver'), icon: { name: 'pass' } };
    case 'partial':
      return {
        text: l10n.t('its requests ended differently'),
        icon: { name: 'warning', color: 'countersign.cautionForeground' },
      };
    case 'unknown':
    case 'reconciled':
      return { text: UNCLEAR(), icon: { name: 'question', color: 'countersign.cautionForeground' } };
    default:
      return unknownWords(standing);
  }
}

const UNCLEAR = () => l10n.t('unclear whether carried out');

/** A newer version may have written a word that we don't know. */
function unknownWords(standing: never): StandingWords {
  return { text: cleanLine(String(standing), 40), icon: { name: 'question' } };
}

/** Who decided, as far as the vendor's record shows; empty where nothing is known. */
export function attributionText({ decidedBy, attribution }: TargetOutcome): string {
  const who = decidedBy === undefined ? null : cleanLine(decidedBy, 60);
  switch (attribution) {
    case 'ours':
      return who === null ? l10n.t('by us') : l10n.t('by us, recorded as {0}', who);
    case 'other':
      return who === null ? l10n.t('by somebody else') : l10n.t('by {0}', who);
    case 'unproven':
      return who === null ? l10n.t('by whom is not proven') : l10n.t('recorded as {0}, which proves nothing', who);
    case undefined:
      return who === null ? '' : l10n.t('recorded as {0}', who);
    default:
      return attribution satisfies never;
  }
}

import type { DecisionStatus, Kind, Severity, Status } from '@countersign/shared/approval';
import type { TargetOutcome } from '@countersign/shared/ledger';
import { cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { PageWords, Tone } from '../messages.ts';

export function pageWords(): PageWords {
  return {
    skip: l10n.t('Go to the decision'),
    loading: l10n.t('Reading …'),
    notRead: l10n.t('Could not be read.'),
    tryAgain: l10n.t('Try again'),
  };
}

export function kindText(kind: Kind): string {
  switch (kind) {
    case 'application':
      return l10n.t('Application');
    case 'elevation':
      return l10n.t('Elevation');
    case 'storage':
      return l10n.t('Storage');
    case 'network':
      return l10n.t('Network');
    case 'run-as-admin':
      return l10n.t('Run as administrator');
    case 'admin-session':
      return l10n.t('Administrator session');
    case 'server-session':
      return l10n.t('Server session');
    case 'unknown':
      return l10n.t('Unknown kind');
    default:
      return kind satisfies never;
  }
}

export function statusText(status: Status): string {
  switch (status) {
    case 'pending':
      return l10n.t('Pending');
    case 'escalated':
      return l10n.t('Escalated');
    case 'quarantined':
      return l10n.t('Quarantined');
    case 'approved':
      return l10n.t('Approved');
    case 'denied':
      return l10n.t('Denied');
    case 'expired':
      return l10n.t('Expired');
    default:
      return l10n.t('Unknown status {0}', cleanLine(status, 40));
  }
}

export const SEVERITY_TONES: Readonly<Record<Severity, Tone>> = { stop: 'bad', caution: 'doubt', info: 'plain' };

export function severityText(severity: Severity): string {
  switch (severity) {
    case 'stop':
      return l10n.t('Stop');
    case 'caution':
      return l10n.t('Caution');
    case 'info':
      return l10n.t('Note');
    default:
      return severity satisfies never;
  }
}

/** How a decision, or one of its requests, ended. */
type Ending = Pick<TargetOutcome, 'status'> & Partial<Pick<TargetOutcome, 'mayStillApply' | 'stillWaits'>>;

export function endText({ status, mayStillApply, stillWaits }: Ending): string {
  switch (status) {
    case 'applied':
      return stillWaits ? l10n.t('Recorded, waits for another approver') : l10n.t('Carried out');
    case 'already-handled':
      return l10n.t('Already handled');
    case 'needs-choice':
      return l10n.t('A choice is needed');
    case 'refused':
      return l10n.t('Refused');
    case 'declined':
      return l10n.t('Proposal rejected');
    case 'expired':
      return l10n.t('Expired');
    case 'awaiting-confirmation':
      return l10n.t('Waits for a person');
    case 'not-applied':
      return mayStillApply ? l10n.t('Not carried out so far, may still take effect') : l10n.t('Not carried out');
    case 'unknown':
      return l10n.t('Outcome unknown');
    case 'partial':
      return l10n.t('Its requests ended differently');
    default:
      return status satisfies never;
  }
}

const END_TONES: Partial<Record<DecisionStatus, Tone>> = { applied: 'good', unknown: 'bad', partial: 'bad' };

export function endTone({ status, mayStillApply, stillWaits }: Ending): Tone {
  if (mayStillApply) return 'bad';
  return (stillWaits ? undefined : END_TONES[status]) ?? 'doubt';
}

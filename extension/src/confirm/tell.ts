import type { DecisionResult } from '@countersign/shared/decide';
import type { TargetOutcome } from '@countersign/shared/ledger';
import { cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { Host } from '../host/index.ts';

const MESSAGE_MAX = 1_000;
const TOAST_MAX = 300;

/** Says how a decision ended; nobody waits until it is read. @param title what was to be done, where that is known */
export function tell(host: Host, result: DecisionResult, title?: string): void {
  const message = cleanLine(result.message, TOAST_MAX);
  const shown = title === undefined ? message : l10n.t('{0}: {1}', title, message);
  const details = l10n.t('Show Details');
  const isMore = result.targets.length > 1 || message !== cleanLine(result.message, MESSAGE_MAX);
  show(host, levelOf(result), shown, isMore ? { [details]: () => host.openText(endText(result, title)) } : {});
}

/** Shows a notification with what its buttons do, and goes on. */
export function show(
  host: Host,
  level: 'info' | 'warning' | 'error',
  message: string,
  actions: Readonly<Record<string, () => Promise<void>>> = {},
): void {
  const answer = async () => {
    const chosen = await host.dialogs.notify(level, message, ...Object.keys(actions));
    if (chosen !== null) await actions[chosen]?.();
  };
  answer().catch((error: unknown) => host.log.error(String(error)));
}

function levelOf({ status }: DecisionResult): 'info' | 'warning' | 'error' {
  switch (status) {
    case 'applied':
    case 'already-handled':
    case 'declined':
    case 'needs-choice':
      return 'info';
    case 'awaiting-confirmation':
    case 'refused':
    case 'expired':
    case 'not-applied':
      return 'warning';
    case 'unknown':
    case 'partial':
      return 'error';
    default:
      return status satisfies never;
  }
}

/** How a decision ended, whole. */
function endText({ decision, message, targets, journal }: DecisionResult, title: string | undefined): string {
  return `${[
    ...(title === undefined ? [] : [title, '']),
    cleanLine(message, MESSAGE_MAX),
    ...(targets.length > 0 ? ['', ...targets.map(targetText)] : []),
    ...(decision === null ? [] : ['', l10n.t('Decision {0}', decision)]),
    ...(journal === undefined ? [] : [l10n.t('Head of the journal: {0}', journal)]),
  ].join('\n')}\n`;
}

function targetText({ request, status, message, decidedBy, attribution }: TargetOutcome): string {
  const said = cleanLine(message, MESSAGE_MAX);
  const isNamed = decidedBy === undefined || attribution === 'ours' || message.includes(decidedBy);
  const word = isNamed ? '' : ` ${l10n.t("The vendor's record names {0}.", cleanLine(decidedBy, 100))}`;
  return `${cleanLine(request, 120)}: ${status}. ${said}${word}`;
}

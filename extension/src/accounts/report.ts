import type { Account } from '@countersign/shared/account';
import { PROVIDER_NAMES } from '@countersign/shared/approval';
import type { Check } from '@countersign/shared/provider';
import { cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';

const MESSAGE_MAX = 500;

export const hasFailed = (checks: readonly Check[]) => checks.some(({ state }) => state === 'fails');

/** Each check with its sentence, a line each. */
export function checkLines(checks: readonly Check[]): readonly string[] {
  return checks.map(({ name, state, message }) => `${wordFor(state)} ${name}: ${cleanLine(message, MESSAGE_MAX)}`);
}

function wordFor(state: Check['state']): string {
  switch (state) {
    case 'works':
      return l10n.t('✓ works');
    case 'fails':
      return l10n.t('✗ FAILS');
    case 'unknown':
      return l10n.t('? unknown');
    default:
      return state satisfies never;
  }
}

/** An account in a heading: what it is called, whose it is, and where. */
export function headingOf({ id, label, provider, host, sandbox }: Account): string {
  const name = label === id ? id : `${id} (${cleanLine(label, 60)})`;
  return l10n.t('{0}: {1} at {2}', `${name}${sandbox ? ' · SANDBOX' : ''}`, PROVIDER_NAMES[provider], host);
}

/** The worst first, in one sentence. */
export function summaryOf(checks: readonly Check[]): string {
  const failed = checks.find(({ state }) => state === 'fails');
  if (failed) return l10n.t('{0} FAILS: {1}', failed.name, cleanLine(failed.message, MESSAGE_MAX));
  const worked = checks.find(({ state }) => state === 'works');
  return worked ? cleanLine(worked.message, MESSAGE_MAX) : l10n.t('Nothing of it could be checked.');
}

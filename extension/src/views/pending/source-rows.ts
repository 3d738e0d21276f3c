import { PROVIDER_NAMES } from '@countersign/shared/approval';
import type { SourceNow } from '@countersign/shared/queue';
import { cleanLine, formatAge } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { Row } from '../../host/index.ts';
import type { AccountSeen } from './picture.ts';

const REASON_MAX = 300;

/** Whether an account's state needs a row of its own: what was simply read is seen in its requests. */
export function hasRow(source: SourceNow, account: AccountSeen | null): boolean {
  return source.state !== 'ready' || account?.sandbox === true;
}

/** An account's state: why its requests are missing, or how old they are. */
export function sourceRow(source: SourceNow, account: AccountSeen | null, now: number): Row {
  const label = account?.label ?? source.account;
  const about = [
    ...(account?.sandbox ? ['SANDBOX'] : []),
    ...(account ? [PROVIDER_NAMES[account.provider]] : []),
    stateText(source, now),
  ].join(' · ');
  const row = { label, description: about, spoken: `${label}. ${about}`, children: 'none' } as const;
  switch (source.state) {
    case 'loading':
      return { ...row, icon: { name: 'loading~spin' }, context: ['account'] };
    case 'ready':
      return { ...row, icon: { name: 'beaker' }, context: ['account'] };
    case 'stale':
      return { ...row, icon: { name: 'history' }, mark: 'stale', context: ['account', 'retryable'], click: 'retry' };
    case 'failed':
      return {
        ...row,
        icon: { name: 'error', color: 'countersign.stopForeground' },
        context: ['account', 'retryable'],
        click: 'retry',
      };
    case 'signed-out':
      return {
        ...row,
        icon: { name: 'key', color: 'countersign.cautionForeground' },
        context: ['account', 'signed-out', 'retryable'],
        click: 'signIn',
      };
    default:
      return source satisfies never;
  }
}

/** The same, whole: for a hover, which has more room. */
export function stateText(source: SourceNow, now: number): string {
  switch (source.state) {
    case 'loading':
      return l10n.t('reading …');
    case 'ready':
      return source.requests.length === 1 ? l10n.t('1 request waits') : waiting(source.requests.length);
    case 'stale': {
      const age = formatAge(now - Date.parse(source.at));
      const waited = l10n.t('stale: {0} waited {1} ago', source.requests.length, age);
      return source.error === null
        ? l10n.t('{0}; not read again yet', waited)
        : l10n.t('{0}; could not be read now: {1}', waited, reasonOf(source.error));
    }
    case 'failed':
      return l10n.t('not read: {0}', reasonOf(source.error));
    case 'signed-out':
      return l10n.t('signed out: {0}', reasonOf(source.error));
    default:
      return source satisfies never;
  }
}

function waiting(count: number): string {
  return count === 0 ? l10n.t('nothing waits') : l10n.t('{0} requests wait', count);
}

function reasonOf({ message }: { readonly message: string }): string {
  return cleanLine(message, REASON_MAX);
}

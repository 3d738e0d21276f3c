import { KINDS, PROVIDER_NAMES } from '@countersign/shared/approval';
import type { GroupOfRequests } from '@countersign/shared/queue';
import { shortLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { Row } from '../../host/index.ts';
import { gravestName, kindName } from '../words.ts';
import type { AccountSeen } from './picture.ts';

const LABEL_MAX = 60;

/** @param account of a group by account */
export function groupRow(group: GroupOfRequests, account: AccountSeen | null, children: Row['children']): Row {
  const label = account?.label ?? groupLabel(group);
  const about = [
    String(group.requests.length),
    ...toldByText(group),
    ...(account ? [PROVIDER_NAMES[account.provider]] : []),
    ...(account?.sandbox ? ['SANDBOX'] : []),
  ].join(' · ');
  const count = group.requests.length === 1 ? l10n.t('1 request') : l10n.t('{0} requests', group.requests.length);
  return {
    label,
    description: about,
    icon: { name: iconOf(group) },
    children,
    context: ['group', ...(account ? ['account'] : [])],
    spoken: l10n.t('{0}, {1}', label, count),
  };
}

/** Names of organizations and files are others' texts; ages, kinds and severities are words of ours. */
export function groupLabel({ by, key, label }: GroupOfRequests, max = LABEL_MAX): string {
  const own = key.slice(by.length + 1);
  switch (by) {
    case 'kind': {
      const kind = KINDS.find((known) => known === own);
      return kind ? kindName(kind) : l10n.t('unknown kind');
    }
    case 'age':
      return AGES[own]?.() ?? l10n.t('unknown time');
    case 'severity':
      return SEVERITIES[own]?.() ?? gravestName('not-looked-at');
    default:
      return own === 'unknown' ? unknownName(by) : shortLine(label, max) || l10n.t('unnamed');
  }
}

/** What the vendor did not say. */
function unknownName(by: 'organization' | 'file' | 'computer' | 'requester' | 'account' | 'settings'): string {
  return {
    organization: l10n.t('organization not known'),
    file: l10n.t('file not known'),
    computer: l10n.t('computer not known'),
    requester: l10n.t('requester not known'),
    account: l10n.t('account not known'),
    settings: l10n.t('policy not known'),
  }[by];
}

const AGES: Readonly<Record<string, () => string>> = {
  older: () => l10n.t('over a week'),
  week: () => l10n.t('a day to a week'),
  day: () => l10n.t('an hour to a day'),
  hour: () => l10n.t('less than an hour'),
};

const SEVERITIES: Readonly<Record<string, () => string>> = {
  stop: () => gravestName('stop'),
  caution: () => gravestName('caution'),
  info: () => gravestName('info'),
  none: () => gravestName('none'),
};

/** By what the requests of a group of files were told to be for the same one. */
export function toldByText({ toldBy, requests }: GroupOfRequests): readonly string[] {
  if (requests.length < 2 || toldBy === undefined) return [];
  switch (toldBy) {
    case 'sha256':
      return [l10n.t('the same SHA-256')];
    case 'vendor-hash':
      return [l10n.t("the same hash, the vendor's own")];
    case 'path-and-signer':
      return [l10n.t('the same path and signer, so the bytes may differ')];
    default:
      return toldBy satisfies never;
  }
}

const SEVERITY_ICONS: Readonly<Record<string, string>> = {
  stop: 'error',
  caution: 'warning',
  info: 'info',
  none: 'pass',
};

function iconOf({ by, key }: GroupOfRequests): string {
  switch (by) {
    case 'organization':
      return 'organization';
    case 'file':
      return 'file-binary';
    case 'computer':
      return 'device-desktop';
    case 'requester':
      return 'person';
    case 'account':
      return 'plug';
    case 'kind':
      return 'symbol-class';
    case 'age':
      return 'clock';
    case 'settings':
      return 'settings';
    case 'severity':
      return SEVERITY_ICONS[key.slice(by.length + 1)] ?? 'question';
    default:
      return by satisfies never;
  }
}

import type { Kind } from '@countersign/shared/approval';
import * as l10n from '@vscode/l10n';
import type { SettingValues } from '../host/index.ts';
import type { Gravest } from './gravest.ts';

/** How a person calls what is asked for. */
export function kindName(kind: Kind): string {
  return {
    application: l10n.t('application'),
    elevation: l10n.t('elevation'),
    storage: l10n.t('storage access'),
    network: l10n.t('network access'),
    'run-as-admin': l10n.t('run as administrator'),
    'admin-session': l10n.t('administrator session'),
    'server-session': l10n.t('administrator session on a server'),
    unknown: l10n.t('unknown kind'),
  }[kind];
}

export function gravestName(gravest: Gravest): string {
  return {
    stop: l10n.t('stop'),
    caution: l10n.t('caution'),
    info: l10n.t('note'),
    none: l10n.t('nothing found'),
    'not-looked-at': l10n.t('not looked at'),
  }[gravest];
}

export type GroupBy = SettingValues['groupBy'];

export function groupingName(by: GroupBy): string {
  return {
    organization: l10n.t('Organization'),
    file: l10n.t('File'),
    computer: l10n.t('Computer'),
    requester: l10n.t('Requester'),
    account: l10n.t('Account'),
    kind: l10n.t('Kind'),
    age: l10n.t('Age'),
    severity: l10n.t('Severity'),
    none: l10n.t('No groups'),
  }[by];
}

import type { DenyOptions, ProviderName } from '@countersign/shared/approval';
import { cleanBlock, cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { Control, Draft } from '../messages.ts';

const REASON_MAX = 1000;
const MOST_TEMPLATES = 50;

/** @param templates of the person's own settings @param problem what is wrong with the reason */
export function denyControls(
  provider: ProviderName,
  templates: readonly string[],
  problem: string | null,
): readonly Control[] {
  const shown = templatesOf(templates);
  const plain = { hint: null, problem: null };
  const options = shown.map((template, index) => ({
    value: String(index),
    label: cleanLine(template, 200),
    note: null,
    off: null,
  }));
  return [
    ...(shown.length === 0
      ? []
      : [
          {
            kind: 'select',
            name: 'template',
            label: l10n.t('Reasons to choose from'),
            ...plain,
            options: [{ value: '', label: l10n.t('None of them'), note: null, off: null }, ...options],
          } as const,
        ]),
    {
      kind: 'area',
      name: 'reason',
      label: l10n.t('Reason for the denial (required)'),
      hint:
        provider === 'admin-by-request'
          ? l10n.t('The requester gets it by e-mail.')
          : l10n.t('It is kept with the request.'),
      problem,
      max: REASON_MAX,
    },
    ...(provider === 'threatlocker'
      ? [
          {
            kind: 'area',
            name: 'denyNotify',
            label: l10n.t('Text to the requester about the denial (optional)'),
            hint: l10n.t('Left empty: nothing is sent to them.'),
            problem: null,
            max: REASON_MAX,
          } as const,
        ]
      : []),
  ];
}

export function templatesOf(templates: readonly string[]): readonly string[] {
  return templates
    .slice(0, MOST_TEMPLATES)
    .map((template) => cleanBlock(template, REASON_MAX))
    .filter((template) => template !== '');
}

/** As they were typed: the client layer cleans them, and refuses what it can't send whole. @returns `null`: there is no reason yet */
export function denyOptionsOf({ reason, denyNotify }: Draft, provider: ProviderName): DenyOptions | null {
  if (cleanBlock(reason, REASON_MAX) === '') return null;
  const notify = provider === 'threatlocker' ? denyNotify.trim() : '';
  return { reason: reason.trim(), ...(notify === '' ? {} : { notify }) };
}

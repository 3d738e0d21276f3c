import type { DenyOptions, ProviderName } from '@countersign/shared/approval';
import { shortLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { Host, Step, StepPlace } from '../host/index.ts';
import { inSteps } from '../host/index.ts';

const REASON_MAX = 1000;

/** Why a request is denied, and in ThreatLocker what its requester is told. @returns `null`: it was closed */
export async function denySteps(title: string, provider: ProviderName, host: Host): Promise<DenyOptions | null> {
  return await inSteps<DenyOptions>(title, { reason: '' }, () => [
    (_, place) => askReason(host, provider, place),
    // In Admin By Request the reason itself goes to the requester.
    ...(provider === 'threatlocker' ? [tellRequester(host)] : []),
  ]);
}

async function askReason(host: Host, provider: ProviderName, place: StepPlace): Promise<Step<DenyOptions>> {
  const { dialogs, settings } = host;
  const own = l10n.t('Write a reason …');
  const picked = await dialogs.pick<string | null>(
    [
      ...settings.get('denyReasons').map((reason) => ({ label: shortLine(reason, 120), value: reason })),
      { label: own, value: null },
    ],
    {
      ...place,
      placeholder:
        provider === 'threatlocker'
          ? l10n.t('Why is it denied? The reason is kept with the request.')
          : l10n.t('Why is it denied? The requester gets the reason by e-mail.'),
    },
  );
  if (picked.kind !== 'done') return picked;
  if (picked.value !== null) return { kind: 'done', value: { reason: picked.value } };
  const typed = await dialogs.input({ ...place, prompt: l10n.t('Why is it denied?'), validate: wrongText });
  if (typed.kind === 'back') return await askReason(host, provider, place);
  return typed.kind === 'done' ? { kind: 'done', value: { reason: typed.value } } : typed;
}

function tellRequester({ dialogs }: Host) {
  return async (options: DenyOptions, place: StepPlace): Promise<Step<DenyOptions>> => {
    const picked = await dialogs.pick<'nothing' | 'reason' | 'own'>(
      [
        { label: l10n.t('Tell the requester nothing'), value: 'nothing' },
        { label: l10n.t('Send the requester the reason'), detail: shortLine(options.reason, 120), value: 'reason' },
        { label: l10n.t('Write the requester a message …'), value: 'own' },
      ],
      { ...place, placeholder: l10n.t('What is the requester told?') },
    );
    if (picked.kind !== 'done') return picked;
    if (picked.value === 'nothing') return { kind: 'done', value: { reason: options.reason } };
    if (picked.value === 'reason') return { kind: 'done', value: { ...options, notify: options.reason } };
    const typed = await dialogs.input({
      ...place,
      prompt: l10n.t('A message to the requester.'),
      validate: wrongText,
    });
    return typed.kind === 'done' ? { kind: 'done', value: { ...options, notify: typed.value } } : typed;
  };
}

function wrongText(text: string): string | null {
  if (text.trim() === '') return l10n.t('Write a sentence, or go back.');
  return text.length > REASON_MAX ? l10n.t('That is longer than {0} characters. Shorten it.', REASON_MAX) : null;
}

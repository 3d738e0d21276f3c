import type { ApprovalRequest, ApproveOptions } from '@countersign/shared/approval';
import { VendorError } from '@countersign/shared/http';
import type { AccountBook, Choice } from '@countersign/shared/provider';
import * as l10n from '@vscode/l10n';
import type { Host, Step, StepPlace } from '../host/index.ts';
import { inSteps } from '../host/index.ts';
import { choiceWords } from '../views/choice-words.ts';

const TEXT_MAX = 1000;

/** What a person chose: options, or to look at the request whole first. */
export type ApproveAnswer = { readonly options: ApproveOptions } | 'review';

interface Answers {
  readonly choice: ApproveOptions | 'review';
}

/**
 * How one request is to be approved, in steps: the narrowest approval first, wider ones beneath with their reach.
 * @returns `null`: it was closed
 */
export async function approveSteps(
  title: string,
  request: ApprovalRequest,
  book: AccountBook,
  { dialogs }: Host,
): Promise<ApproveAnswer | null> {
  const entry = (await book.now()).of(request.reference);
  if (!entry?.provider.capabilities.permitOptions) return { options: {} };
  const found = await dialogs.progress(l10n.t('Looking for the narrowest approval …'), true, async (signal) =>
    entry.provider.permitOptions(request.vendorId, undefined, signal).catch(asVendorError),
  );
  if (found instanceof VendorError) {
    await dialogs.notify('error', l10n.t('Nothing was approved. {0}', found.message));
    return null;
  }
  const { suggestion, groups } = found;
  const choices = (suggestion ? [suggestion.narrowest, ...suggestion.widenings] : []).map((choice) => ({
    ...choice,
    label: choiceWords(choice, groups),
  }));
  const answers = await inSteps<Answers>(title, { choice: 'review' }, () => [
    (_, place) => chooseOne(dialogs, choices, place),
    ({ choice }, place) => (choice === 'review' ? done({ choice }) : furtherTexts(dialogs, choice, place)),
  ]);
  if (answers === null) return null;
  return answers.choice === 'review' ? 'review' : { options: answers.choice };
}

const done = (value: Answers): Promise<Step<Answers>> => Promise.resolve({ kind: 'done', value });

async function chooseOne(
  dialogs: Host['dialogs'],
  choices: readonly Choice[],
  place: StepPlace,
): Promise<Step<Answers>> {
  const picked = await dialogs.pick<ApproveOptions | 'review'>(
    [
      ...choices.map(({ label, reach, options }, index) => ({
        label,
        detail: reach.sentence,
        ...(index === 0 ? { description: l10n.t('the narrowest') } : {}),
        value: options,
      })),
      {
        label: l10n.t('Something else …'),
        detail: l10n.t('Opens the request with everything that can be chosen.'),
        value: 'review',
      },
    ],
    {
      ...place,
      placeholder:
        choices.length > 0
          ? l10n.t('What is to be approved?')
          : l10n.t('No narrow approval is known that would satisfy this request.'),
    },
  );
  return picked.kind === 'done' ? { kind: 'done', value: { choice: picked.value } } : picked;
}

type Text = 'comment' | 'notify' | 'ticket';

/** What may go along, until the person goes on. */
async function furtherTexts(
  dialogs: Host['dialogs'],
  options: ApproveOptions,
  place: StepPlace,
): Promise<Step<Answers>> {
  const prompts: Readonly<Record<Text, string>> = {
    comment: l10n.t('A comment for colleagues. The requester never sees it.'),
    notify: l10n.t('A message to the requester.'),
    ticket: l10n.t('The ticket that this belongs to.'),
  };
  const labels: Readonly<Record<Text, string>> = {
    comment: l10n.t('Add a comment for colleagues …'),
    notify: l10n.t('Send the requester a message …'),
    ticket: l10n.t('Name a ticket …'),
  };
  let chosen = options;
  for (;;) {
    const picked = await dialogs.pick<Text | 'go on'>(
      [
        {
          label: l10n.t('Go on to the confirmation'),
          detail: l10n.t('It shows exactly what would be done, and asks once more.'),
          value: 'go on',
        },
        ...(['comment', 'notify', 'ticket'] as const).map((name) => ({
          label: labels[name],
          ...(chosen[name] === undefined ? {} : { description: l10n.t('written') }),
          value: name,
        })),
      ],
      { ...place, placeholder: l10n.t('Anything to add?') },
    );
    if (picked.kind !== 'done') return picked;
    if (picked.value === 'go on') return { kind: 'done', value: { choice: chosen } };
    const name = picked.value;
    const text = await dialogs.input({
      title: place.title,
      prompt: prompts[name],
      value: chosen[name] ?? '',
      validate: (typed) =>
        typed.length > TEXT_MAX ? l10n.t('That is longer than {0} characters. Shorten it.', TEXT_MAX) : null,
    });
    if (text.kind === 'done') chosen = { ...chosen, [name]: text.value.trim() === '' ? undefined : text.value };
  }
}

function asVendorError(error: unknown): VendorError {
  if (error instanceof VendorError) return error;
  throw error;
}

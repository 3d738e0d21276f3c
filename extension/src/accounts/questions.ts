import { isJsonObject, type JsonObject, PROVIDER_NAMES, type ProviderName } from '@countersign/shared/approval';
import * as l10n from '@vscode/l10n';
import type { Dialogs } from '../host/index.ts';
import { type Ask, answered } from '../host/index.ts';
import { askDataCenter } from './ask-data-center.ts';
import { askSecret } from './ask-secret.ts';
import { askText } from './ask-text.ts';
import { accountsIn, freeId, memberText, providerIn } from './content.ts';
import { type Draft, newDraft, problemAt, withText } from './draft.ts';

/** The questions about an account that is added. @param content what the file says so far */
export function questionsToAdd(dialogs: Dialogs, content: JsonObject): (draft: Draft) => readonly Ask<Draft>[] {
  return (draft) => [
    askProvider(dialogs),
    ...askConnection(dialogs, providerIn(draft.entry)),
    askId(dialogs, content),
    ...askRest(dialogs, content),
  ];
}

/** The same questions about one that is there; what it is called in references stays. */
export function questionsToEdit(dialogs: Dialogs, content: JsonObject): (draft: Draft) => readonly Ask<Draft>[] {
  return (draft) => [...askConnection(dialogs, providerIn(draft.entry), true), ...askRest(dialogs, content)];
}

function askProvider(dialogs: Dialogs): Ask<Draft> {
  return async (draft, place) => {
    const step = await dialogs.pick(
      (Object.keys(PROVIDER_NAMES) as ProviderName[]).map((value) => ({
        label: PROVIDER_NAMES[value],
        value,
        picked: value === providerIn(draft.entry),
      })),
      { ...place, placeholder: l10n.t('Whose requests are to be shown?') },
    );
    // What was answered about another provider means nothing for this one.
    return answered(step, (provider) => (provider === providerIn(draft.entry) ? draft : newDraft(provider)));
  };
}

function askConnection(dialogs: Dialogs, provider: ProviderName, isKept = false): readonly Ask<Draft>[] {
  return provider === 'threatlocker'
    ? [
        askText(dialogs, 'instance', {
          name: l10n.t('The instance'),
          prompt: l10n.t(
            'The instance that your portal is on, such as "g". In the portal: Help > Organization Instance.',
          ),
          tidy: (text) => text.toLowerCase(),
        }),
        askSecret(dialogs, provider, isKept),
        askText(dialogs, 'organizationId', {
          name: l10n.t('The organization'),
          prompt: l10n.t("The id of the organization to manage. Leave it empty for the token's own."),
          placeholder: '00000000-0000-0000-0000-000000000000',
        }),
        askChildren(dialogs),
      ]
    : [
        askDataCenter(dialogs),
        askSecret(dialogs, provider, isKept),
        askText(dialogs, 'approverEmail', {
          name: l10n.t('The address'),
          prompt: l10n.t(
            "Your address as a user of the portal, which the vendor's audit log then names. It may be left empty.",
          ),
        }),
      ];
}

function askRest(dialogs: Dialogs, content: JsonObject): readonly Ask<Draft>[] {
  return [
    askText(dialogs, 'label', {
      name: l10n.t('The name'),
      prompt: l10n.t('What it is called in lists, if that differs. It may be left empty.'),
    }),
    ...askApprover(dialogs, content),
    askAssistants(dialogs),
  ];
}

function askId(dialogs: Dialogs, content: JsonObject): Ask<Draft> {
  return async (draft, place) => {
    const others = accountsIn(content);
    const step = await dialogs.input({
      ...place,
      prompt: l10n.t(
        'What it is called in references to its requests, such as acme: lower-case letters, digits, hyphens.',
      ),
      value: memberText(draft.entry, 'id') || freeId(content, providerIn(draft.entry)),
      validate: (text) =>
        problemAt(
          { accounts: [...others, withText(draft.entry, 'id', text.trim())] },
          `accounts[${others.length}].id`,
          l10n.t('The id'),
        ),
    });
    return answered(step, (text) => ({ ...draft, entry: withText(draft.entry, 'id', text.trim()) }));
  };
}

function askChildren(dialogs: Dialogs): Ask<Draft> {
  return async (draft, place) => {
    const included = draft.entry['includeChildOrganizations'] !== false;
    const step = await dialogs.pick(
      [
        { label: l10n.t('With its child organizations'), value: true, picked: included },
        { label: l10n.t('This organization alone'), value: false, picked: !included },
      ],
      { ...place, placeholder: l10n.t('Whose requests are to be shown?') },
    );
    return answered(step, (value) => ({ ...draft, entry: { ...draft.entry, includeChildOrganizations: value } }));
  };
}

/** Asked for once: while the file names none. */
function askApprover(dialogs: Dialogs, content: JsonObject): readonly Ask<Draft>[] {
  const known = isJsonObject(content['approver']) ? content['approver'] : {};
  const ask =
    (member: string, name: string, prompt: string, suggestion: (draft: Draft) => string): Ask<Draft> =>
    async (draft, place) => {
      const withAnswer = (text: string) => withText(draft.approver, member, text.trim());
      const step = await dialogs.input({
        ...place,
        prompt,
        value: memberText(draft.approver, member) || suggestion(draft),
        validate: (text) => problemAt({ approver: withAnswer(text), accounts: [] }, `approver.${member}`, name),
      });
      return answered(step, (text) => ({ ...draft, approver: withAnswer(text) }));
    };
  return [
    ...('name' in known
      ? []
      : [ask('name', l10n.t('Your name'), l10n.t('Your name, as the approver. It may be left empty.'), () => '')]),
    ...('email' in known
      ? []
      : [
          ask(
            'email',
            l10n.t('Your address'),
            l10n.t(
              'Your e-mail address, by which your own requests and what you have taken on are known. It may be left empty.',
            ),
            ({ entry }) => memberText(entry, 'approverEmail'),
          ),
        ]),
  ];
}

function askAssistants(dialogs: Dialogs): Ask<Draft> {
  return async (draft, place) => {
    const now = memberText(draft.entry, 'assistants') || 'propose';
    const step = await dialogs.pick(
      [
        { value: 'propose', label: l10n.t('Propose decisions'), description: l10n.t('which only you can confirm') },
        { value: 'read', label: l10n.t('Look'), description: l10n.t('at the queue and at requests') },
        { value: 'none', label: l10n.t('Nothing'), description: l10n.t('assistants do not see this account') },
      ].map((item) => ({ ...item, picked: item.value === now })),
      { ...place, placeholder: l10n.t('What may AI assistants do with it?') },
    );
    return answered(step, (assistants) => ({ ...draft, entry: { ...draft.entry, assistants } }));
  };
}

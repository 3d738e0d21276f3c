import { SecretError, usableSecret } from '@countersign/shared/account';
import { isJsonObject, type JsonObject, PROVIDER_NAMES, type ProviderName } from '@countersign/shared/approval';
import * as l10n from '@vscode/l10n';
import type { Dialogs, PickItem, Step } from '../host/index.ts';
import { accountsIn, freeId, memberText, providerIn } from './content.ts';
import { type Draft, newDraft, problemAt, withText } from './draft.ts';
import type { Ask } from './steps.ts';

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

/** @param isKept whether the secret may be left as it is */
export function askSecret(dialogs: Dialogs, provider: ProviderName, isKept = false): Ask<Draft> {
  const prompt =
    provider === 'threatlocker'
      ? l10n.t('The token of an API user, without "Bearer". In the portal: Users > API Users.')
      : l10n.t('The API key. In the portal: Settings > Tenant Settings > Data > API Keys.');
  return async (draft, place) => {
    const mayBeEmpty = isKept || draft.secret !== '';
    const step = await dialogs.input({
      ...place,
      prompt: mayBeEmpty ? l10n.t('{0} Leave it empty to keep the one that is known.', prompt) : prompt,
      password: true,
      validate: (text) => (text.trim() === '' && mayBeEmpty ? null : secretProblem(text, provider)),
    });
    return answered(step, (text) => ({ ...draft, secret: text.trim() === '' ? draft.secret : text.trim() }));
  };
}

/** What is wrong with a secret as it was typed; `null`: nothing that one could see. */
export function secretProblem(text: string, provider: ProviderName): string | null {
  try {
    usableSecret(text, provider === 'threatlocker' ? l10n.t('The token') : l10n.t('The API key'));
    return null;
  } catch (error) {
    if (error instanceof SecretError) return error.message;
    throw error;
  }
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

function askText(
  dialogs: Dialogs,
  member: string,
  {
    name,
    prompt,
    placeholder,
    tidy = (text) => text,
  }: { name: string; prompt: string; placeholder?: string; tidy?: (text: string) => string },
): Ask<Draft> {
  return async (draft, place) => {
    const withAnswer = (text: string) => withText(draft.entry, member, tidy(text.trim()));
    const step = await dialogs.input({
      ...place,
      prompt,
      ...(placeholder === undefined ? {} : { placeholder }),
      value: memberText(draft.entry, member),
      validate: (text) => problemAt({ accounts: [withAnswer(text)] }, `accounts[0].${member}`, name),
    });
    return answered(step, (text) => ({ ...draft, entry: withAnswer(text) }));
  };
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

function askDataCenter(dialogs: Dialogs): Ask<Draft> {
  const other = Symbol('another');
  const named = askText(dialogs, 'dataCenter', {
    name: l10n.t('The data centre'),
    prompt: l10n.t(
      'The beginning of the address in the portal, such as "dc1": Settings > Tenant Settings > Data > API Keys.',
    ),
    tidy: (text) => text.toLowerCase(),
  });
  return async (draft, place) => {
    const now = memberText(draft.entry, 'dataCenter') || 'dc1';
    // Of the others it isn't documented where they are.
    const where: Readonly<Record<string, string>> = { dc1: l10n.t('Europe'), dc2: l10n.t('USA') };
    const known = [...new Set(['dc1', 'dc2', 'dc3', 'dc4', 'dc5', 'dc6', now])];
    const items: PickItem<string | typeof other>[] = known.map((label) => ({
      label,
      value: label,
      picked: label === now,
      ...(where[label] === undefined ? {} : { description: where[label] }),
    }));
    for (;;) {
      const step = await dialogs.pick([...items, { label: l10n.t('Another…'), value: other }], {
        ...place,
        placeholder: l10n.t('Where is the tenant? In the portal: Settings > Tenant Settings > Data > API Keys.'),
      });
      if (step.kind !== 'done') return step;
      const { value } = step;
      if (value !== other) return answered(step, () => ({ ...draft, entry: { ...draft.entry, dataCenter: value } }));
      const typed = await named(draft, place);
      if (typed.kind !== 'back') return typed;
    }
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

function answered<T, Answer>(step: Step<T>, read: (value: T) => Answer): Step<Answer> {
  return step.kind === 'done' ? { kind: 'done', value: read(step.value) } : step;
}

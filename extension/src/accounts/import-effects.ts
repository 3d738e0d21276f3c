import type { Account, Channel, Settings } from '@countersign/shared/account';
import {
  FINDING_IDS,
  type JsonObject,
  PROVIDER_NAMES,
  type ProviderName,
  type Severity,
} from '@countersign/shared/approval';
import { quoted } from '@countersign/shared/text';
import { CATALOGUE } from '@countersign/shared/triage';
import * as l10n from '@vscode/l10n';
import { accountIn, accountOf, settingsOf } from './content.ts';
import type { Taken } from './import-secrets.ts';

// What an import would change here, in sentences, so that nobody's settings come along unseen.

/** How much is told of what a file may hold any amount of. */
export interface Room {
  readonly words: number;
  /** Characters of each. */
  readonly word: number;
}

/** What becomes of an account. */
export function accountText(taken: Taken, ours: JsonObject, room: Room): string {
  const account = accountOf(taken.entry);
  const here = accountIn(ours, account.id);
  const before = here && accountOf(here);
  const usual = usualOf(account.provider);
  return [
    l10n.t('{0}: {1}.', account.id, PROVIDER_NAMES[account.provider]),
    ...(account.sandbox
      ? [l10n.t('SANDBOX: it is reached at {0} on this computer, not at its vendor.', account.baseUrl)]
      : []),
    secretText(account, taken.secret, room),
    ...(before ? [l10n.t('It takes the place of the account of this id here.')] : []),
    ...unattendedTexts(account, before, room),
    // What is said is what is unusual, or what is otherwise with the account that goes.
    ...LIBERTIES.filter(({ of }) => of(usual) !== of(account) || of(before ?? usual) !== of(account)).map(({ text }) =>
      text(account),
    ),
  ].join(' ');
}

/** Whether decisions may be taken without anybody here, and by which secret. */
function unattendedTexts({ unattended }: Account, before: Account | null, room: Room): readonly string[] {
  if (!unattended) {
    return before?.unattended ? [l10n.t('Decisions of a ticket system can no longer be carried back to it.')] : [];
  }
  const { secret } = unattended;
  const told = l10n.t(
    'Whoever holds a secret of its own can carry back decisions of a ticket system to it, without anybody being asked here.',
  );
  if ('command' in secret) {
    const program = listed(secret.command, ' ', room);
    return [told, l10n.t('That secret comes from a program, which is run here when it is needed: {0}.', program)];
  }
  return [
    told,
    'file' in secret
      ? l10n.t('That secret stays in the file {0}.', quoted(secret.file, room.word))
      : l10n.t('That secret stays in the variable {0}.', secret.env),
  ];
}

function secretText({ secret }: Account, taken: Taken['secret'], room: Room): string {
  if ('command' in secret) {
    return l10n.t(
      'Its secret comes from a program, which is run here whenever it is needed: {0}.',
      listed(secret.command, ' ', room),
    );
  }
  if ('file' in secret) return l10n.t('Its secret stays in the file {0}.', quoted(secret.file, room.word));
  if (taken === null || taken.value === null) return l10n.t('Its secret is not known, so it is signed out.');
  return taken.from === 'environment'
    ? l10n.t("Its secret is taken from this editor's environment, and kept in its secret storage.")
    : l10n.t('Its secret, as you typed it, is kept in the secret storage of this editor.');
}

/** An account that says nothing but what it has to. */
function usualOf(provider: ProviderName): Account {
  const secret = { env: 'ANY' };
  return accountOf(
    provider === 'threatlocker'
      ? { id: 'any', provider, instance: 'g', apiToken: secret }
      : { id: 'any', provider, dataCenter: 'dc1', apiKey: secret },
  );
}

/** What an account lets assistants do, and lets their clients confirm. */
const LIBERTIES: readonly { of(account: Account): unknown; text(account: Account): string }[] = [
  { of: ({ assistants }) => assistants, text: assistantsText },
  {
    of: ({ contactDetails }) => contactDetails,
    text: ({ contactDetails }) =>
      contactDetails
        ? l10n.t("Assistants see requesters' e-mail and phone.")
        : l10n.t("Assistants do not see requesters' e-mail and phone."),
  },
  {
    of: ({ channels }) => channels.join(),
    text: ({ channels }) =>
      l10n.t('Its decisions can be confirmed only {0}.', channels.map(channelText).join(l10n.t(' or '))),
  },
  { of: ({ elicitationReach }) => elicitationReach, text: reachText },
];

function assistantsText({ assistants }: Account): string {
  switch (assistants) {
    case 'none':
      return l10n.t('Assistants do not see it.');
    case 'read':
      return l10n.t('Assistants may look at its requests, and propose nothing.');
    case 'propose':
      return l10n.t('Assistants may propose decisions for it.');
    default:
      return assistants satisfies never;
  }
}

function channelText(channel: Channel): string {
  switch (channel) {
    case 'extension':
      return l10n.t('in an editor');
    case 'terminal':
      return l10n.t('at a terminal');
    case 'elicitation':
      return l10n.t("in a form of the assistant's client");
    default:
      return channel satisfies never;
  }
}

function reachText({ elicitationReach }: Account): string {
  switch (elicitationReach) {
    case 'computer':
      return l10n.t("A form of an assistant's client confirms only what reaches one computer.");
    case 'group':
      return l10n.t("A form of an assistant's client confirms also what reaches a group of computers.");
    case 'organization':
      return l10n.t("A form of an assistant's client confirms also what reaches a whole organization.");
    case 'any':
      return l10n.t("A form of an assistant's client confirms also what reaches any number of computers.");
    default:
      return elicitationReach satisfies never;
  }
}

/** What becomes of all accounts' settings, a text for each section that comes along. */
export function sectionTexts(sections: JsonObject, ours: JsonObject, room: Room): readonly string[] {
  const before = settingsOf(ours);
  const after = settingsOf({ ...ours, ...sections });
  return Object.keys(sections).map((name) =>
    [l10n.t('The section "{0}" comes along.', name), ...(SECTION_TEXTS[name]?.(before, after, room) ?? [])].join(' '),
  );
}

const SECTION_TEXTS: Readonly<Record<string, (before: Settings, after: Settings, room: Room) => readonly string[]>> = {
  approver: approverTexts,
  guardrails: guardrailTexts,
  confirmation: confirmationTexts,
};

function approverTexts(_before: Settings, { approver: { name, email } }: Settings, { word }: Room): readonly string[] {
  const known = [name, email].filter((text) => text !== undefined).map((text) => quoted(text, word));
  return known.length === 0 ? [] : [l10n.t('You are then known as {0}.', known.join(', '))];
}

const SEVERITIES: readonly Severity[] = ['info', 'caution', 'stop'];
const LISTS = ['attackTools', 'remoteAccessTools', 'networkTools', 'userWritablePaths'] as const;

function guardrailTexts({ guardrails: before }: Settings, { guardrails: after }: Settings, room: Room): string[] {
  const lowered = FINDING_IDS.flatMap((id) => {
    const [was, is] = [before, after].map(({ severity }) => severity[id] ?? CATALOGUE[id].severity);
    return was && is && SEVERITIES.indexOf(is) < SEVERITIES.indexOf(was)
      ? [l10n.t('The finding "{0}" counts as "{1}" only, and no longer as "{2}".', id, is, was)]
      : [];
  });
  const forgotten = LISTS.flatMap((list) => {
    const names = before[list].filter((name) => !after[list].includes(name));
    return names.length === 0 ? [] : [l10n.t('No longer looked for ({0}): {1}.', list, listed(names, ', ', room))];
  });
  return [...lowered, ...forgotten];
}

function confirmationTexts(
  { confirmation: before }: Settings,
  { confirmation: after }: Settings,
  room: Room,
): string[] {
  const texts: string[] = [];
  const added = after.approverKeys.filter((key) => !before.approverKeys.includes(key));
  const lost = before.approverKeys.filter((key) => !after.approverKeys.includes(key));
  if (added.length > 0) {
    texts.push(l10n.t('Whoever holds these keys may countersign decisions: {0}.', listed(added, ', ', room)));
  }
  if (lost.length > 0) {
    texts.push(l10n.t('These keys may countersign decisions no more: {0}.', listed(lost, ', ', room)));
    if (after.approverKeys.length === 0) {
      texts.push(l10n.t("No key is left, so what a form of an assistant's client reports counts, too."));
    }
  }
  if (after.expiresMinutes !== before.expiresMinutes) {
    texts.push(l10n.t('A proposed decision can be confirmed for {0} minutes.', after.expiresMinutes));
  }
  if (after.waitSeconds !== before.waitSeconds) {
    texts.push(l10n.t("An assistant's call waits {0} seconds for a person.", after.waitSeconds));
  }
  return texts;
}

function listed(texts: readonly string[], between: string, { words, word }: Room): string {
  const shown = texts
    .slice(0, words)
    .map((text) => quoted(text, word))
    .join(between);
  return texts.length <= words ? shown : l10n.t('{0} … and {1} more', shown, texts.length - words);
}

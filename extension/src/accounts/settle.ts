import {
  type Account,
  type Secret,
  type SecretReference,
  settingsFrom,
  usableSecret,
} from '@countersign/shared/account';
import type { JsonObject } from '@countersign/shared/approval';
import * as l10n from '@vscode/l10n';
import { type Ask, inSteps } from '../host/index.ts';
import { memberText } from './content.ts';
import { type Desk, tellProblems } from './desk.ts';
import { applied, type Draft } from './draft.ts';
import { checkLines, hasFailed, headingOf, summaryOf } from './report.ts';

export interface Settled {
  readonly draft: Draft;
  /** How its check ended, in a sentence. */
  readonly summary: string;
}

interface Matter {
  readonly title: string;
  readonly content: JsonObject;
  readonly draft: Draft;
  readonly questions: (draft: Draft) => readonly Ask<Draft>[];
  /** With which question to begin, where something is to be changed after the check. */
  readonly again: number;
}

/** Asks about an account, and checks its connection, until it works or the person wants it as it is. Saves nothing. */
export async function settle(
  desk: Desk,
  { title, content, draft: first, questions, again }: Matter,
): Promise<Settled | null> {
  let draft = first;
  let from = 0;
  for (;;) {
    const answered = await inSteps(title, draft, questions, from);
    if (answered === null) return null;
    draft = answered;
    const account = await accountOf(desk, content, draft);
    if (account === null) return null;
    const outcome = await check(desk, account, draft.secret);
    if (outcome.verdict === 'cancel') return null;
    if (outcome.verdict === 'save') return { draft, summary: outcome.summary };
    from = again;
  }
}

/** The account as it would be; `null`: the file as a whole would not be taken, and the person was told why. */
async function accountOf(desk: Desk, content: JsonObject, draft: Draft): Promise<Account | null> {
  try {
    const { accounts } = settingsFrom(applied(content, draft), null, (place) => place);
    return accounts.find(({ id }) => id === memberText(draft.entry, 'id')) ?? null;
  } catch (error) {
    await tellProblems(desk, error);
    return null;
  }
}

type Outcome = { readonly verdict: 'cancel' | 'change' } | { readonly verdict: 'save'; readonly summary: string };

async function check({ host, accounts, tryAccount }: Desk, account: Account, typed: string): Promise<Outcome> {
  const secretOf = async (reference: SecretReference): Promise<Secret> =>
    typed === '' ? await accounts.secretOf(reference) : usableSecret(typed, l10n.t('The secret'));
  const { checks, isWhole } = await host.dialogs.progress(
    l10n.t('Checking the connection to {0}…', account.host),
    true,
    async (signal) => ({ checks: await tryAccount(account, secretOf, signal), isWhole: !signal.aborted }),
  );
  if (isWhole && !hasFailed(checks)) return { verdict: 'save', summary: summaryOf(checks) };
  const change = l10n.t('Change Something');
  const anyway = l10n.t('Save Anyway');
  const isRefused = checks.some(({ error }) => error === 'auth');
  const chosen = await host.dialogs.ask({
    message: isWhole
      ? l10n.t('The connection does not work yet, and nothing was saved. {0}', headingOf(account))
      : l10n.t('The check was stopped, and nothing was saved. {0}', headingOf(account)),
    detail: checkLines(checks).join('\n\n'),
    actions: isRefused ? [change] : [change, anyway],
  });
  if (chosen === anyway) return { verdict: 'save', summary: l10n.t('It was saved without a connection that works.') };
  return { verdict: chosen === change ? 'change' : 'cancel' };
}

import type { AccountEntry } from '@countersign/shared/provider';
import { cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { CommandHandler } from '../host/index.ts';
import type { Runtime } from '../runtime.ts';
import { accountOf } from '../views/node.ts';
import { checksOf } from './connection.ts';
import { type Desk, tellProblems } from './desk.ts';
import { checkLines, hasFailed, headingOf, summaryOf } from './report.ts';

/** Says of one account or all what works and, where something doesn't, why. */
export function createCheckConnection(desk: Desk, { book }: Pick<Runtime, 'book'>): CommandHandler {
  const { host } = desk;
  return async (clicked) => {
    const entries = await book.now().then(
      (now) => now.entries,
      (error: unknown) => tellProblems(desk, error),
    );
    const chosen = entries && (await choose(desk, entries, accountOf(clicked)));
    if (!chosen || chosen.length === 0) return;
    const { results, isWhole } = await host.dialogs.progress(
      chosen.length === 1 && chosen[0]
        ? l10n.t('Checking the connection to {0}…', chosen[0].account.host)
        : l10n.t('Checking {0} connections…', chosen.length),
      true,
      async (signal) => ({
        results: await Promise.all(
          chosen.map(async ({ account, provider }) => ({ account, checks: await checksOf(provider, signal) })),
        ),
        isWhole: !signal.aborted,
      }),
    );
    if (!isWhole) return;
    const failed = results.filter(({ checks }) => hasFailed(checks));
    const [worst] = failed.length > 0 ? failed : results;
    if (!worst) return;
    const details = l10n.t('Show Details');
    const about = `${worst.account.id}: ${cleanLine(summaryOf(worst.checks), 500)}`;
    const answer =
      failed.length > 0
        ? await host.dialogs.notify(
            'error',
            results.length === 1
              ? about
              : l10n.t('{0} of {1} accounts fail. {2}', failed.length, results.length, about),
            details,
          )
        : await host.dialogs.notify(
            'info',
            results.length === 1 ? about : l10n.t('All {0} accounts can be reached.', results.length),
            details,
          );
    if (answer !== details) return;
    const text = results.map(({ account, checks }) => [headingOf(account), ...checkLines(checks)].join('\n  '));
    await host.openText(`${text.join('\n\n')}\n`);
  };
}

async function choose(
  { host }: Desk,
  entries: readonly AccountEntry[],
  named: string | null,
): Promise<readonly AccountEntry[] | null> {
  const one = entries.find(({ account }) => account.id === named);
  if (one) return [one];
  if (entries.length <= 1) return entries;
  const step = await host.dialogs.pick(
    [
      { label: l10n.t('All accounts'), value: entries },
      ...entries.map((entry) => ({ label: entry.account.id, description: headingOf(entry.account), value: [entry] })),
    ],
    { title: l10n.t('Check Connection'), placeholder: l10n.t('Which account?') },
  );
  return step.kind === 'done' ? step.value : null;
}

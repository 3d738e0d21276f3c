import type { ComputerGroup, SuggestedChoice } from '@countersign/shared/provider';
import { cleanLine, quoted } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';

/** What is permitted and where: of two that permit the same, one may reach a thousand computers. */
export function choiceWords(
  { what, options: { scope = 'computer' } }: SuggestedChoice,
  groups: readonly ComputerGroup[],
): string {
  return cleanLine(wordsOf(what, scope, groups), 400);
}

function wordsOf(
  what: string,
  scope: NonNullable<SuggestedChoice['options']['scope']>,
  groups: readonly ComputerGroup[],
): string {
  if (scope === 'computer') return l10n.t('{0}, on this computer', what);
  if (scope === 'organization') return l10n.t('{0}, in the whole organization', what);
  const name = groups.find(({ id }) => id === scope.group)?.name ?? scope.group;
  return l10n.t('{0}, on the group {1}', what, quoted(name, 100));
}

import { quoted } from '@countersign/shared/text';
import type * as z from 'zod';
import type { application, PermitOptionsView } from '../../present/application.ts';
import { facts, wrapped } from '../layout.ts';
import type { Output } from '../output.ts';

type Application = z.output<typeof application>;

const NAMED = 5;

export function matchingLines(output: Output, matching: readonly Application[]): readonly string[] {
  if (matching.length === 0) return ['  None: the file belongs to no known application.'];
  return matching.flatMap(({ name, owner, builtIn, reach, id }) => [
    ...wrapped(
      output,
      `"${name}", ${builtIn ? "built in, ThreatLocker's own" : `of ${owner ?? 'an unnamed owner'}`}`,
      '  ',
    ),
    ...wrapped(output, reach.sentence, '    '),
    `    Id ${id}`,
  ]);
}

/**
 * How the request could be approved, in short: a few with the ids that approve takes, numbers of the rest.
 * @param isSearched whether all applications that were found are wanted
 */
export function optionLines(output: Output, options: PermitOptionsView, isSearched: boolean): readonly string[] {
  const usable = options.groups.filter((group) => group.usable);
  return [
    ...suggestionLines(output, options.suggestion),
    ...facts(output, [
      ...options.scopes.map(({ scope, reach }) => ({ label: `Scope ${scope}`, text: reach.sentence })),
      {
        label: 'Scope group',
        text: usable.length === 0 ? 'No group of this organization.' : someOf(usable, { rest: IN_JSON }),
      },
      ...options.rules.map(({ by, note }) => ({ label: `Rule ${by}`, text: note })),
      { label: 'Add to', text: addText(options, isSearched) },
      { label: 'Maintenance', text: someOf(options.maintenance, { rest: IN_JSON }) },
    ]),
    ...options.notes.flatMap((note) => wrapped(output, note, '  ')),
  ];
}

function suggestionLines(output: Output, suggestion: PermitOptionsView['suggestion']): readonly string[] {
  if (suggestion === null) return wrapped(output, 'No narrow approval is known that would satisfy this request.', '  ');
  const { narrowest, widenings } = suggestion;
  return facts(output, [
    { label: 'Narrowest', text: `${narrowest.label}. ${narrowest.reach.sentence}` },
    ...widenings.map(({ label, reach }) => ({ label: 'Wider', text: `${label}. ${reach.sentence}` })),
  ]);
}

function addText({ existing, existingTotal: total }: PermitOptionsView, isSearched: boolean): string {
  if (isSearched && total === 0) return 'No application whose name holds that.';
  return someOf(existing, {
    total,
    most: isSearched ? existing.length : NAMED,
    rest: '; --search <text> narrows them',
  });
}

const IN_JSON = '; --json has them';

/** One in a line, with its id. @param rest what is said behind the number of those that are left out */
function someOf(
  named: readonly { readonly id: string; readonly name: string }[],
  {
    total = named.length,
    most = NAMED,
    rest,
  }: { readonly total?: number; readonly most?: number; readonly rest: string },
): string {
  if (total === 0) return 'nothing to choose from';
  const shown = named.slice(0, most).map(({ id, name }) => `${quoted(name)} ${id}`);
  const missing = total - shown.length;
  return [...shown, ...(missing > 0 ? [`and ${missing} more${rest}`] : [])].join('\n');
}

import type * as z from 'zod';
import type { application, permitOptions } from '../../present/application.ts';
import { facts, wrapped } from '../layout.ts';
import type { Output } from '../output.ts';

type Application = z.output<typeof application>;
type Options = z.output<typeof permitOptions>;

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

/** How the request could be approved, in short: names of a few, numbers of the rest. */
export function optionLines(output: Output, options: Options): readonly string[] {
  const usable = options.groups.filter((group) => group.usable);
  return [
    ...suggestionLines(output, options.suggestion),
    ...facts(output, [
      ...options.scopes.map(({ scope, reach }) => ({ label: `Scope ${scope}`, text: reach.sentence })),
      { label: 'Scope group', text: usable.length === 0 ? 'No group of this organization.' : someOf(usable) },
      ...options.rules.map(({ by, note }) => ({ label: `Rule ${by}`, text: note })),
      { label: 'Add to', text: someOf(options.existing, options.existingTotal) },
      { label: 'Maintenance', text: someOf(options.maintenance) },
    ]),
    ...options.notes.flatMap((note) => wrapped(output, note, '  ')),
  ];
}

function suggestionLines(output: Output, suggestion: Options['suggestion']): readonly string[] {
  if (suggestion === null) return wrapped(output, 'No narrow approval is known that would satisfy this request.', '  ');
  const { narrowest, widenings } = suggestion;
  return facts(output, [
    { label: 'Narrowest', text: `${narrowest.label}. ${narrowest.reach.sentence}` },
    ...widenings.map(({ label, reach }) => ({ label: 'Wider', text: `${label}. ${reach.sentence}` })),
  ]);
}

function someOf(named: readonly { readonly name: string }[], total = named.length): string {
  if (total === 0) return 'nothing to choose from';
  const names = named.slice(0, NAMED).map(({ name }) => `"${name}"`);
  const rest = total - names.length;
  return `${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

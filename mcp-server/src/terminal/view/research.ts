import type * as z from 'zod';
import type { researchReport } from '../../present/application.ts';
import { facts, wrapped } from '../layout.ts';
import type { Output } from '../output.ts';

type Report = z.output<typeof researchReport>;

export function researchLines(output: Output, { scan, research, notes }: Report): readonly string[] {
  return [
    ...facts(
      output,
      scan.engines.map(({ engine, verdict, threat }) => ({
        label: engine,
        text: `${verdict}${threat === null ? '' : ` (${threat})`}`,
      })),
    ),
    ...research.flatMap((entry) => entryLines(output, entry)),
    ...notes.flatMap((note) => wrapped(output, note, '  ')),
  ];
}

function entryLines(output: Output, entry: Report['research'][number]): readonly string[] {
  const ratings = entry.ratings.map(({ name, value }) => `${name.replace(/Rating$/, '')} ${value}`).join(', ');
  const access = (isProtected: boolean | null) =>
    entry.access
      .filter((level) => level.isProtected === isProtected)
      .map(({ name }) => name)
      .join(', ');
  return [
    ...wrapped(output, `"${entry.about}"`, '  '),
    ...facts(
      output,
      [
        { label: 'Ratings', text: ratings === '' ? null : `${ratings} (the vendor does not document the scale)` },
        ...entry.facts.map(({ name, text }) => ({ label: name, text })),
        { label: 'Categories', text: entry.categories.join(', ') },
        { label: 'Countries', text: entry.countries.join(', ') },
        { label: 'Ringfenced', text: access(true) },
        { label: 'Not ringfenced', text: access(false) },
        { label: 'Ringfencing unknown', text: access(null) },
      ],
      '    ',
    ),
  ];
}

import type { Research, ResearchReport } from '@countersign/shared/provider';
import { cleanBlock, cleanLine, quoted } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { Block, FactRow } from '../messages.ts';
import { NAME_MAX, row } from './text.ts';

const MOST = 20;

export function researchBlocks({ research, notes, unread }: ResearchReport): readonly Block[] {
  return [
    ...research.flatMap(entryBlocks),
    ...(research.length === 0 && notes.length === 0 && unread === null
      ? [{ kind: 'note', text: l10n.t('The vendor has no research on it.'), tone: 'plain' } as const]
      : []),
    ...notes.map((note) => ({ kind: 'note', text: cleanLine(note, 500), tone: unread ? 'doubt' : 'plain' }) as const),
  ];
}

function entryBlocks(entry: Research): readonly Block[] {
  const ratings = entry.ratings.map(({ name, value }) => `${cleanLine(name.replace(/Rating$/, ''), 60)} ${value}`);
  const access = (isProtected: boolean | null) =>
    list(entry.access.filter((level) => level.isProtected === isProtected).map(({ name }) => name));
  const rows: readonly FactRow[] = [
    ...row(
      l10n.t('Ratings'),
      ratings.length === 0
        ? null
        : l10n.t('{0} (the vendor does not document the scale)', ratings.slice(0, MOST).join(', ')),
    ),
    ...entry.facts.slice(0, MOST).flatMap(({ name, text }) => row(cleanLine(name, 60), cleanBlock(text, 800))),
    ...row(l10n.t('Categories'), list(entry.categories)),
    ...row(l10n.t('Countries'), list(entry.countries)),
    ...row(l10n.t('Ringfenced'), access(true)),
    ...row(l10n.t('Not ringfenced'), access(false), 'doubt'),
    ...row(l10n.t('Ringfencing unknown'), access(null), 'doubt'),
  ];
  return [
    { kind: 'note', text: l10n.t('About {0}', quoted(entry.about, NAME_MAX)), tone: 'plain' },
    { kind: 'facts', rows },
  ];
}

function list(texts: readonly string[]): string {
  return texts
    .slice(0, MOST)
    .map((text) => cleanLine(text, NAME_MAX))
    .join(', ');
}

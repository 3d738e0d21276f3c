import * as l10n from '@vscode/l10n';
import type { Row } from '../../host/index.ts';
import type { Picture } from './picture.ts';

/**
 * What is said where no request is shown. `null`: rows of accounts say it. Nothing waits only where everything was read, and
 * what is looked at yet is neither there nor missing.
 */
export function emptyLine({ requests, known, sources }: Picture): Row | null {
  if (requests === null) {
    const text = known === 1 ? l10n.t('Looking at 1 request …') : l10n.t('Looking at {0} requests …', known);
    return line(text, 'loading~spin');
  }
  if (requests.length > 0) return null;
  if (known > 0) return { ...line(l10n.t('Nothing that waits fits the filter'), 'filter'), click: 'clearFilter' };
  if (!sources.some(({ state }) => state === 'ready')) return null;
  const isWhole = sources.every((source) => source.state === 'ready' && source.notes.length === 0);
  return isWhole
    ? line(l10n.t('Nothing waits'), 'pass')
    : line(l10n.t('Nothing waits in what could be read'), 'question');
}

export function line(label: string, icon: string): Row {
  return { label, icon: { name: icon }, children: 'none', context: [] };
}

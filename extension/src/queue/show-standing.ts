import * as l10n from '@vscode/l10n';
import type { Disposable, Host, StatusItem } from '../host/index.ts';
import { countsOf, type LastCounts, type Standing, standingOf } from './standing.ts';
import type { QueueState, QueueStore } from './store.ts';

/** The badge of the pending view, and the item in the status bar: what waits, before the view was ever opened. */
export function showStanding(
  host: Pick<Host, 'trees' | 'status' | 'settings'>,
  store: QueueStore,
  now: () => number,
): Disposable {
  let counts: LastCounts = new Map();
  const draw = () => {
    const { state } = store;
    // A file that can't be read just now says nothing about what waits.
    if (state.settings !== null || state.problem?.kind === 'nothing-configured') counts = countsOf(state, counts);
    const standing = standingOf(state, counts, now());
    host.trees.pending.badge(standing.count, standing.words.join('\n'));
    host.status(hasAnything(state) && host.settings.get('statusBar') ? itemOf(standing) : null);
  };
  draw();
  const listening = [
    store.onDidChange(draw),
    host.settings.onDidChange((name) => {
      if (name === 'statusBar') draw();
    }),
  ];
  return {
    dispose: () => {
      for (const { dispose } of listening) dispose();
    },
  };
}

function hasAnything({ entries, problem }: QueueState): boolean {
  return entries.length > 0 || (problem !== null && problem.kind !== 'nothing-configured');
}

function itemOf({ count, isCertain, isPartlyUnknown, hasTrouble, words }: Standing): StatusItem {
  const number = isPartlyUnknown && count === 0 ? '?' : isCertain ? String(count) : `${count}?`;
  return {
    text: `$(checklist) ${number}`,
    tooltip: words.join('\n'),
    spoken: l10n.t('Countersign: {0}', words.join(' ')),
    click: { view: 'pending' },
    level: hasTrouble ? 'warning' : 'normal',
  };
}

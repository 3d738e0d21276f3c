import * as l10n from '@vscode/l10n';
import type { CommandHandlers, Host } from '../host/index.ts';
import type { QueueStore } from '../queue/index.ts';
import { accountOf } from '../views/node.ts';
import { NO_FILTER, type PendingTree } from '../views/pending/index.ts';
import { type GroupBy, groupingName } from '../views/words.ts';
import { filterSteps } from './filter-steps.ts';

export interface QueueCommandsOptions {
  readonly host: Host;
  readonly store: QueueStore;
  readonly tree: PendingTree;
}

const GROUPINGS: readonly GroupBy[] = [
  'organization',
  'file',
  'computer',
  'requester',
  'account',
  'kind',
  'age',
  'severity',
  'none',
];

/** What is shown of the queue, and how. */
export function createQueueCommands({
  host,
  store,
  tree,
}: QueueCommandsOptions): Pick<
  CommandHandlers,
  'refresh' | 'retry' | 'groupBy' | 'filter' | 'clearFilter' | 'loadMore'
> {
  return {
    refresh: async () => await store.refresh(),
    retry: async (clicked) => await store.refresh(accountOf(clicked) ?? undefined),
    groupBy: async () => {
      const now = host.settings.get('groupBy');
      const picked = await host.dialogs.pick(
        GROUPINGS.map((value) => ({ label: groupingName(value), picked: value === now, value })),
        { title: l10n.t('Group by'), placeholder: l10n.t('What do requests that belong together share?') },
      );
      if (picked.kind === 'done') await host.settings.update('groupBy', picked.value);
    },
    filter: async () => {
      const filter = await filterSteps(host, store.state, tree.filter);
      if (filter !== null) tree.setFilter(filter);
    },
    clearFilter: async () => tree.setFilter(NO_FILTER),
    loadMore: async (clicked) => tree.loadMore(clicked),
  };
}

import { createQueueTriage } from '@countersign/shared/queue';
import * as l10n from '@vscode/l10n';
import { createEmitter, type Host, type Row, type TreeSource } from '../../host/index.ts';
import type { QueueStore } from '../../queue/index.ts';
import { createSlices, type Slices, type Work } from '../slices.ts';
import { createMatcher, filterText, isFiltering, type Matcher, NO_FILTER, type PendingFilter } from './filter.ts';
import { createHanded } from './handed.ts';
import type { PendingNode } from './nodes.ts';
import { createOutliner, type Outline } from './outline.ts';
import { begunPicture, needsAllFindings, type Picture, type PictureOf, pictureOf } from './picture.ts';

interface PendingTreeOptions {
  readonly host: Pick<Host, 'trees' | 'settings' | 'setContext' | 'log'>;
  readonly store: Pick<QueueStore, 'state' | 'onDidChange'>;
  readonly now: () => number;
  readonly slices?: Slices;
}

/** The view of what waits. */
export interface PendingTree {
  readonly filter: PendingFilter;
  setFilter(filter: PendingFilter): void;
  /** Shows the next page of a list. @param row the one that leads to it */
  loadMore(row: unknown): void;
}

export function createPendingTree({ host, store, now, slices = createSlices() }: PendingTreeOptions): PendingTree {
  const view = host.trees.pending;
  const changed = createEmitter<readonly (PendingNode | null)[]>();
  const triage = createQueueTriage();
  const outliner = createOutliner();
  const handed = createHanded();
  let filter = NO_FILTER;
  let matcher: { readonly fits: Matcher; readonly filter: PendingFilter; readonly settings: unknown } | null = null;
  let picture: Picture | null = null;
  let outline: Outline = emptyOutline;
  let rows = new Map<PendingNode, Row>();
  /** Something changed that is not shown yet, since nobody looks. */
  let isBehind = true;
  let version = 0;
  let working: Promise<void> | null = null;

  function question(): PictureOf | null {
    const { state } = store;
    const { settings } = state;
    if (settings === null) return null;
    if (matcher?.filter !== filter || matcher.settings !== settings) {
      matcher = { fits: createMatcher(filter, settings), filter, settings };
    }
    return { state, settings, by: host.settings.get('groupBy'), filter, matcher: matcher.fits, triage, now: now() };
  }

  function show(next: Picture | null): void {
    picture = next;
    outline = next ? outliner.outline(next) : emptyOutline;
    rows = new Map();
    view.describe(next ? countText(next) : null);
    view.message(next ? messageText(next) : null);
  }

  function tell(nodes: readonly (PendingNode | null)[]): void {
    if (nodes.length === 0) return;
    handed.told(nodes);
    changed.fire(nodes);
  }

  function* renewal(asked: PictureOf | null): Work<readonly (PendingNode | null)[]> {
    show(asked && (yield* pictureOf(asked)));
    yield;
    return yield* handed.changes(outline.children, rowOf);
  }

  function update(): void {
    version += 1;
    const own = version;
    const isWanted = () => own === version;
    isBehind = false;
    const tellOf = (nodes: readonly (PendingNode | null)[] | null) => {
      if (isWanted()) working = null;
      if (nodes) tell(nodes);
    };
    const asked = question();
    const run = slices.run(renewal(asked), { isWanted });
    if (!(run instanceof Promise)) {
      tellOf(run);
      return;
    }
    working = run.then(tellOf, (error: unknown) => {
      if (isWanted()) working = null;
      view.message(l10n.t('What waits could not be shown. The log says why.'));
      host.log.error(`What waits could not be shown: ${error instanceof Error ? error.stack : error}`);
    });
    const isOther = picture?.filter !== asked?.filter || picture?.by !== asked?.by;
    if (asked && needsAllFindings(asked) && isOther) {
      show(begunPicture(asked));
      tell([null]);
    }
  }

  const updateIfSeen = () => {
    if (view.visible) {
      update();
      return;
    }
    isBehind = true;
    // What was begun is begun anew when somebody looks.
    version += 1;
    working = null;
  };

  /** Rows are made here, in turns, since the editor asks for all of a list in one. */
  function* handOut(of: PendingNode | null): Work<readonly PendingNode[]> {
    const nodes = outline.children(of) ?? [];
    handed.list(of, nodes);
    for (const node of nodes) {
      rowOf(node);
      yield;
    }
    return nodes;
  }

  function rowOf(node: PendingNode): Row {
    const row = rows.get(node) ?? outline.row(node);
    rows.set(node, row);
    return row;
  }

  async function whenShown(of: PendingNode | null): Promise<readonly PendingNode[]> {
    while (working && picture?.requests !== null) await working;
    return (await slices.run(handOut(of), { isUrgent: true })) ?? [];
  }

  const source: TreeSource<PendingNode> = {
    children: (of) => {
      if (of === null && isBehind) update();
      if (of === null && working && picture?.requests !== null) return whenShown(of);
      const nodes = slices.run(handOut(of), { isUrgent: true });
      return nodes instanceof Promise ? nodes.then((made) => made ?? []) : (nodes ?? []);
    },
    parent: (node) => ('parent' in node ? node.parent : null),
    row: (node) => {
      const row = rowOf(node);
      handed.row(node, row);
      return row;
    },
    hover: (node) => outline.hover(node),
    onDidChange: changed.event,
  };

  const startAnew = () => {
    outliner.startAnew(isFiltering(filter));
    updateIfSeen();
  };
  store.onDidChange(updateIfSeen);
  host.settings.onDidChange((name) => {
    if (name === 'groupBy') startAnew();
  });
  view.onDidChangeVisible((visible) => {
    if (!visible || !isBehind) return;
    outliner.reorder();
    update();
  });
  view.attach(source);

  return {
    get filter() {
      return filter;
    },
    setFilter: (wanted) => {
      filter = wanted;
      host.setContext('isFiltered', isFiltering(wanted));
      startAnew();
    },
    loadMore: (row) => {
      if (!isMore(row)) return;
      outliner.showMore(row.parent);
      rows.delete(row);
      tell([row.parent]);
    },
  };
}

const emptyOutline: Outline = {
  children: (of) => (of === null ? [] : null),
  row: () => ({ label: '', children: 'none', context: [] }),
  hover: () => null,
};

function isMore(row: unknown): row is Extract<PendingNode, { readonly kind: 'more' }> {
  return typeof row === 'object' && row !== null && 'kind' in row && row.kind === 'more';
}

function countText({ filter, requests, known }: Picture): string | null {
  return isFiltering(filter) && requests !== null ? l10n.t('{0} of {1}', requests.length, known) : null;
}

function messageText({ filter, requests, known }: Picture): string | null {
  if (!isFiltering(filter)) return null;
  const words = filterText(filter);
  return requests === null
    ? l10n.t('Filtered by {0}.', words)
    : l10n.t('Filtered by {0}: {1} of {2} shown, {3} hidden.', words, requests.length, known, known - requests.length);
}

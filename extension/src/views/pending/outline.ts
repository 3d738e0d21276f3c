import type { ApprovalRequest } from '@countersign/shared/approval';
import type { GroupOfRequests } from '@countersign/shared/queue';
import { cleanLine } from '@countersign/shared/text';
import type { Row } from '../../host/index.ts';
import { keptOrder } from './group-order.ts';
import { createNodeRows, type NodeRows } from './node-rows.ts';
import {
  createKept,
  type GroupNode,
  type LineNode,
  type MoreNode,
  type PendingNode,
  type SourceNode,
  type WaitingNode,
} from './nodes.ts';
import type { Picture } from './picture.ts';
import { createRequestWords } from './request-row.ts';
import { hasRow } from './source-rows.ts';
import { emptyLine, line } from './status-lines.ts';

/** So many rows of a list are shown at first, and so many more each time somebody asks. */
const PAGE = 50;
const NOTE_MAX = 300;

/** A picture as rows under rows. */
export interface Outline extends NodeRows {
  /** @returns `null`: what they stand under is no longer there */
  children(of: PendingNode | null): readonly PendingNode[] | null;
}

/** Makes outlines in which what is the same stays the same node, with the pages that were asked for. */
export interface Outliner {
  outline(picture: Picture): Outline;
  /** @param of the group whose next page is wanted; `null`: the list at the top */
  showMore(of: GroupNode | null): void;
  /** Other groups or another filter: every list begins with its first page. */
  startAnew(isFiltered: boolean): void;
  /** Nobody looks: groups may stand elsewhere when somebody does again. */
  reorder(): void;
}

export function createOutliner(): Outliner {
  const sources = createKept<SourceNode>();
  const groups = createKept<GroupNode>();
  const requests = createKept<WaitingNode>();
  const lines = createKept<LineNode>();
  const mores = createKept<MoreNode>();
  const wordsOf = createRequestWords();
  const limits = new Map<string, number>();
  const openness = new Map<string, Row['children']>();
  let order: readonly GroupOfRequests[] = [];
  // What is closed in the whole list may be open where a filter leaves few of it, so its groups are others to the editor.
  let filters = 0;
  let list = '';

  const idOf = (key: string) => `group:${list}${key}`;
  const limitOf = (parent: GroupNode | null) => limits.get(parent?.id ?? '') ?? PAGE;
  const textLine = (id: string, row: Row) => lines.keep({ kind: 'line', id, row });

  function page<T>(all: readonly T[], parent: GroupNode | null, node: (one: T) => PendingNode): PendingNode[] {
    const hidden = all.length - limitOf(parent);
    const shown = all.slice(0, limitOf(parent)).map(node);
    if (hidden > 0) shown.push(mores.keep({ kind: 'more', id: `more:${parent?.id ?? ''}`, parent, hidden }));
    return shown;
  }

  function requestPage(all: readonly ApprovalRequest[], parent: GroupNode | null): readonly PendingNode[] {
    return page(all, parent, (request) =>
      requests.keep({ kind: 'request', id: `request:${request.reference}`, request, parent }),
    );
  }

  function groupNode(group: GroupOfRequests, picture: Picture): GroupNode {
    const id = idOf(group.key);
    // The editor keeps what its person opened and closed; this is how a group is when it first comes.
    if (!openness.has(id)) openness.set(id, (picture.requests?.length ?? 0) <= PAGE ? 'expanded' : 'collapsed');
    const account = group.by === 'account' ? group.requests[0]?.account : undefined;
    return groups.keep({ kind: 'group', id, group, ...(account ? { account } : {}) });
  }

  function roots(picture: Picture): readonly PendingNode[] {
    const states = picture.sources.flatMap((source) => {
      const { account } = source;
      const seen = picture.accounts.get(account) ?? null;
      const notes = 'notes' in source ? source.notes : [];
      return [
        ...(hasRow(source, seen) ? [sources.keep({ kind: 'source', id: `source:${account}`, account, source })] : []),
        ...notes.map((note) => textLine(`note:${account}:${note}`, noteRow(note, seen?.label ?? account))),
      ];
    });
    const empty = emptyLine(picture);
    if (empty) return [...states, textLine('empty', empty)];
    if (picture.by === 'none') return [...states, ...requestPage(picture.requests ?? [], null)];
    return [...states, ...page(order, null, (group) => groupNode(group, picture))];
  }

  return {
    outline: (picture) => {
      // While severities are still looked for there are no groups, and where they stood is not forgotten.
      if (picture.requests !== null) order = keptOrder(picture.groups, order);
      return {
        ...createNodeRows(picture, wordsOf, (group) => openness.get(group) ?? 'collapsed'),
        children: (of) => {
          if (of === null) return roots(picture);
          if (of.kind !== 'group') return [];
          const group = of.id === idOf(of.group.key) ? picture.groups.get(of.group.key) : undefined;
          return group ? requestPage(group.requests, groupNode(group, picture)) : null;
        },
      };
    },
    showMore: (of) => {
      limits.set(of?.id ?? '', limitOf(of) + PAGE);
    },
    startAnew: (isFiltered) => {
      if (isFiltered) filters += 1;
      list = isFiltered ? `filtered-${filters}:` : '';
      limits.clear();
      order = [];
    },
    reorder: () => {
      order = [];
    },
  };
}

function noteRow(note: string, account: string): Row {
  return { ...line(cleanLine(note, NOTE_MAX), 'info'), description: account };
}

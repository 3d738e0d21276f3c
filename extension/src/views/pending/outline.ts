import type { ApprovalRequest } from '@countersign/shared/approval';
import { cleanLine } from '@countersign/shared/text';
import * as l10n from '@vscode/l10n';
import type { Row } from '../../host/index.ts';
import { groupRow, toldByText } from './group-row.ts';
import { plainMarkdown, requestHover } from './hover.ts';
import {
  createKept,
  type GroupNode,
  type LineNode,
  type MoreNode,
  type PendingNode,
  type SourceNode,
  type WaitingNode,
} from './nodes.ts';
import type { AccountSeen, Picture } from './picture.ts';
import { createRequestWords, requestRow } from './request-row.ts';
import { hasRow, sourceRow, stateText } from './source-rows.ts';
import { emptyLine, line } from './status-lines.ts';

/** So many rows of a list are shown at first, and so many more each time somebody asks. */
export const PAGE = 50;
const NOTE_MAX = 300;

/** A picture as rows under rows. */
export interface Outline {
  /** @returns `null`: what they stand under is no longer there */
  children(of: PendingNode | null): readonly PendingNode[] | null;
  row(node: PendingNode): Row;
  hover(node: PendingNode): string | null;
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
  const groupNodes = createKept<GroupNode>();
  const requests = createKept<WaitingNode>();
  const lines = createKept<LineNode>();
  const mores = createKept<MoreNode>();
  const wordsOf = createRequestWords();
  const limits = new Map<string, number>();
  const openness = new Map<string, Row['children']>();
  // What is closed in the whole list may be open where a filter leaves few of it, so its groups are others to the editor.
  let filters = 0;
  let list = '';
  let order: readonly string[] = [];
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

  function roots(picture: Picture): readonly PendingNode[] {
    const { accounts, by } = picture;
    const states = picture.sources.flatMap((source) => {
      const { account } = source;
      const seen = accounts.get(account) ?? null;
      const notes = 'notes' in source ? source.notes : [];
      return [
        ...(hasRow(source, seen) ? [sources.keep({ kind: 'source', id: `source:${account}`, account, source })] : []),
        ...notes.map((note) => textLine(`note:${account}:${note}`, noteRow(note, seen?.label ?? account))),
      ];
    });
    const empty = emptyLine(picture);
    if (empty) return [...states, textLine('empty', empty)];
    if (by === 'none') return [...states, ...requestPage(picture.requests ?? [], null)];
    const groups = order.flatMap((key) => picture.groups.get(key) ?? []);
    return [...states, ...page(groups, null, (group) => groupNode(group, picture))];
  }

  function groupNode(group: PictureGroup, picture: Picture): GroupNode {
    const id = idOf(group.key);
    // The editor keeps what its person opened and closed; this is how a group is when it first comes.
    if (!openness.has(id)) openness.set(id, (picture.requests?.length ?? 0) <= PAGE ? 'expanded' : 'collapsed');
    const account = group.by === 'account' ? group.requests[0]?.account : undefined;
    return groupNodes.keep({ kind: 'group', id, group, ...(account ? { account } : {}) });
  }

  return {
    outline: (picture) => {
      const { accounts, by, now, findings } = picture;
      const isMixed = new Set([...accounts.values()].map(({ sandbox }) => sandbox)).size > 1;
      order = orderOf(picture.groups, order);
      const accountOf = (id: AccountSeen['id']) => accounts.get(id) ?? null;
      return {
        children: (of) => {
          if (of === null) return roots(picture);
          if (of.kind !== 'group') return [];
          const group = of.id === idOf(of.group.key) ? picture.groups.get(of.group.key) : undefined;
          return group ? requestPage(group.requests, groupNode(group, picture)) : null;
        },
        row: (node) => {
          switch (node.kind) {
            case 'request': {
              const { request } = node;
              return requestRow(request, {
                words: wordsOf(request),
                account: accountOf(request.account),
                findings: findings(request.reference),
                by,
                isMixed,
                now,
              });
            }
            case 'group':
              return groupRow(
                node.group,
                node.account ? accountOf(node.account) : null,
                openness.get(node.id) ?? 'collapsed',
              );
            case 'source':
              return sourceRow(node.source, accountOf(node.account), now);
            case 'line':
              return node.row;
            case 'more':
              return {
                ...line(l10n.t('Load more ({0} not shown)', node.hidden), 'ellipsis'),
                context: ['more'],
                click: 'loadMore',
              };
            default:
              return node satisfies never;
          }
        },
        hover: (node) => {
          switch (node.kind) {
            case 'request': {
              const { request } = node;
              const account = accountOf(request.account);
              return requestHover(request, { account, findings: findings(request.reference), now });
            }
            case 'source':
              return plainMarkdown(stateText(node.source, now));
            case 'group':
              return plainMarkdown([node.group.label, ...toldByText(node.group)].join(' · '));
            case 'line':
              return plainMarkdown(node.row.label);
            case 'more':
              return null;
            default:
              return node satisfies never;
          }
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

/** A group stays where it is while somebody looks, though its first request be decided; a new one comes behind the one before it. */
function orderOf(groups: Picture['groups'], before: readonly string[]): readonly string[] {
  const stay = before.filter((key) => groups.has(key));
  const known = new Set(stay);
  const atTop: string[] = [];
  const behind = new Map<string, string[]>();
  let follow = atTop;
  for (const key of groups.keys()) {
    if (known.has(key)) {
      follow = [];
      behind.set(key, follow);
    } else follow.push(key);
  }
  return [...atTop, ...stay.flatMap((key) => [key, ...(behind.get(key) ?? [])])];
}

type PictureGroup = Picture['groups'] extends ReadonlyMap<string, infer Group> ? Group : never;

function noteRow(note: string, account: string): Row {
  return { ...line(cleanLine(note, NOTE_MAX), 'info'), description: account };
}

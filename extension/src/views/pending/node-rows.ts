import type { AccountId, ApprovalRequest } from '@countersign/shared/approval';
import * as l10n from '@vscode/l10n';
import type { Row } from '../../host/index.ts';
import { groupLabel, groupRow, toldByText } from './group-row.ts';
import { plainMarkdown, requestHover } from './hover.ts';
import type { PendingNode } from './nodes.ts';
import type { Picture } from './picture.ts';
import { type RequestWords, requestRow } from './request-row.ts';
import { sourceRow, stateText } from './source-rows.ts';
import { line } from './status-lines.ts';

/** In a hover there is room for the whole of most names. */
const NAME_MAX = 300;

/** How nodes look in one picture. */
export interface NodeRows {
  row(node: PendingNode): Row;
  /** Markdown; `null`: none. */
  hover(node: PendingNode): string | null;
}

/** @param opennessOf how a group is when it first comes, by the id of its node */
export function createNodeRows(
  { accounts, by, now, findings }: Picture,
  wordsOf: (request: ApprovalRequest) => RequestWords,
  opennessOf: (group: string) => Row['children'],
): NodeRows {
  const accountOf = (id: AccountId) => accounts.get(id) ?? null;
  const isMixed = new Set([...accounts.values()].map(({ sandbox }) => sandbox)).size > 1;
  return {
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
          return groupRow(node.group, node.account ? accountOf(node.account) : null, opennessOf(node.id));
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
          return plainMarkdown([groupLabel(node.group, NAME_MAX), ...toldByText(node.group)].join(' · '));
        case 'line':
          return plainMarkdown(node.row.label);
        case 'more':
          return null;
        default:
          return node satisfies never;
      }
    },
  };
}

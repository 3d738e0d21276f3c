import type { Row } from '../../host/index.ts';
import type { Work } from '../slices.ts';
import type { PendingNode } from './nodes.ts';
import type { Outline } from './outline.ts';

/** What the editor was given and draws, so that it can be told of what became of exactly that. */
export interface Handed {
  list(of: PendingNode | null, nodes: readonly PendingNode[]): void;
  row(node: PendingNode, row: Row): void;
  /** The nodes whose row or children are others now; `null` among them stands for the roots, and then alone. */
  changes(childrenOf: Outline['children'], rowOf: Outline['row']): Work<readonly (PendingNode | null)[]>;
  /** The editor was told: it asks again for what it draws of these, and what it doesn't ask for it doesn't draw. */
  told(nodes: readonly (PendingNode | null)[]): void;
}

export function createHanded(): Handed {
  const lists = new Map<PendingNode | null, readonly PendingNode[]>();
  const rows = new Map<string, string>();
  return {
    list: (of, nodes) => {
      lists.set(of, nodes);
    },
    row: (node, row) => {
      rows.set(node.id, JSON.stringify(row));
    },
    *changes(childrenOf, rowOf) {
      const changed = new Set<PendingNode>();
      for (const [of, before] of lists) {
        const nodes = childrenOf(of);
        if (nodes === null) lists.delete(of);
        else if (!isSame(nodes, before)) {
          if (of === null) return [null];
          changed.add(of);
        } else {
          for (const node of nodes) {
            const row = rows.get(node.id);
            if (row !== undefined && row !== JSON.stringify(rowOf(node))) changed.add(node);
            yield;
          }
        }
      }
      return [...changed];
    },
    told: (nodes) => {
      if (!nodes.includes(null)) {
        for (const node of nodes) {
          for (const child of lists.get(node) ?? []) rows.delete(child.id);
          lists.delete(node);
        }
        return;
      }
      lists.clear();
      rows.clear();
    },
  };
}

function isSame(nodes: readonly PendingNode[], others: readonly PendingNode[]): boolean {
  return nodes.length === others.length && nodes.every((node, index) => node === others[index]);
}

import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { anewId } from './names.ts';
import type { Recorder } from './recorder.ts';

/** A row as VS Code is given it. */
export interface TreeRow {
  readonly label: string;
  readonly description: string;
  /** Words that `when` clauses look for. */
  readonly context: readonly string[];
  /** 1 at the root. */
  readonly level: number;
  /** What VS Code knows it by, and hands to commands. */
  readonly node: unknown;
}

export interface Tree {
  readonly view: vscode.TreeView<unknown>;
  /** Every row, whether its parent is open or not, asked of the provider that VS Code asks. */
  rows(): Promise<readonly TreeRow[]>;
}

function textOf(label: string | vscode.TreeItemLabel | undefined): string {
  return typeof label === 'string' ? label : (label?.label ?? '');
}

/** @param name such as `pending` */
export function treeOf({ handed }: Recorder, name: string): Tree {
  const found = handed.find(
    ({ by, args }) => by === 'window.createTreeView' && args[0] === anewId(`countersign.${name}`),
  );
  assert.ok(found, `no view ${name} was created`);
  const [, options] = found.args as [string, vscode.TreeViewOptions<unknown>];
  const { treeDataProvider: provider } = options;
  const below = async (parent: unknown, level: number): Promise<readonly TreeRow[]> => {
    const all: TreeRow[] = [];
    for (const node of (await provider.getChildren(parent)) ?? []) {
      const { label, description, contextValue, collapsibleState } = await provider.getTreeItem(node);
      const context = (contextValue ?? '').split(' ').filter(Boolean);
      all.push({ label: textOf(label), description: String(description ?? ''), context, level, node });
      if (collapsibleState) all.push(...(await below(node, level + 1)));
    }
    return all;
  };
  return { view: found.thing as vscode.TreeView<unknown>, rows: () => below(undefined, 1) };
}

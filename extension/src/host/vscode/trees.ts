import * as vscode from 'vscode';
import { idOf } from '../commands.ts';
import { createDisposables } from '../disposables.ts';
import { createEmitter } from '../event.ts';
import type { Mark, Row, TreeHandle, TreeSource } from '../tree.ts';

type Node = { readonly id: string };

const SCHEME = 'countersign-row';
const COLLAPSIBLE = {
  none: vscode.TreeItemCollapsibleState.None,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
  expanded: vscode.TreeItemCollapsibleState.Expanded,
} as const;

/** A view that stands from the start, and shows what is attached to it later. */
export function createTree(view: string, canSelectMany: boolean): TreeHandle & vscode.Disposable {
  const disposables = createDisposables();
  const changed = disposables.add(new vscode.EventEmitter<Node | Node[] | undefined>());
  const attached = Promise.withResolvers<TreeSource<Node>>();
  const visibility = createEmitter<boolean>();
  const provider: vscode.TreeDataProvider<Node> = {
    onDidChangeTreeData: changed.event,
    getChildren: async (node) => [...(await (await attached.promise).children(node ?? null))],
    getParent: async (node) => (await attached.promise).parent(node),
    getTreeItem: async (node) => itemOf(node, (await attached.promise).row(node)),
    resolveTreeItem: async (item, node) => {
      item.tooltip = markdown(await (await attached.promise).hover(node));
      return item;
    },
  };
  const tree = disposables.add(
    vscode.window.createTreeView(view, { treeDataProvider: provider, canSelectMany, showCollapseAll: canSelectMany }),
  );
  disposables.add(tree.onDidChangeVisibility(({ visible }) => visibility.fire(visible)));
  return {
    attach: (source) => {
      // Nodes come back from the editor as they were given to it.
      const kept = source as unknown as TreeSource<Node>;
      attached.resolve(kept);
      disposables.add(
        kept.onDidChange((nodes) => {
          // The root stands for all; the editor drops an empty list and waits for ever.
          if (nodes.includes(null)) changed.fire(undefined);
          else if (nodes.length > 0) changed.fire(nodes.filter((node) => node !== null));
        }),
      );
    },
    get visible() {
      return tree.visible;
    },
    onDidChangeVisible: visibility.event,
    get selection() {
      return tree.selection;
    },
    badge: (count, tooltip) => {
      // A badge of 0 is drawn as one.
      tree.badge = count === 0 ? undefined : { value: count, tooltip };
    },
    message: (text) => {
      tree.message = text ?? '';
    },
    describe: (text) => {
      tree.description = text ?? '';
    },
    dispose: disposables.dispose,
  };
}

function itemOf(node: Node, row: Row): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, COLLAPSIBLE[row.children]);
  item.id = node.id;
  if (row.description !== undefined) item.description = row.description;
  if (row.icon) {
    const { name, color } = row.icon;
    item.iconPath = new vscode.ThemeIcon(name, color === undefined ? undefined : new vscode.ThemeColor(color));
  }
  if (row.mark) item.resourceUri = vscode.Uri.from({ scheme: SCHEME, path: `/${row.mark}` });
  item.contextValue = row.context.join(' ');
  if (row.click) item.command = { command: idOf(row.click), title: '', arguments: [node] };
  if (row.spoken !== undefined) item.accessibilityInformation = { label: row.spoken };
  return item;
}

function markdown(text: string | null): vscode.MarkdownString | undefined {
  if (text === null) return undefined;
  const shown = new vscode.MarkdownString(text);
  // It holds other people's text.
  shown.isTrusted = false;
  shown.supportHtml = false;
  shown.supportThemeIcons = false;
  return shown;
}

const DECORATIONS: Readonly<Record<Mark, { readonly letter: string; readonly color: string }>> = {
  stop: { letter: '!', color: 'countersign.stopForeground' },
  caution: { letter: '?', color: 'countersign.cautionForeground' },
  stale: { letter: '~', color: 'disabledForeground' },
};

/** Colours and letters of rows. */
export function registerMarks(): vscode.Disposable {
  return vscode.window.registerFileDecorationProvider({
    provideFileDecoration: ({ scheme, path }) => {
      if (scheme !== SCHEME) return undefined;
      const mark = (Object.keys(DECORATIONS) as Mark[]).find((known) => path === `/${known}`);
      if (!mark) return undefined;
      const { letter, color } = DECORATIONS[mark];
      return {
        badge: letter,
        color: new vscode.ThemeColor(color),
        tooltip: vscode.l10n.t('gravest finding: {0}', mark),
      };
    },
  });
}

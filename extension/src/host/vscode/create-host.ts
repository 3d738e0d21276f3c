import * as vscode from 'vscode';
import { idOf } from '../commands.ts';
import { createDisposables } from '../disposables.ts';
import { createEmitter } from '../event.ts';
import type { Host, StatusItem } from '../host.ts';
import { watchModals } from '../modals.ts';
import { dialogs as plainDialogs } from './dialogs.ts';
import { createMcpOffer } from './mcp.ts';
import { createPanels } from './panels.ts';
import { createEditorSettings } from './settings.ts';
import { createTexts } from './texts.ts';
import { createTree, registerMarks } from './trees.ts';

/** The editor as the extension needs it. Reads nothing and asks nobody. */
export function createHost(context: vscode.ExtensionContext): Host & vscode.Disposable {
  const subscriptions = createDisposables();
  // What it says is to be read after the end of the rest, too.
  const channel = vscode.window.createOutputChannel('Countersign', { log: true });
  let isLogOpen = true;
  context.subscriptions.push({
    dispose: () => {
      isLogOpen = false;
      channel.dispose();
    },
  });
  // What was under way may end after the extension, and a closed channel throws.
  const log = (level: 'debug' | 'info' | 'warn' | 'error') => (message: string) => {
    if (isLogOpen) channel[level](message);
  };
  const focus = createEmitter<boolean>();
  subscriptions.add(vscode.window.onDidChangeWindowState(({ focused }) => focus.fire(focused)));
  const secretChanges = createEmitter<string>();
  subscriptions.add(context.secrets.onDidChange(({ key }) => secretChanges.fire(key)));
  const mcp = subscriptions.add(createMcpOffer());
  subscriptions.add(registerMarks());
  const { dialogs, modals } = watchModals(plainDialogs);
  const tree = (name: string, canSelectMany = false) =>
    subscriptions.add(createTree(`countersign.${name}`, canSelectMany));
  return {
    dialogs,
    modals,
    panels: subscriptions.add(createPanels(context.extensionUri)),
    trees: { pending: tree('pending', true), awaiting: tree('awaiting'), decided: tree('decided') },
    settings: subscriptions.add(createEditorSettings()),
    secrets: {
      get: async (name) => (await context.secrets.get(name)) ?? null,
      store: async (name, value) => await context.secrets.store(name, value),
      delete: async (name) => await context.secrets.delete(name),
      // Of a remote extension they are kept on the person's own computer, beside those of every other remote place.
      keys: async () => (isRemote(context) ? [] : await context.secrets.keys()),
      onDidChange: secretChanges.event,
    },
    memory: {
      get: (key) => context.globalState.get(key),
      update: async (key, value) => await context.globalState.update(key, value),
    },
    log: {
      debug: log('debug'),
      info: log('info'),
      warn: log('warn'),
      error: log('error'),
      show: () => {
        if (isLogOpen) channel.show();
      },
    },
    window: {
      get focused() {
        return vscode.window.state.focused;
      },
      onDidChangeFocus: focus.event,
    },
    clipboard: { write: async (text) => await vscode.env.clipboard.writeText(text) },
    places: { storage: context.globalStorageUri.fsPath, extension: context.extensionPath },
    id: context.extension.id,
    version: versionOf(context.extension.packageJSON),
    status: statusBar(subscriptions.add),
    setContext: (key, value) => {
      vscode.commands.executeCommand('setContext', `countersign.${key}`, value).then(undefined, () => undefined);
    },
    openExternal: async (url) => {
      await vscode.env.openExternal(vscode.Uri.parse(url, true));
    },
    openFile: async (path) => {
      await vscode.window.showTextDocument(vscode.Uri.file(path));
    },
    openText: subscriptions.add(createTexts()).open,
    run: async (command, ...args) => await vscode.commands.executeCommand(idOf(command), ...args),
    runBuiltIn: async (command, ...args) => await vscode.commands.executeCommand(command, ...args),
    offerMcp: mcp.offer,
    subscriptions,
    dispose: subscriptions.dispose,
  };
}

function isRemote({ extension }: vscode.ExtensionContext): boolean {
  return vscode.env.remoteName !== undefined && extension.extensionKind === vscode.ExtensionKind.Workspace;
}

function versionOf(manifest: unknown): string {
  const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : null;
  return typeof version === 'string' ? version : '0.0.0';
}

function statusBar(add: <T extends vscode.Disposable>(disposable: T) => T): (item: StatusItem | null) => void {
  let bar: vscode.StatusBarItem | null = null;
  return (item) => {
    if (item === null) return bar?.hide();
    bar ??= add(vscode.window.createStatusBarItem('countersign.status', vscode.StatusBarAlignment.Right, 50));
    bar.name = 'Countersign';
    bar.text = item.text;
    bar.tooltip = item.tooltip;
    bar.accessibilityInformation = { label: item.spoken };
    bar.command = typeof item.click === 'string' ? idOf(item.click) : `countersign.${item.click.view}.focus`;
    bar.backgroundColor =
      item.level === 'normal' ? undefined : new vscode.ThemeColor(`statusBarItem.${item.level}Background`);
    bar.show();
  };
}

import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { createEmitter } from '../event.ts';
import type { Panel, Panels } from '../panels.ts';

const VIEW_TYPE = 'countersign.review';

/** Pages drawn by our own script from what they are sent; the page itself holds nothing of anybody else's. */
export function createPanels(extensionUri: vscode.Uri): Panels & vscode.Disposable {
  const folder = vscode.Uri.joinPath(extensionUri, 'dist', 'page');
  const open = new Map<string, Panel>();
  const restored = createEmitter<Panel>();
  let waiting: Panel[] | null = [];

  function adopt(key: string, webview: vscode.WebviewPanel): Panel {
    webview.webview.options = { enableScripts: true, localResourceRoots: [folder] };
    const icon = (file: string) => vscode.Uri.joinPath(extensionUri, 'media', file);
    webview.iconPath = { light: icon('activity.svg'), dark: icon('activity-dark.svg') };
    const messages = createEmitter<unknown>();
    const ended = createEmitter<void>();
    let hasEnded = false;
    const panel: Panel = {
      key,
      // A page may be closed while something for it is still being read.
      title: (text) => {
        if (!hasEnded) webview.title = text;
      },
      post: (message) => {
        if (!hasEnded) webview.webview.postMessage(message).then(undefined, () => undefined);
      },
      onMessage: messages.event,
      onDispose: ended.event,
      reveal: () => {
        if (!hasEnded) webview.reveal();
      },
      refocus: () => {
        if (!hasEnded && webview.active) webview.reveal();
      },
      dispose: () => webview.dispose(),
    };
    open.set(key, panel);
    webview.webview.onDidReceiveMessage(messages.fire);
    webview.onDidDispose(() => {
      hasEnded = true;
      if (open.get(key) === panel) open.delete(key);
      ended.fire();
    });
    webview.webview.html = pageFor(webview.webview, folder, key);
    return panel;
  }

  const serializer = vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
    deserializeWebviewPanel: async (webview, state: unknown) => {
      const key = keyIn(state);
      if (key === null || open.has(key)) return webview.dispose();
      const panel = adopt(key, webview);
      if (waiting) waiting.push(panel);
      else restored.fire(panel);
    },
  });
  return {
    open: (key, title) => {
      const known = open.get(key);
      known?.reveal();
      if (known) return { panel: known, isNew: false };
      const webview = vscode.window.createWebviewPanel(VIEW_TYPE, title, vscode.ViewColumn.Active, {});
      return { panel: adopt(key, webview), isNew: true };
    },
    restored: (handle) => {
      const listening = restored.event(handle);
      for (const panel of waiting ?? []) handle(panel);
      waiting = null;
      return listening;
    },
    dispose: () => {
      serializer.dispose();
      for (const panel of [...open.values()]) panel.dispose();
    },
  };
}

function keyIn(state: unknown): string | null {
  if (typeof state !== 'object' || state === null || !('key' in state)) return null;
  return typeof state.key === 'string' ? state.key : null;
}

function pageFor(webview: vscode.Webview, folder: vscode.Uri, key: string): string {
  const nonce = randomBytes(18).toString('base64');
  const uri = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(folder, file)).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'; font-src ${webview.cspSource}`;
  return `<!DOCTYPE html>
<html lang="${vscode.env.language.replace(/[^A-Za-z-]/g, '')}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="countersign-key" content="${encodeURIComponent(key)}">
<link rel="stylesheet" href="${uri('review.css')}">
<title>Countersign</title>
</head>
<body>
<main id="page" tabindex="-1"></main>
<script nonce="${nonce}" src="${uri('review.js')}"></script>
</body>
</html>`;
}

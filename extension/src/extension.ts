import * as vscode from 'vscode';
import type { App } from './app.ts';
import { COMMANDS, type CommandName, idOf } from './host/commands.ts';
import { createHost } from './host/vscode/create-host.ts';

/** With all that an editor waits for at its start: nothing of it reads a secret, a file or the network. */
export function activate(context: vscode.ExtensionContext): void {
  const host = createHost(context);
  context.subscriptions.push(host);
  let loading: Promise<App> | null = null;
  const app = () => {
    loading ??= import('./app.ts').then(({ createApp }) => createApp(host, vscode.l10n.uri?.fsPath ?? null));
    return loading;
  };
  /** What has begun of it ends: a window that only seems to listen would keep others from being asked. */
  const failed = async (error: unknown) => {
    host.log.error(`It could not start: ${error instanceof Error ? error.message : 'unknown error'}`);
    host.dispose();
    const showLog = vscode.l10n.t('Show Log');
    const message = vscode.l10n.t('Countersign could not start. The log says why; then reload the window.');
    const chosen = await vscode.window.showErrorMessage(message, showLog);
    if (chosen === showLog) host.log.show();
  };
  for (const name of Object.keys(COMMANDS) as CommandName[]) {
    context.subscriptions.push(
      vscode.commands.registerCommand(idOf(name), async (...args: readonly unknown[]) => {
        const [clicked, selected] = args;
        // A row that VS Code knows no more is handed over all the same; by a key or from the palette nothing is.
        const isForgotten = args.length > 0 && clicked === undefined;
        await (await app()).commands[name](clicked, isForgotten ? [undefined] : selected);
      }),
    );
  }
  // When the editor has gone on.
  const start = setImmediate(() => app().catch(failed));
  context.subscriptions.push({ dispose: () => clearImmediate(start) });
}

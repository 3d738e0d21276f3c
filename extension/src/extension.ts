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
  for (const name of Object.keys(COMMANDS) as CommandName[]) {
    context.subscriptions.push(
      vscode.commands.registerCommand(
        idOf(name),
        async (clicked?: unknown, selected?: unknown) => await (await app()).commands[name](clicked, selected),
      ),
    );
  }
  // When the editor has gone on.
  const start = setImmediate(() => app().catch((error: unknown) => host.log.error(`It could not start: ${error}`)));
  context.subscriptions.push({ dispose: () => clearImmediate(start) });
}

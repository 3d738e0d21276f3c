import * as vscode from 'vscode';
import { until } from './until.ts';

/** How a command ended that nobody answered. */
export type Ending =
  | { readonly kind: 'done'; readonly value: unknown }
  | { readonly kind: 'threw'; readonly message: string };

/** VS Code refuses every modal dialog while a suite runs. */
const REFUSED = /refused to show (the )?dialog/i;

export const isRefusedDialog = (ending: Ending): boolean => ending.kind === 'threw' && REFUSED.test(ending.message);

/** Runs a command; one that throws ends, too. */
export async function endOf(command: string, ...args: readonly unknown[]): Promise<Ending> {
  return await vscode.commands.executeCommand(command, ...args).then(
    (value) => ({ kind: 'done', value }) as const,
    (error: unknown) => ({ kind: 'threw', message: error instanceof Error ? error.message : String(error) }) as const,
  );
}

/** Runs a command, and closes every question and notification that comes until it has ended. */
export async function withNobody(command: string, ...args: readonly unknown[]): Promise<Ending> {
  let ending: Ending | undefined;
  void endOf(command, ...args).then((end) => {
    ending = end;
  });
  return await until(`an end of ${command}`, async () => {
    if (ending) return ending;
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await vscode.commands.executeCommand('notifications.clearAll');
    return ending;
  });
}

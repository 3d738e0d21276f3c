import * as vscode from 'vscode';
import { type ActivationFigures, readFigures } from '../activation-report.ts';

function fromOpenReport(extensionId: string): ActivationFigures | undefined {
  for (const document of vscode.workspace.textDocuments) {
    const figures = document.uri.scheme === 'perf' ? readFigures(document.getText(), extensionId) : undefined;
    if (figures) return figures;
  }
  return undefined;
}

/** Opens "Developer: Startup Performance", reads it, and closes it. The extension has to be active already. */
export async function activationFigures(extensionId: string): Promise<ActivationFigures> {
  const listeners: vscode.Disposable[] = [];
  try {
    // The report is written a while after it is opened.
    const written = new Promise<ActivationFigures>((resolve) => {
      const look = () => {
        const figures = fromOpenReport(extensionId);
        if (figures) resolve(figures);
      };
      listeners.push(vscode.workspace.onDidOpenTextDocument(look), vscode.workspace.onDidChangeTextDocument(look));
    });
    await vscode.commands.executeCommand('perfview.show');
    return fromOpenReport(extensionId) ?? (await written);
  } finally {
    for (const listener of listeners) listener.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  }
}

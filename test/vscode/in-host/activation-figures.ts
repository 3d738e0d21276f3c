import * as vscode from 'vscode';

/** What VS Code's own report of its start says of one extension, in milliseconds. */
export interface ActivationFigures {
  /** Reading and evaluating its code. */
  readonly load: number;
  /** Calling `activate`. */
  readonly call: number;
  /** Waiting for what `activate` answered. */
  readonly finish: number;
}

const COLUMNS = { load: 'Load Code', call: 'Call Activate', finish: 'Finish Activate' } as const;

function cells(line: string): string[] {
  return line.split('|').map((cell) => cell.trim());
}

/** @returns undefined while the report has no such row */
function readFigures(report: string, extensionId: string): ActivationFigures | undefined {
  const lines = report.split('\n');
  const heading = lines.find((line) => Object.values(COLUMNS).every((column) => cells(line).includes(column)));
  const row = lines.find((line) => cells(line).includes(extensionId));
  if (heading === undefined || row === undefined) return undefined;
  const figure = (column: string) => Number(cells(row)[cells(heading).indexOf(column)]);
  return { load: figure(COLUMNS.load), call: figure(COLUMNS.call), finish: figure(COLUMNS.finish) };
}

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

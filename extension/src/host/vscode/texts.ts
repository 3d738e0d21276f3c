import * as vscode from 'vscode';
import { createDisposables } from '../disposables.ts';
import { TEXT_LANGUAGE } from '../text-language.ts';

const SCHEME = 'countersign-text';

/** Texts to read: nobody can change them, and closing one asks nothing. */
export function createTexts(): {
  readonly open: (text: string) => Promise<void>;
} & vscode.Disposable {
  const texts = new Map<string, string>();
  let count = 0;
  const disposables = createDisposables();
  disposables.add(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: ({ path }) => texts.get(path) ?? '',
    }),
  );
  disposables.add(vscode.workspace.onDidCloseTextDocument(({ uri }) => texts.delete(uri.path)));
  return {
    open: async (text) => {
      count += 1;
      const uri = vscode.Uri.from({ scheme: SCHEME, path: `${TEXT_LANGUAGE.folder}/Countersign ${count}` });
      texts.set(uri.path, text);
      await vscode.window.showTextDocument(uri);
    },
    dispose: disposables.dispose,
  };
}

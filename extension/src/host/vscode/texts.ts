import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { createDisposables } from '../disposables.ts';
import { TEXT_LANGUAGE } from '../text-language.ts';

const { id: SCHEME } = TEXT_LANGUAGE;

/** Texts to read: nobody can change them, and closing one asks nothing. */
export function createTexts(): {
  readonly open: (text: string) => Promise<void>;
} & vscode.Disposable {
  const texts = new Map<string, string>();
  // Texts of an extension host before this one may stand open, and the editor asks only once for what has the same address.
  const own = randomUUID();
  let count = 0;
  const disposables = createDisposables();
  disposables.add(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      // The editor may go back to one that was closed.
      provideTextDocumentContent: ({ path }) =>
        texts.get(path) ?? vscode.l10n.t('This text is no longer kept. Show it again from where it was shown.'),
    }),
  );
  disposables.add(vscode.workspace.onDidCloseTextDocument(({ uri }) => texts.delete(uri.path)));
  return {
    open: async (text) => {
      count += 1;
      const uri = vscode.Uri.from({ scheme: SCHEME, path: `${TEXT_LANGUAGE.folder}/${own}/Countersign ${count}` });
      texts.set(uri.path, text);
      await vscode.window.showTextDocument(uri);
    },
    dispose: disposables.dispose,
  };
}

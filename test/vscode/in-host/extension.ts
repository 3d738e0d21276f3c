import * as vscode from 'vscode';
import manifest from '../../../extension/package.json' with { type: 'json' };

export const EXTENSION_ID = `${manifest.publisher}.${manifest.name}`;

export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension(EXTENSION_ID);
  if (!found) throw new Error(`VS Code knows no extension ${EXTENSION_ID}.`);
  return found;
}

import * as vscode from 'vscode';
import manifest from '../../../extension/package.json' with { type: 'json' };
import { ANEW } from './names.ts';

export const EXTENSION_ID = `${manifest.publisher}.${manifest.name}`;

function known(id: string): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension(id);
  if (!found) throw new Error(`VS Code knows no extension ${id}.`);
  return found;
}

export function extension(): vscode.Extension<unknown> {
  return known(EXTENSION_ID);
}

/** What VS Code gives to an extension: its context, and the interface under its name. */
export interface Given {
  readonly context: vscode.ExtensionContext;
  readonly vscode: typeof vscode;
}

/** What it gave to the companion, which contributes what the extension does under other names. */
export async function given(): Promise<Given> {
  // As `make-companion.ts` has it.
  return (await known(`${manifest.publisher}.${ANEW.extension}`).activate()) as Given;
}

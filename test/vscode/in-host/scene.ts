import { type Sandbox, type SandboxOptions, startSandbox } from '@countersign/shared/sandbox';
import * as vscode from 'vscode';
import { makePlace } from '../place.ts';
import { type Anew, activateAnew, newFolders } from './activate-anew.ts';
import { given } from './extension.ts';
import { anewId } from './names.ts';
import { type Tree, treeOf } from './tree.ts';
import { until } from './until.ts';

export interface SceneOptions {
  readonly sandbox?: SandboxOptions;
  /** Called before anything is read. */
  readonly before?: (sandbox: Sandbox) => void;
  /** Whether the sandbox's accounts stand in the extension's own file; they do by default, with secrets in files. */
  readonly isConfigured?: boolean;
}

/** Both vendors, simulated in this process, and the extension activated anew over them with accounts of its own. */
export interface Scene {
  readonly sandbox: Sandbox;
  readonly anew: Anew;
  readonly pending: Tree;
  /** Runs one of its commands as VS Code does. */
  run(command: string, ...args: readonly unknown[]): Promise<unknown>;
  close(): Promise<void>;
}

export async function openScene({ sandbox: options, before, isConfigured = true }: SceneOptions = {}): Promise<Scene> {
  await useAccountsFile('');
  const sandbox = await startSandbox(options);
  before?.(sandbox);
  const folders = newFolders();
  if (isConfigured) await makePlace(folders.storage, sandbox);
  const anew = activateAnew({ given: await given(), folders });
  const pending = treeOf(anew, 'pending');
  const run: Scene['run'] = async (command, ...args) =>
    await vscode.commands.executeCommand(anewId(`countersign.${command}`), ...args);
  // VS Code says so a moment after it was registered, and of a view that is gone by then it says a fault.
  await run('pending.focus');
  await until('the view', () => pending.view.visible || undefined);
  return {
    sandbox,
    anew,
    pending,
    run,
    close: async () => {
      anew.remove();
      await sandbox.close();
    },
  };
}

/** Has every activation use this file; with '' each uses its own. */
export async function useAccountsFile(file: string): Promise<void> {
  await setting('accountsFile', file);
}

/** Changes a setting of the person's, as the settings editor does. */
export async function setting(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('countersign').update(name, value, vscode.ConfigurationTarget.Global);
}

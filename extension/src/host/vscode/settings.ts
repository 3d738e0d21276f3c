import * as vscode from 'vscode';
import { createEmitter } from '../event.ts';
import { type EditorSettings, SETTINGS, type SettingName } from '../settings.ts';

export function createEditorSettings(): EditorSettings & vscode.Disposable {
  const changed = createEmitter<SettingName>();
  const listening = vscode.workspace.onDidChangeConfiguration((event) => {
    for (const name of Object.keys(SETTINGS) as SettingName[]) {
      if (event.affectsConfiguration(`countersign.${name}`)) changed.fire(name);
    }
  });
  return {
    get: (name) => vscode.workspace.getConfiguration('countersign').get(name) ?? SETTINGS[name].default,
    update: async (name, value) =>
      await vscode.workspace.getConfiguration('countersign').update(name, value, vscode.ConfigurationTarget.Global),
    onDidChange: changed.event,
    dispose: () => listening.dispose(),
  };
}

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
    get: (name) => {
      const value: unknown = vscode.workspace.getConfiguration('countersign').get(name);
      const { default: known, schema } = SETTINGS[name];
      return isSound(value, known, schema['enum']) ? value : known;
    },
    update: async (name, value) =>
      await vscode.workspace.getConfiguration('countersign').update(name, value, vscode.ConfigurationTarget.Global),
    onDidChange: changed.event,
    dispose: () => listening.dispose(),
  };
}

/** Settings are typed by hand, and the editor passes on what is of another type than it should be. */
function isSound<T>(value: unknown, known: T, allowed: unknown): value is T {
  if (Array.isArray(allowed)) return allowed.includes(value);
  if (Array.isArray(known)) return Array.isArray(value) && value.every((item) => typeof item === 'string');
  return typeof value === typeof known;
}

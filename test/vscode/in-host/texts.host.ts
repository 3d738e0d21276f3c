import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { TEXT_LANGUAGE } from '../../../extension/src/host/text-language.ts';
import { openScene, type Scene, type SceneOptions } from './scene.ts';
import { until } from './until.ts';

let scene: Scene | undefined;

afterEach(async () => {
  await scene?.close();
  scene = undefined;
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
});

/** The details of a connection that was checked. */
async function details(options: SceneOptions): Promise<string> {
  const opened = await openScene(options);
  scene = opened;
  const row = await until('the account', async () =>
    (await opened.pending.rows()).find(({ label }) => label === 'acme'),
  );
  const checked = opened.run('checkConnection', row.node);
  await until('the result', () => opened.anew.said.find((text) => text.startsWith('acme: ')));
  const before = vscode.window.activeTextEditor;
  const editor = await until('the details', async () => {
    await vscode.commands.executeCommand('notification.acceptPrimaryAction');
    return vscode.window.activeTextEditor === before ? undefined : vscode.window.activeTextEditor;
  });
  await checked;
  return editor.document.getText();
}

describe('texts to read', () => {
  it('are each their own, also while one is open that an extension host before this one showed', async () => {
    const works = await details({});
    await scene?.close();
    const fails = await details({ before: ({ faults }) => faults.add({ do: { kind: 'status', status: 401 } }) });
    assert.match(works, /acme/);
    assert.notEqual(fails, works);
  });

  it('that are no longer kept say so, and are never empty', async () => {
    const uri = vscode.Uri.from({ scheme: TEXT_LANGUAGE.id, path: `${TEXT_LANGUAGE.folder}/gone/Countersign 1` });
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.languageId, TEXT_LANGUAGE.id);
    assert.match(document.getText(), /^This text is no longer kept\./);
  });
});

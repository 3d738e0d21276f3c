import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { secretNameOf } from '../../../extension/src/accounts/content.ts';
import { accountsFile } from '../../support/world.ts';
import { type Given, given } from './extension.ts';
import { endOf, isRefusedDialog } from './nobody.ts';
import { openScene, type Scene } from './scene.ts';
import { until } from './until.ts';

const NAMES = { threatLocker: secretNameOf('acme'), adminByRequest: secretNameOf('acme-abr') };

/** Every file below a folder that holds a text. */
function filesWith(text: string, folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(text));
}

describe('secrets', () => {
  let known: Given;
  let scene: Scene;
  before(async () => {
    known = await given();
    scene = await openScene({ isConfigured: false });
    mkdirSync(scene.anew.storage, { recursive: true });
    const own = accountsFile(scene.sandbox, {
      threatLocker: { apiToken: { env: NAMES.threatLocker } },
      adminByRequest: { apiKey: { env: NAMES.adminByRequest } },
    });
    writeFileSync(path.join(scene.anew.storage, 'accounts.json'), own, { mode: 0o600 });
  });
  after(async () => {
    for (const name of Object.values(NAMES)) await known.context.secrets.delete(name);
    await scene.close();
  });

  /** The account's row, once it says this. */
  const account = (says: RegExp) =>
    until(`acme that says ${says}`, async () => {
      const rows = await scene.pending.rows();
      return rows.find(({ label, description }) => label === 'acme' && says.test(description));
    });

  /** Types into the question that comes next, and accepts it. */
  async function answer(text: string, before: number): Promise<void> {
    const boxes = () => scene.anew.handed.filter(({ by }) => by === 'window.createInputBox');
    const box = (await until('a question', () => boxes()[before]?.thing)) as vscode.InputBox;
    assert.equal(box.password, true);
    box.value = text;
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  }

  it('are not kept when the vendor refuses them', async () => {
    const row = await account(/signed out/);
    const ended = endOf('anew.signIn', row.node);
    await answer('0123456789ABCDEF0123456789ABCDEF', 0);
    assert.ok(isRefusedDialog(await ended));
    assert.equal(await known.context.secrets.get(NAMES.threatLocker), undefined);
  });

  it("go to VS Code's secret storage with the account, and nowhere else", async () => {
    const row = await account(/signed out/);
    const { token } = scene.sandbox.threatLocker;
    const signedIn = scene.run('signIn', row.node);
    await answer(token, 1);
    await until('the account', () => scene.anew.said.find((text) => /^You are signed in to account "acme"/.test(text)));
    await account(/requests wait/);
    assert.equal(await known.context.secrets.get(NAMES.threatLocker), token);

    const { logUri, globalState, workspaceState } = known.context;
    const logs = path.dirname(logUri.fsPath);
    const { storage, state } = scene.anew;
    assert.deepEqual(filesWith('accounts', storage).length > 0, true);
    for (const folder of [storage, state, logs]) assert.deepEqual(filesWith(token, folder), []);
    const memory = [globalState, workspaceState].flatMap((one) => one.keys().map((key) => one.get(key)));
    const shown = [memory, scene.anew.said, vscode.workspace.getConfiguration(), scene.sandbox.record];
    assert.ok(!JSON.stringify(shown).includes(token));
    await vscode.commands.executeCommand('notifications.clearAll');
    await signedIn;
  });
});

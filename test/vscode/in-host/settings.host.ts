import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { openScene, type Scene, setting, useAccountsFile } from './scene.ts';
import { until } from './until.ts';

describe('settings', () => {
  let scene: Scene;
  const groups = async () => {
    const rows = await scene.pending.rows();
    return rows.filter(({ level, context }) => level === 1 && !context.includes('account')).map(({ label }) => label);
  };
  const status = () => {
    const item = scene.anew.handed.find(({ by }) => by === 'window.createStatusBarItem')?.thing;
    assert.ok(item, 'there is no item in the status bar');
    return item as vscode.StatusBarItem;
  };
  before(async () => {
    scene = await openScene();
    await until('requests', () => scene.pending.view.badge);
  });
  after(async () => {
    for (const name of ['groupBy', 'statusBar', 'denyReasons']) await setting(name, undefined);
    await scene.close();
  });

  it('group what waits as they say, and as by default where they say what nobody knows', async () => {
    const byOrganization = await until('groups', async () => {
      const found = await groups();
      return found.length > 1 ? found : undefined;
    });
    await setting('groupBy', 'file');
    await until('groups by file', async () => (await groups()).includes('Obsidian.exe') || undefined);
    await setting('groupBy', 'nonsense');
    await until('groups by organization', async () => (await groups()).includes(byOrganization[0] ?? '') || undefined);
  });

  it('take the number out of the status bar, and put it back', async () => {
    const item = status();
    const done: string[] = [];
    for (const act of ['show', 'hide'] as const) {
      const { [act]: really } = item;
      item[act] = () => {
        done.push(act);
        really.call(item);
      };
    }
    await setting('statusBar', false);
    await until('no number', () => done.at(-1) === 'hide' || undefined);
    await setting('statusBar', true);
    await until('the number', () => done.at(-1) === 'show' || undefined);
  });

  it('offer reasons of their own for a denial', async () => {
    await setting('denyReasons', ['Ask Robin first.']);
    const rows = await scene.pending.rows();
    const row = rows.find(({ context }) => context.includes('decidable'));
    const denied = scene.run('deny', row?.node);
    const box = await until('reasons', () => {
      const boxes = scene.anew.handed.filter(({ by }) => by === 'window.createQuickPick');
      return boxes.at(-1)?.thing as vscode.QuickPick<vscode.QuickPickItem> | undefined;
    });
    assert.ok(box.items.some(({ label }) => label === 'Ask Robin first.'));
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await denied;
    assert.deepEqual(scene.sandbox.record, []);
  });

  it('are refused with a sentence where they name a file that can not be meant', async () => {
    const isBroken = () => scene.anew.contexts.get('accountsBroken');
    await useAccountsFile('accounts.json');
    await until('the refusal', () => isBroken() === true || undefined);
    assert.match(String(status().tooltip), /The setting countersign\.accountsFile must be an absolute path\./);
    await useAccountsFile('/nowhere/accounts.json');
    await until('the other refusal', () => /does not exist\. Create it/.test(String(status().tooltip)) || undefined);
    await useAccountsFile('');
    await until('the accounts', () => isBroken() === false || undefined);
  });

  it('choose accounts for the computer alone, never for a workspace', async () => {
    const settings = vscode.workspace.getConfiguration('countersign');
    await assert.rejects(
      async () => await settings.update('accountsFile', '/tmp/accounts.json', vscode.ConfigurationTarget.Workspace),
    );
    const known = vscode.workspace.getConfiguration('countersign').inspect('accountsFile');
    assert.equal(known?.workspaceValue, undefined);
  });
});

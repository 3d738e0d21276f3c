import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import manifest from '../../../extension/package.json' with { type: 'json' };
import { extension } from './extension.ts';
import { isRefusedDialog, withNobody } from './nobody.ts';
import { openScene, type Scene, useAccountsFile } from './scene.ts';
import type { TreeRow } from './tree.ts';
import { until } from './until.ts';

const COMMANDS = manifest.contributes.commands.map(({ command }) => command);

/** Commands that did not end by themselves, or otherwise than `expected`. */
async function endedBadly(ids: readonly string[], ...args: readonly unknown[]): Promise<readonly string[]> {
  const bad: string[] = [];
  for (const id of ids) {
    const ending = await withNobody(id, ...args);
    if (ending.kind === 'threw') bad.push(`${id}: ${ending.message}`);
  }
  return bad;
}

describe('commands', () => {
  describe('of the extension that runs', () => {
    const accounts = vscode.workspace.getConfiguration('countersign').get<string>('accountsFile') ?? '';
    before(() => extension().activate());
    after(() => useAccountsFile(accounts));

    it('end without a fault over the sandbox, where nobody answers what they ask', async () => {
      assert.notEqual(accounts, '', 'the launcher names no accounts file');
      assert.deepEqual(await endedBadly(COMMANDS), []);
    });

    it('end without a fault where there is no account', async () => {
      await useAccountsFile('');
      assert.deepEqual(await endedBadly(COMMANDS.filter((id) => id !== 'countersign.trySandbox')), []);
    });
  });

  describe('on rows', () => {
    let scene: Scene;
    let rows: readonly TreeRow[];
    const withWord = (...words: readonly string[]) => {
      const found = rows.filter(({ context }) => words.every((word) => context.includes(word)));
      assert.ok(found.length > 1, `no rows with ${words.join(' ')}`);
      return found;
    };
    before(async () => {
      scene = await openScene();
      rows = await until('requests', async () => {
        const all = await scene.pending.rows();
        const isRead = all
          .filter(({ context }) => context.includes('account'))
          .every(({ description }) => /wait$/.test(description));
        return isRead && all.some(({ context }) => context.includes('request')) ? all : undefined;
      });
    });
    after(() => scene.close());

    it('copy what the row is about', async () => {
      const [row, other] = withWord('request', 'sha256');
      const clipboard = async (command: string, ...args: readonly unknown[]) => {
        const ending = await withNobody(`anew.${command}`, ...args);
        assert.equal(ending.kind, 'done');
        return await vscode.env.clipboard.readText();
      };
      assert.match(await clipboard('copyReference', row?.node), /^acme(-abr)?\/\S+$/);
      assert.match(await clipboard('copySha256', row?.node), /^[0-9a-f]{64}$/i);
      const both = await clipboard('copyReference', row?.node, [row?.node, other?.node]);
      assert.equal(both.split('\n').filter((line) => /^acme(-abr)?\/\S+$/.test(line)).length, 2);
    });

    it('look up at VirusTotal the SHA-256 alone, and no portal behind a sandbox', async () => {
      const [row] = withWord('request', 'sha256');
      await withNobody('anew.copySha256', row?.node);
      const digest = await vscode.env.clipboard.readText();
      await withNobody('anew.openVirusTotal', row?.node);
      assert.deepEqual(scene.anew.opened, [`https://www.virustotal.com/gui/file/${digest}`]);
      const said = scene.anew.said.length;
      await withNobody('anew.openPortal', row?.node);
      assert.deepEqual(scene.anew.said.slice(said), ['There is no portal: behind a sandbox stands no vendor.']);
      assert.equal(scene.anew.opened.length, 1);
    });

    it('open the page of a request', async () => {
      const [row] = withWord('request');
      assert.deepEqual(await withNobody('anew.review', row?.node), { kind: 'done', value: undefined });
      const [page, ...others] = scene.anew.handed.filter(({ by }) => by === 'window.createWebviewPanel');
      assert.ok(page);
      assert.deepEqual(others, []);
      await withNobody('anew.review', row?.node);
      assert.equal(scene.anew.handed.filter(({ by }) => by === 'window.createWebviewPanel').length, 1);
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    });

    it('ask nobody about a row that VS Code knows no more', async () => {
      const asked = () => scene.anew.handed.filter(({ by }) => by === 'window.createQuickPick').length;
      for (const command of ['anew.approve', 'anew.deny']) {
        const before = { asked: asked(), said: scene.anew.said.length };
        assert.deepEqual(await withNobody(command, undefined), { kind: 'done', value: undefined });
        const [told, ...more] = scene.anew.said.slice(before.said);
        assert.match(String(told), /Nothing was asked; select it again\.$/);
        assert.deepEqual(more, []);
        assert.equal(asked(), before.asked);
        // As by a key or from the palette: then it asks which.
        await withNobody(command);
        assert.ok(asked() > before.asked, `${command} asked nothing`);
      }
      assert.deepEqual(scene.sandbox.record, []);
    });

    it('write nothing where the dialog could not be shown', async () => {
      const [row] = withWord('request', 'ownable');
      assert.ok(isRefusedDialog(await withNobody('anew.takeOwnership', row?.node)));
      assert.deepEqual(scene.sandbox.record, []);
    });

    it('end without a fault on a row that they are not for', async () => {
      const [account] = withWord('account');
      const names = COMMANDS.map((id) => id.replace('countersign.', 'anew.'));
      const bad = await endedBadly(
        names.filter((id) => !/\.(trySandbox|signIn|removeAccount)$/.test(id)),
        { ...Object(account?.node), id: 'of-nobody', kind: 'unheard-of' },
      );
      assert.deepEqual(bad, []);
      assert.deepEqual(scene.sandbox.record, []);
    });
  });
});

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import manifest from '../../../extension/package.json' with { type: 'json' };
import texts from '../../../extension/package.nls.json' with { type: 'json' };
import { extension } from './extension.ts';
import { openScene, type Scene } from './scene.ts';
import { until } from './until.ts';

const { commands, views, configuration, menus, keybindings, walkthroughs, viewsWelcome, mcpServerDefinitionProviders } =
  manifest.contributes;
const COMMANDS = commands.map(({ command }) => command).sort();
const VIEWS = views.countersign.map(({ id }) => id);
const WALKTHROUGH = 'firstSteps';

/** Of VS Code's, those that it makes of a view left out. */
async function registered(): Promise<readonly string[]> {
  const all = await vscode.commands.getCommands(true);
  return all.filter((id) => id.startsWith('countersign.') && !VIEWS.some((view) => id.startsWith(`${view}.`))).sort();
}

/** Names after the prefix that conditions ask for, but for views. */
function keysIn(conditions: readonly (string | undefined)[]): readonly string[] {
  const found = conditions.flatMap((condition) => condition?.match(/countersign\.\w+/g) ?? []);
  return [...new Set(found)].filter((id) => !VIEWS.includes(id)).map((id) => id.replace('countersign.', ''));
}

describe('contributions', () => {
  let scene: Scene;
  before(async () => {
    await extension().activate();
    scene = await openScene();
    await until('accounts', () => scene.anew.contexts.get('hasAccounts') === true || undefined);
  });
  after(() => scene.close());

  it('has every command of the manifest, and no other', async () => {
    assert.deepEqual(await registered(), COMMANDS);
  });

  it('has every view, with its container', async () => {
    const all = await vscode.commands.getCommands(true);
    for (const view of VIEWS) {
      assert.ok(all.includes(`${view}.focus`), view);
      await vscode.commands.executeCommand(`${view}.focus`);
    }
    assert.ok(all.includes('workbench.view.extension.countersign'));
    const created = scene.anew.handed.filter(({ by }) => by === 'window.createTreeView');
    assert.deepEqual(
      created.map(({ args }) => String(args[0]).replace('anew.', 'countersign.')),
      VIEWS,
    );
  });

  it('has every setting, with the default that the manifest says', () => {
    for (const [name, setting] of Object.entries(configuration.properties)) {
      const [section = '', key = ''] = name.split('.');
      const known = vscode.workspace.getConfiguration(section).inspect(key);
      assert.deepEqual(known?.defaultValue, setting.default, name);
    }
    const known = Object.keys(vscode.workspace.getConfiguration('countersign'));
    for (const name of Object.keys(configuration.properties)) assert.ok(known.includes(name.split('.')[1] ?? ''), name);
  });

  it('names no command in a menu, a key, a text or a walkthrough that is not there', async () => {
    const all = new Set(await vscode.commands.getCommands(true));
    const inMenus = Object.values(menus).flatMap((items) => items.map(({ command }) => command));
    const inKeys = keybindings.map(({ command }) => command);
    const inTexts = Object.values(texts).flatMap((text) => [...text.matchAll(/command:([\w.]+)/g)].map(([, id]) => id));
    const inSteps = walkthroughs.flatMap(({ steps }) =>
      steps.flatMap(({ completionEvents }) => completionEvents.map((event) => event.replace('onCommand:', ''))),
    );
    const named = [...inMenus, ...inKeys, ...inTexts, ...inSteps];
    assert.deepEqual(
      named.filter((id) => id === undefined || !all.has(id)),
      [],
    );
    assert.ok(inTexts.length > 5, 'no text names a command');
  });

  it('asks in conditions for no key that the extension does not set', async () => {
    await scene.run('clearFilter');
    const conditions = [
      ...Object.values(menus).flatMap((items) => items.map(({ when }) => when)),
      ...commands.map((command) => ('enablement' in command ? command.enablement : undefined)),
      ...keybindings.map(({ when }) => when),
      ...viewsWelcome.map(({ when }) => when),
    ];
    const asked = keysIn(conditions);
    assert.ok(asked.length > 5, 'no condition asks for anything');
    const { contexts } = scene.anew;
    await until('every key', () => asked.every((key) => contexts.has(key)) || undefined).catch(() => undefined);
    assert.deepEqual(
      asked.filter((key) => !contexts.has(key)),
      [],
    );
  });

  it('has its keys among those that VS Code knows', async () => {
    await vscode.commands.executeCommand('workbench.action.openDefaultKeybindingsFile');
    const [mac, other] = ['cmd+', 'ctrl+'].map((meta) => keybindings[0]?.key.replace('ctrl+', meta));
    const text = await until('the list of keys', () => {
      const found = vscode.workspace.textDocuments.map((document) => document.getText());
      return found.find((one) => one.includes('"countersign.refresh"'));
    });
    const meta = mac !== undefined && text.includes(`"${mac}"`) && !text.includes(`"${other}"`) ? 'mac' : 'key';
    for (const binding of keybindings) {
      const entry = text.split('\n').find((line, at, lines) => {
        const whole = `${line}${lines[at + 1] ?? ''}`;
        return line.includes(`"${binding[meta]}"`) && whole.includes(`"${binding.command}"`);
      });
      assert.ok(entry, `${binding[meta]} does not run ${binding.command}`);
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('has a walkthrough, whose pictures are there', async () => {
    const [walkthrough] = walkthroughs;
    assert.equal(walkthrough?.id, WALKTHROUGH);
    for (const { media } of walkthrough.steps) {
      assert.ok(existsSync(path.join(extension().extensionPath, media.svg)), media.svg);
    }
    await vscode.commands.executeCommand('countersign.openWalkthrough');
    // Its page is named so, whichever walkthrough it shows.
    await until('its page', () =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ label }) => /^(Welcome|Walkthrough)/.test(label)),
    );
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('registers its server provider under the id that the manifest has', () => {
    const offers = scene.anew.handed.filter(({ by }) => by === 'lm.registerMcpServerDefinitionProvider');
    assert.deepEqual(
      offers.map(({ args }) => args[0]),
      mcpServerDefinitionProviders.map(({ id }) => id),
    );
  });
});

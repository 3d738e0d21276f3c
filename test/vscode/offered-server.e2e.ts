import { expect, test } from 'vitest';
import { useStage } from './use-stage.ts';

// The server that the extension offers to the editor's own assistant, started by VS Code as its definition says.

const stage = useStage({ workbench: { settings: { 'chat.disableAIFeatures': false } } });

test('VS Code starts the server that the extension offers, which answers with its tools and writes nothing', async () => {
  const { workbench, sandbox } = stage();
  await workbench.statusBar('Countersign').waitFor();
  const server = async (act: string) => {
    await workbench.runCommand('MCP: List Servers');
    await workbench.pick('Countersign');
    await workbench.quickRow('Start Server').or(workbench.quickRow('Stop Server')).first().waitFor();
    await workbench.pick(act);
  };
  const output = workbench.page.locator('.part.panel');
  await server('Show Output');
  await output.locator('option:checked', { hasText: 'MCP: Countersign' }).first().waitFor({ state: 'attached' });
  await server('Start Server');
  const said = output.locator('.view-lines');
  await said.filter({ hasText: /Discovered\s12\stools/ }).waitFor();
  expect(sandbox.record).toEqual([]);
});

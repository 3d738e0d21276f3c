import { expect, test } from 'vitest';
import { useStage } from './use-stage.ts';

// The sandbox that a person tries runs inside the editor; that of the stage is not used.

const stage = useStage({ isConfigured: false, workbench: { size: { width: 1280, height: 1400 } } });

test('with no account there is a welcome; the sandbox brings rows, badge, groups and what stands out', async () => {
  const { workbench, sandbox } = stage();
  await workbench.openView('Countersign');
  const tryIt = workbench.welcomeButton('Try the Sandbox');
  await tryIt.waitFor();
  expect(await workbench.treeRows('Pending')).toEqual([]);
  // While it loads, VS Code has a badge of its own there, without a number.
  expect(await workbench.badge('Countersign').filter({ hasText: /\d/ }).count()).toBe(0);

  await tryIt.click();
  await workbench.row('pdf-merge-portable.exe', 'Pending').waitFor();
  await tryIt.waitFor({ state: 'detached' });
  await workbench.badge('Countersign').filter({ hasText: /\d/ }).waitFor();
  expect(Number(await workbench.badge('Countersign').innerText())).toBeGreaterThan(20);

  await workbench.runCommand('Countersign: Group By…');
  await workbench.pick('File');
  await workbench.row('Obsidian.exe', 'Pending').filter({ hasText: '4 · the same SHA-256' }).waitFor();
  // The last of that name is the request, below the file that it is about.
  await workbench.row('codec-pack.exe', 'Pending').last().hover();
  const hover = workbench.page.locator('.workbench-hover:visible');
  await hover.filter({ hasText: /SANDBOX: nothing here is real\..*malicious/s }).waitFor();
  expect(sandbox.calls).toEqual([]);
});

import { expect, test } from 'vitest';
import { keysOf } from './keys.ts';
import { useStage } from './use-stage.ts';

const stage = useStage({ workbench: { size: { width: 1400, height: 1400 } } });

test('x', async () => {
  const { workbench } = stage();
  await workbench.statusBar('Countersign').waitFor();
  console.log(await workbench.offeredCommands('Focus on Pending'), await workbench.offeredCommands('Show Countersign'));
  const keys = keysOf(workbench);
  await keys.command('Countersign: Focus on Pending View');
  await keys.toRow('pdf-merge-portable.exe');
  await keys.menu();
  await keys.choose('Approve…');
  await workbench.quickTitle.waitFor();
  expect(1).toBe(1);
});

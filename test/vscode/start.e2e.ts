import { expect, test } from 'vitest';
import { useStage } from './use-stage.ts';

const stage = useStage();

test('the activity bar has the extension, which shows its three views and writes nothing', async () => {
  const { workbench, sandbox } = stage();
  await workbench.openView('Countersign');
  for (const title of ['Pending', 'Awaiting Your Countersignature', 'Decided']) {
    await workbench.view(title).waitFor();
  }
  expect(sandbox.record).toEqual([]);
});

import { expect, test } from 'vitest';
import { useStage } from './use-stage.ts';

// Nothing was ever read when the window opens.

const stage = useStage({
  before: ({ faults }) => {
    faults.add({ do: { kind: 'status', status: 500 } });
  },
});

test('a queue that could not be read is never shown as an empty one, and is read once it can be', async () => {
  const { workbench, sandbox } = stage();
  await workbench.openView('Countersign');
  for (const account of ['acme', 'acme-abr']) {
    await workbench.row(account, 'Pending').filter({ hasNotText: 'reading …' }).waitFor();
  }
  const rows = await workbench.treeRows('Pending');
  expect(rows.map(({ name, description }) => [name, description]).sort()).toEqual([
    ['acme', expect.stringMatching(/ · not read: /)],
    ['acme-abr', expect.stringMatching(/ · not read: /)],
  ]);
  expect(rows.map(({ spoken }) => spoken).join(' ')).not.toMatch(/nothing waits/i);
  const inStatusBar = async () => (await workbench.statusBarItems()).join('\n');
  await expect.poll(inStatusBar).toMatch(/Countersign: It is not known whether anything waits for a decision\./);
  expect(await inStatusBar()).not.toMatch(/nothing waits/i);
  expect(await workbench.badge('Countersign').filter({ hasText: /\d/ }).count()).toBe(0);

  sandbox.faults.clear();
  for (const account of ['acme', 'acme-abr']) {
    const row = workbench.row(account, 'Pending');
    await workbench.clickBeside(row, 'Retry');
    await row.filter({ hasText: 'requests wait' }).waitFor();
  }
  await workbench.row('cmd.exe', 'Pending').waitFor();
});
